import { bundledCatalog } from "../../schema/tables.ts";
import type { Row, Value } from "../../schema/types.ts";
import type { ScenarioEvent } from "../../scenario/types.ts";

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
  /** The events in the other words, ids of those that stay unchanged; `events` itself where it changes nothing. */
  apply(events: readonly ScenarioEvent[]): readonly ScenarioEvent[];
}

/** `events` with every text that `change` gives another text for; `events` itself where there is none. */
export function mapTexts(
  events: readonly ScenarioEvent[],
  change: (text: string, column: string, table: string) => string,
): readonly ScenarioEvent[] {
  let changed = false;
  const mapped = events.map((event): ScenarioEvent => {
    const row: Record<string, Value> = {};
    let own = false;
    for (const [column, value] of Object.entries(event.row)) {
      const text = typeof value === "string" ? change(value, column, event.table) : value;
      row[column] = text;
      own ||= text !== value;
    }
    changed ||= own;
    return own ? { ...event, row } : event;
  });
  return changed ? mapped : events;
}

/** The different texts that the columns for which `wanted` holds have in `events`. */
export function textsOf(
  events: readonly ScenarioEvent[],
  wanted: (column: string) => boolean,
): ReadonlySet<string> {
  const texts = events.flatMap(({ row }) => wantedTexts(row, wanted));
  return new Set(texts);
}

function wantedTexts(row: Row, wanted: (column: string) => boolean): readonly string[] {
  return Object.entries(row).flatMap(([column, value]) =>
    typeof value === "string" && value !== "" && wanted(column) ? [value] : [],
  );
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
