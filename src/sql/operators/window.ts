import { unreachable } from "../../base/diagnostic.ts";
import { columnsOf } from "../../plan/ir/columns.ts";
import type { Expr, Window, WindowItem } from "../../plan/ir/types.ts";
import { columnsIn } from "../../plan/ir/walk.ts";
import { castSql } from "../expressions/cast.ts";
import { argOf } from "../expressions/expression.ts";
import { columnList, columnName } from "../text/identifiers.ts";
import { identifier } from "../text/quote.ts";
import { sqlTypes, type SqlContext } from "../types.ts";
import { orderSql } from "./order.ts";

/** The place of a row among the input's. No column of a plan is named so. */
const rowColumn = identifier("$row");

/** `from` with the place of each of its rows, within each partition, as the column `$row`. */
export function numberedSql(
  { orderBy, partitionBy }: Pick<Window, "orderBy" | "partitionBy">,
  from: string,
  context: SqlContext,
): string {
  const partition = partitionSql(partitionBy, context);
  const order = orderBy.length === 0 ? "" : `ORDER BY ${orderSql(orderBy, context)}`;
  return `SELECT *, row_number() OVER (${[partition, order].filter(Boolean).join(" ")}) AS ${rowColumn} FROM ${from}`;
}

/** Columns that depend on other rows, in as few steps as their dependence on each other allows: SQL nests no windows. */
export function windowSql(rel: Window, from: string, context: SqlContext): string {
  const numbered = numberedSql(rel, from, context);
  const rows = stagesOf(rel.items).reduce((input, stage) => {
    const list = stage.map(
      (item) => `${itemSql(item, rel, context)} AS ${columnName(item.name, context)}`,
    );
    return `SELECT *, ${list.join(", ")} FROM (\n${indent(input)}\n)`;
  }, numbered);
  return `SELECT ${columnList(columnsOf(rel), context)} FROM (\n${indent(rows)}\n)\nORDER BY ${rowColumn}`;
}

function indent(sql: string): string {
  return sql.replaceAll(/^/gm, "  ");
}

function partitionSql(names: readonly string[], context: SqlContext): string {
  return names.length === 0
    ? ""
    : `PARTITION BY ${names.map((name) => columnName(name, context)).join(", ")}`;
}

/** The items in groups of which none reads another of its group. */
function stagesOf(items: readonly WindowItem[]): readonly (readonly WindowItem[])[] {
  const stages: WindowItem[][] = [];
  const made = new Map<string, number>();
  for (const item of items) {
    const read = new Set(item.partitionBy);
    for (const arg of item.args) columnsIn(arg, read);
    const at = Math.max(0, ...Array.from(read, (name) => (made.get(name) ?? -1) + 1));
    made.set(item.name, at);
    (stages[at] ??= []).push(item);
  }
  return stages;
}

function itemSql(item: WindowItem, rel: Window, context: SqlContext): string {
  const partition = partitionSql([...rel.partitionBy, ...item.partitionBy], context);
  const rows = `${partition} ORDER BY ${rowColumn}`.trim();
  const running = `${rows} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW`;
  const arg = (index: number): Expr => {
    const found = item.args[index];
    if (found === undefined) throw new Error(`${item.window} lacks argument ${index + 1}`);
    return found;
  };
  const value = (): string => castSql(argOf(arg(0), context), item.type);
  const plain = (index: number): string => argOf(arg(index), context).sql;
  switch (item.window) {
    case "number":
      return `row_number() OVER (${rows})`;
    case "prev":
    case "next": {
      const fallback = castSql(argOf(arg(2), context), item.type);
      const word = item.window === "prev" ? "lag" : "lead";
      return `${word}(${value()}, ${plain(1)}, ${fallback}) OVER (${rows})`;
    }
    case "sum": {
      const sum = `coalesce(sum(${value()}) OVER (${running}), 0)`;
      return item.type === "long" || item.type === "int" || item.type === "timespan"
        ? `kql_wrap(${sum})`
        : `CAST(${sum} AS ${sqlTypes[item.type]})`;
    }
    case "count":
      return `count(${plain(0)}) OVER (${running})`;
    case "max":
      return `max(${plain(0)}) OVER (${running})`;
    case "run-start": {
      const same = `${plain(0)} IS NOT DISTINCT FROM lag(${plain(0)}) OVER (${rows})`;
      const number = `row_number() OVER (${rows})`;
      return `CASE WHEN ${number} > 1 AND ${same} THEN NULL ELSE ${number} END`;
    }
    case "cut":
      return `list_reduce(list(${value()}) OVER (${running}), lambda cut, x: CASE WHEN x >= cut + ${plain(1)} THEN x ELSE cut END)`;
    default:
      return unreachable(item.window);
  }
}
