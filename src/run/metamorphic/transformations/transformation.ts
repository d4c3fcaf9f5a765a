import { bundledCatalog } from "../../../schema/tables.ts";
import type { Row, Value } from "../../../schema/types.ts";
import type { ScenarioEvent } from "../../../scenario/model/types.ts";

/** A way to tell the same story in other words: what happened stays, so a rule's verdict must stay too. */
export interface Transformation {
  /** What rules, reports and documentation call it. */
  readonly name: string;
  /** What it does to events, as the middle of "with …, the rule is silent". */
  readonly description: string;
  /** How far `now` moves with the events, in ticks; absent: not at all. */
  readonly nowShift?: bigint;
  /** True where names that watchlists and the like hold would no longer be those of the events. */
  readonly renames?: true;
  /** `view.events` in the other words, ids of those that stay unchanged; `view.events` itself where it changes nothing. */
  apply(view: EventView): readonly ScenarioEvent[];
}

/** A scenario as a rule reads it. Plain data. */
export interface EventView {
  /** The events of the tables that the rule reads, with the columns that have a say in how many rows it gives. */
  readonly events: readonly ScenarioEvent[];
  /** Those tables; undefined: all. */
  readonly tables?: readonly string[];
  /** The names in all columns of all events, each once. */
  readonly names: {
    readonly devices: readonly string[];
    readonly deviceIds: readonly string[];
    readonly accounts: readonly string[];
  };
  /** When the first event was. */
  readonly start?: Value;
}

/** `events` with every text that `change` gives another text for; `events` itself where there is none. */
export function mapTexts(
  events: readonly ScenarioEvent[],
  change: (text: string, column: string, table: string) => string,
): readonly ScenarioEvent[] {
  let changed = false;
  const mapped = events.map((event): ScenarioEvent => {
    const row = changedRow(event, change);
    changed ||= row !== event.row;
    return row === event.row ? event : { ...event, row };
  });
  return changed ? mapped : events;
}

/** The row of `event` with its texts changed; the row itself where none is. */
function changedRow(
  { row, table }: ScenarioEvent,
  change: (text: string, column: string, table: string) => string,
): Row {
  let own: Record<string, Value> | undefined;
  // Tens of thousands of times in a run: without the pairs that `Object.entries` makes.
  for (const column in row) {
    const value = row[column];
    if (typeof value !== "string" || value === "") continue;
    const text = change(value, column, table);
    if (text !== value) (own ??= { ...row })[column] = text;
  }
  return own ?? row;
}

/** A pattern's alternatives for `words`, the longest first: one may be the beginning of another. */
export function alternatives(words: readonly string[]): string {
  return words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    .join("|");
}

/** Whether `column` of `table` holds instants. */
export function isDatetime(table: string, column: string): boolean {
  let columns = datetimes.get(table);
  if (columns === undefined) {
    const all = bundledCatalog("defender-xdr").get(table)?.columns ?? [];
    columns = new Set(all.filter(({ type }) => type === "datetime").map(({ name }) => name));
    datetimes.set(table, columns);
  }
  return columns.has(column);
}

const datetimes = new Map<string, ReadonlySet<string>>();
