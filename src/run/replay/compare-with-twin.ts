import type { ScenarioEvent } from "../../scenario/model/types.ts";
import { bundledCatalog } from "../../schema/tables.ts";
import type { Row, Value } from "../../schema/types.ts";
import { columnRule, type ColumnForm } from "./column-forms.ts";
import { formOf } from "./forms.ts";
import { hasRoles, matchRoles, roleText, type Match } from "./roles.ts";

/** A recording beside the scenario that claims what it holds. */
export interface Comparison {
  /** Id of the twin. */
  readonly twin: string;
  /** The twin's rows of processes and connections, in its order. */
  readonly rows: readonly ComparedRow[];
  /** Rows of the twin in other tables, which are not compared, by table. */
  readonly others: Readonly<Record<string, number>>;
}

/** A row of the twin and the recorded row that plays its part. */
export interface ComparedRow {
  /** `curl < sh`, or `curl → pastebin.com:443`. */
  readonly role: string;
  readonly table: string;
  /** The twin's event. */
  readonly claimed: string;
  /** The recording's; null where no row plays the part. */
  readonly recorded: string | null;
  /** Columns that have a value in one of the two, in the order of the table; empty where no row plays the part. */
  readonly columns: readonly ComparedColumn[];
}

/** `missing`: the twin claims a value, and the recording has none. `extra`: the other way round. */
export type ColumnOutcome = "equal" | "differs" | "missing" | "extra";

export interface ComparedColumn {
  readonly column: string;
  readonly outcome: ColumnOutcome;
  /** What of the values was compared. */
  readonly form: ColumnForm;
  /** Why only that; empty where it is the value. */
  readonly reason: string;
  readonly claimed: Value;
  readonly recorded: Value;
}

/** The rows that the twin `id` claims beside those that play their parts in a recording; `marker` tells the run from others. */
export function compareWithTwin(
  id: string,
  {
    twin,
    recorded,
  }: { readonly twin: readonly ScenarioEvent[]; readonly recorded: readonly ScenarioEvent[] },
  marker?: string,
): Comparison {
  const others: Record<string, number> = {};
  for (const { table } of twin.filter((event) => !hasRoles(event.table))) {
    others[table] = (others[table] ?? 0) + 1;
  }
  return { twin: id, rows: matchRoles(twin, recorded, marker).map(comparedRow), others };
}

function comparedRow({ twin, recorded }: Match): ComparedRow {
  return {
    role: roleText(twin),
    table: twin.table,
    claimed: twin.id,
    recorded: recorded?.id ?? null,
    columns: recorded === undefined ? [] : comparedColumns(twin, recorded.row),
  };
}

function comparedColumns(
  { table, row: claimed }: ScenarioEvent,
  recorded: Row,
): readonly ComparedColumn[] {
  const columns = bundledCatalog("defender-xdr").get(table)?.columns ?? [];
  return columns.flatMap(({ name }) => {
    const pair = { claimed: claimed[name] ?? null, recorded: recorded[name] ?? null };
    if (isEmpty(pair.claimed) && isEmpty(pair.recorded)) return [];
    const { form, reason } = columnRule(name);
    return [{ column: name, outcome: outcomeOf(form, pair), form, reason, ...pair }];
  });
}

function outcomeOf(
  form: ColumnForm,
  { claimed, recorded }: { readonly claimed: Value; readonly recorded: Value },
): ColumnOutcome {
  if (isEmpty(recorded)) return "missing";
  if (isEmpty(claimed)) return "extra";
  return formOf(form, claimed) === formOf(form, recorded) ? "equal" : "differs";
}

function isEmpty(value: Value): boolean {
  return value === null || value === "";
}
