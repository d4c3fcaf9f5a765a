import type { Limit, SortKey } from "../../plan/types.ts";
import { exprSql } from "../expression.ts";
import { columnName } from "../identifiers.ts";
import type { SqlContext } from "../types.ts";

/** The keys of an `ORDER BY`. */
export function orderSql(keys: readonly SortKey[], context: SqlContext): string {
  return keys
    .map(({ expr, descending, nullsFirst }) =>
      [
        exprSql(expr, context),
        descending ? "DESC" : "ASC",
        nullsFirst ? "NULLS FIRST" : "NULLS LAST",
      ].join(" "),
    )
    .join(", ");
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
