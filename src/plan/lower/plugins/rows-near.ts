import { present } from "../../../kql/syntax.ts";
import { builderAt } from "../build.ts";
import { columnsOf } from "../../ir/columns.ts";
import { keep } from "../items.ts";
import type { Expr, Rel, SortKey } from "../../ir/types.ts";
import { isSerialized } from "../windows.ts";
import { argumentsOf, type PluginCall } from "./plugin.ts";

const [place, hit, last] = ["$place", "$hit", "$last"];
const [next, nearestNext] = ["$next", "$nearest next"];

/** `evaluate rows_near(condition, n, after)`: the rows for which it holds, and those that stand near one. */
export function planRowsNear({ node, call, input, lowering }: PluginCall): Rel {
  if (!isSerialized(input, lowering)) {
    return lowering.refuse(node, {
      code: "KT0241",
      message: "`rows_near` needs rows in an order",
      hint: "put `sort by` or `serialize` in front",
    });
  }
  const build = builderAt(lowering.span(node));
  const { positional } = argumentsOf(call);
  const [condition, before, after = before] = positional;
  const row = lowering.over(input);
  const holds = row.scalar(present(condition));
  const [rowsBefore, rowsAfter] = [before, after].map((arg) => row.scalar(present(arg))) as [Expr, Expr]; // oxfmt-ignore
  const { span } = holds;
  const numbered: Rel = {
    kind: "window",
    input,
    items: [{ name: place, window: "number", args: [], type: "long", partitionBy: [] }],
    orderBy: [],
    partitionBy: [],
    span,
  };
  const at = build.column(numbered, place);
  const nothing: Expr = { kind: "literal", type: "long", value: null, span };
  const marked = build.extend(numbered, {
    [hit]: build.call("iff", "long", holds, at, nothing),
    [next]: build.call("iff", "long", holds, build.call("-", "long", build.long(0), at), nothing),
  });
  const downwards = nearest(nearest(marked, [hit, last], false), [next, nearestNext], true);
  const [behind, ahead] = [last, nearestNext].map((name) => build.column(downwards, name)) as [Expr, Expr]; // oxfmt-ignore
  const near: Expr = {
    kind: "or",
    items: [
      build.call("<=", "bool", build.call("-", "long", at, behind), rowsAfter),
      // The next one's place was counted below zero, so that the greatest is the nearest.
      build.call("<=", "bool", build.call("-", "long", build.call("-", "long", build.long(0), ahead), at), rowsBefore), // oxfmt-ignore
    ],
    type: "bool",
    span,
  };
  const kept = build.filter(downwards, near);
  const sorted: Rel = { kind: "sort", input: kept, keys: [orderBy(kept, false)], span };
  return { kind: "project", input: sorted, items: keep(columnsOf(input), span), span };
}

function orderBy(rel: Rel, descending: boolean): SortKey {
  const { span } = rel;
  return {
    expr: { kind: "column", name: place, type: "long", span },
    descending,
    nullsFirst: !descending,
  };
}

/** The greatest value of `column` in the rows up to each, or from each on. */
function nearest(input: Rel, [column, name]: readonly [string, string], descending: boolean): Rel {
  const { span } = input;
  const value: Expr = { kind: "column", name: column, type: "long", span };
  return {
    kind: "window",
    input,
    items: [{ name, window: "max", args: [value], type: "long", partitionBy: [] }],
    orderBy: [orderBy(input, descending)],
    partitionBy: [],
    span,
  };
}
