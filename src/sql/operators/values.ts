import type { Values } from "../../plan/ir/types.ts";
import { exprSql } from "../expressions/expression.ts";
import { columnName } from "../text/identifiers.ts";
import { sqlTypes, type SqlContext } from "../types.ts";

/** Rows that stand in the query. */
export function valuesSql({ columns, rows }: Values, context: SqlContext): string {
  if (columns.length === 0) return rows.length === 0 ? "SELECT 1 WHERE false" : "SELECT 1";
  const aliases = columns.map(({ name }) => columnName(name, context));
  if (rows.length === 0) {
    const nulls = columns.map(
      ({ type }, index) => `CAST(NULL AS ${sqlTypes[type]}) AS ${aliases[index]}`,
    );
    return `SELECT ${nulls.join(", ")} WHERE false`;
  }
  const tuples = rows.map((row) => `(${row.map((cell) => exprSql(cell, context)).join(", ")})`);
  return `SELECT * FROM (VALUES\n  ${tuples.join(",\n  ")}\n) AS v(${aliases.join(", ")})`;
}
