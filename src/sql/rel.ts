import { unreachable } from "../base/diagnostic.ts";
import { columnsOf } from "../plan/ir/columns.ts";
import type { Rel } from "../plan/ir/types.ts";
import { exprSql, predicateSql } from "./expressions/expression.ts";
import { aggregateSql } from "./operators/aggregate.ts";
import { expandSql } from "./operators/expand.ts";
import { joinSql } from "./operators/join.ts";
import { limitSql, orderSql } from "./operators/order.ts";
import { rangeSql } from "./operators/range.ts";
import { scanSql } from "./operators/scan.ts";
import { sequenceSql } from "./operators/sequence.ts";
import { unionSql } from "./operators/union.ts";
import { valuesSql } from "./operators/values.ts";
import { windowSql } from "./operators/window.ts";
import { bindingName, columnList, columnName } from "./text/identifiers.ts";
import type { SqlContext } from "./types.ts";

/** A `SELECT` that gives the rows of `rel`, with `columnsOf(rel)` as its columns. */
export function relSql(rel: Rel, context: SqlContext): string {
  const from = (input: Rel, alias?: string): string => {
    const sql = relSql(input, context).replaceAll(/^/gm, "  ");
    return `(\n${sql}\n)${alias === undefined ? "" : ` AS ${alias}`}`;
  };
  switch (rel.kind) {
    case "scan":
      return scanSql(rel, context);
    case "reference":
      return `SELECT ${columnList(rel.columns, context) || "1"} FROM ${bindingName(rel.name)}`;
    case "values":
      return valuesSql(rel, context);
    case "range":
      return rangeSql(rel, context);
    case "filter":
      return `SELECT * FROM ${from(rel.input)}\nWHERE ${predicateSql(rel.where, context)}`;
    case "extend":
    case "project":
      return projectSql(rel, from(rel.input), context);
    case "expand":
      return expandSql(rel, from(rel.input), context);
    case "number":
      return `SELECT *, row_number() OVER () AS ${columnName(rel.column, context)} FROM ${from(rel.input)}`;
    case "aggregate":
      return aggregateSql(rel, from(rel.input), context);
    case "join":
      return joinSql(rel, { left: from(rel.left, "l"), right: from(rel.right, "r"), context });
    case "union":
      return unionSql(rel, from, context);
    case "sort":
      if (rel.keys.length === 0) return relSql(rel.input, context);
      return `SELECT * FROM ${from(rel.input)}\nORDER BY ${orderSql(rel.keys, context)}`;
    case "window":
      return windowSql(rel, from(rel.input), context);
    case "sequence":
      return sequenceSql(rel, from(rel.input), context);
    case "limit":
      return limitSql(rel, from(rel.input), context);
    default:
      return unreachable(rel);
  }
}

function projectSql(
  rel: Extract<Rel, { kind: "extend" | "project" }>,
  from: string,
  context: SqlContext,
): string {
  const exprs = new Map(rel.items.map(({ name, expr }) => [name, expr]));
  const list = columnsOf(rel).map(({ name }) => {
    const expr = exprs.get(name);
    const alias = columnName(name, context);
    const sql = expr === undefined ? alias : exprSql(expr, context);
    return sql === alias ? alias : `${sql} AS ${alias}`;
  });
  return `SELECT ${list.length === 0 ? "1" : list.join(", ")} FROM ${from}`;
}
