import type { Limit, SortKey } from "../../plan/ir/types.ts";
import { exprSql } from "../expressions/expression.ts";
import { columnName } from "../text/identifiers.ts";
import type { SqlContext } from "../types.ts";

/** The keys of an `ORDER BY`. */
export function orderSql(keys: readonly SortKey[], context: SqlContext): string {
  return keys
    .map((key) =>
      [
        ...directedSql(key, exprSql(key.expr, context)),
        key.nullsFirst ? "NULLS FIRST" : "NULLS LAST",
      ].join(" "),
    )
    .join(", ");
}

/**
 * A key and its direction. Kusto keeps NaN next to null, whichever end that is; DuckDB's greatest number it is on both
 * sides of zero, so that where nulls stand among the small numbers the negated key is sorted the other way round.
 */
function directedSql(
  { expr, descending, nullsFirst }: SortKey,
  sql: string,
): readonly [key: string, direction: string] {
  const isLeast = expr.type === "real" && descending !== nullsFirst;
  return isLeast ? [`(-${sql})`, descending ? "ASC" : "DESC"] : [sql, descending ? "DESC" : "ASC"];
}

/** The first rows: of all, or of each partition. */
export function limitSql(rel: Limit, from: string, context: SqlContext): string {
  const { count, keys, partitionBy } = rel;
  const order = keys.length === 0 ? "" : `ORDER BY ${orderSql(keys, context)}`;
  if (partitionBy.length === 0) {
    return `SELECT * FROM ${from}\n${order === "" ? "" : `${order} `}LIMIT ${exprSql(count, context)}`;
  }
  const partition = `PARTITION BY ${partitionBy.map((name) => columnName(name, context)).join(", ")}`;
  const window = order === "" ? partition : `${partition} ${order}`;
  return [
    `SELECT * FROM ${from}`,
    `QUALIFY row_number() OVER (${window}) <= ${exprSql(count, context)}`,
    ...(order === "" ? [] : [order]),
  ].join("\n");
}
