import type { Range } from "../../plan/ir/types.ts";
import { castSql } from "../expressions/cast.ts";
import { argOf } from "../expressions/expression.ts";
import { columnName } from "../text/identifiers.ts";
import { sqlTypes, type SqlContext } from "../types.ts";

/** `range`: steps are counted and multiplied, so that a real step does not add up its errors. */
export function rangeSql({ column, from, to, step }: Range, context: SqlContext): string {
  const value = (expr: Range["from"], type = column.type): string =>
    castSql(argOf(expr, context), type);
  // A datetime goes on by a timespan; both are ticks.
  const stepType = column.type === "datetime" ? "timespan" : column.type;
  const [start, end, by] = [value(from), value(to), value(step, stepType)];
  const alias = columnName(column.name, context);
  const count =
    column.type === "real"
      ? `CAST(floor((${end} - ${start}) / ${by}) AS BIGINT)`
      : `(${end} - ${start}) // ${by}`;
  const inclusive = `coalesce(greatest(${count} + 1, 0), 0)`;
  return `SELECT CAST(${start} + i * ${by} AS ${sqlTypes[column.type]}) AS ${alias} FROM range(CAST(${inclusive} AS BIGINT)) AS s(i)`;
}
