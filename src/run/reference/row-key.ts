import { parseInstant } from "../../schema/time.ts";
import type { Column, Row, Value } from "../../schema/types.ts";

/** A text that is the same for rows with the same values in `columns`, and differs for a row with a column more. */
export function createRowKey(columns: readonly Column[]): (row: Row) => string {
  const names = new Set(columns.map(({ name }) => name));
  return (row) => {
    const values = columns.map(({ name, type }) => keyValue(row[name] ?? null, type));
    const extra = Object.keys(row).filter((name) => !names.has(name));
    return JSON.stringify(extra.length === 0 ? values : [values, extra]);
  };
}

/** One way of writing for all ways to write a value of `type`. */
function keyValue(value: Value, type: Column["type"]): Value {
  if (type === "string") return value ?? "";
  if (value === null) return null;
  if (type === "datetime" && typeof value === "string") {
    return parseInstant(value)?.toString() ?? value;
  }
  if (typeof value === "object") return sorted(value);
  return type === "long" || type === "decimal" ? String(value) : value;
}

function sorted(value: Value): Value {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item: Value) => sorted(item));
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
