import { bundledCatalog } from "../schema/tables.ts";
import type { Row, Value } from "../schema/types.ts";
import type { ScenarioEvent } from "./model/types.ts";

/** The workspace that rows of scenarios come from. */
const workspaceId = "4e2f5c0d-9a61-4b7e-8d3c-1f0a6b2c7d95";

/** `events` as a Sentinel workspace has them: with `TimeGenerated`, `Type` and `TenantId`, and JSON as a value where the workspace has no text. */
export function inWorkspace(events: readonly ScenarioEvent[]): readonly ScenarioEvent[] {
  return events.map((event) => ({ ...event, row: workspaceRow(event) }));
}

/** The column of an event that `column` of a workspace is made from. */
export function columnBehind(column: string): string {
  return column === "TimeGenerated" ? "Timestamp" : column;
}

function workspaceRow({ table, row }: ScenarioEvent): Row {
  const dynamic = dynamicColumns(table);
  if (dynamic === undefined) return row;
  const whole: Record<string, Value> = { Type: table, TenantId: workspaceId, ...row };
  const time = row["TimeGenerated"] ?? row["Timestamp"];
  if (time !== undefined) whole["TimeGenerated"] = time;
  for (const name of dynamic) {
    const value = row[name];
    if (typeof value === "string") whole[name] = parsed(value);
  }
  return whole;
}

function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    // Text that is no JSON is a text as a dynamic value too.
    return text;
  }
}

const known = new Map<string, readonly string[] | undefined>();

/** The columns that are text in Defender and dynamic in a workspace; undefined for a table that a workspace does not have. */
function dynamicColumns(table: string): readonly string[] | undefined {
  if (known.has(table)) return known.get(table);
  const own = bundledCatalog("defender-xdr").get(table)?.columns ?? [];
  const texts = new Set(own.filter(({ type }) => type === "string").map(({ name }) => name));
  const columns = bundledCatalog("sentinel").get(table)?.columns;
  const found = columns
    ?.filter(({ name, type }) => type === "dynamic" && texts.has(name))
    .map(({ name }) => name);
  known.set(table, found);
  return found;
}
