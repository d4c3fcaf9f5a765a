import type { Aggregate } from "../../plan/ir/types.ts";
import { exprSql } from "../expressions/expression.ts";
import { columnName } from "../text/identifiers.ts";
import { extremeRowsSql } from "./extreme-rows.ts";
import type { SqlContext } from "../types.ts";

/** Groups: one row for each value of the keys; one row in all where there are no keys. */
export function aggregateSql(
  { keys, items }: Aggregate,
  from: string,
  context: SqlContext,
): string {
  const shared = extremeRowsSql(items, context);
  const list = [...keys, ...items].map((item) => {
    const sql = shared.get(item) ?? exprSql(item.expr, context);
    return `${sql} AS ${columnName(item.name, context)}`;
  });
  // Positions, because a key's expression may read a column that its own name hides.
  const positions = keys.map((_, index) => index + 1).join(", ");
  const grouping = keys.length === 0 ? "" : `\nGROUP BY ${positions}`;
  // Without keys and aggregates there is one row all the same, and no column to show it.
  return `SELECT ${list.length === 0 ? "count(*)" : list.join(", ")} FROM ${from}${grouping}`;
}
