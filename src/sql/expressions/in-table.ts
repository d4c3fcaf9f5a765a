import { columnsOf } from "../../plan/ir/columns.ts";
import type { InTable } from "../../plan/ir/types.ts";
import type { KqlType } from "../../schema/types.ts";
import { refuseCall } from "./args.ts";
import { castSql } from "./cast.ts";
import { isSimple } from "./once.ts";
import type { SqlArg } from "../types.ts";

interface TableParts {
  readonly operand: SqlArg;
  /** The name of the table's first column. */
  readonly column: string;
  /** `FROM` and what follows it. */
  readonly from: string;
}

/** `in`, `in~`, `has_any`, `has_all` and their negations over the first column of a table. Null is in no table. */
export function inTableSql(expr: InTable, { operand, column, from }: TableParts): string {
  const values = columnArg(expr, column);
  if (expr.operator === "has_any" || expr.operator === "has_all") {
    return hasSql(expr, castSql(operand, "string"), { terms: castSql(values, "string"), from });
  }
  const folds = expr.operator.endsWith("~");
  const type = folds ? "string" : commonType(expr, operand.type, values.type);
  const [value, list] = [operand, values].map((each) => castSql(each, type));
  const found = folds
    ? `coalesce(lower(${value}) IN (SELECT lower(${list}) ${from}), false)`
    : `coalesce(${value} IN (SELECT ${list} ${from}), false)`;
  return expr.operator.startsWith("!") ? `(NOT ${found})` : found;
}

function columnArg({ table, column: name, span }: InTable, sql: string): SqlArg {
  const type = columnsOf(table).find((each) => each.name === name)?.type ?? "string";
  return { sql, type, expr: { kind: "column", name, type, span } };
}

const numbers: readonly KqlType[] = ["int", "long", "decimal", "real"];

/** The type in which a value is compared with those of a column: a `dynamic` takes the other's, numbers the wider of the two. */
function commonType(expr: InTable, operand: KqlType, column: KqlType): KqlType {
  if (operand === column) return operand === "dynamic" ? "string" : operand;
  if (operand === "dynamic") return column;
  if (column === "dynamic") return operand;
  const ranks = [operand, column].map((type) => numbers.indexOf(type));
  const widest = numbers[Math.max(...ranks)];
  if (!ranks.includes(-1) && widest !== undefined) return widest;
  if (ranks.some((rank) => rank >= 0) && [operand, column].includes("string")) return "string";
  return refuseCall(
    { name: expr.operator },
    `it looks for a \`${operand}\` in the column \`${expr.column}\`, a \`${column}\`: of a table the first column counts`,
  );
}

/** Whether the text has one of the terms in a column, or all of them. Most texts lack most terms, and looking for the letters alone is quick. */
function hasSql(
  { operator }: InTable,
  text: string,
  { terms, from }: { readonly terms: string; readonly from: string },
): string {
  const list = `(SELECT list(DISTINCT ${terms}) ${from})`;
  const [every, none] =
    operator === "has_any" ? ["list_bool_or", "false"] : ["list_bool_and", "true"];
  const has = (value: string, words: string): string =>
    `coalesce(${every}(list_transform(${words}, lambda kql_w: CASE WHEN contains(lower(${value}), lower(kql_w)) THEN kql_has(${value}, kql_w) ELSE false END)), ${none})`;
  if (isSimple(text)) return has(text, list);
  // DuckDB takes no subquery in a lambda's body.
  return `list_transform([{t: ${text}, l: ${list}}], lambda kql_p: ${has("kql_p.t", "kql_p.l")})[1]`;
}
