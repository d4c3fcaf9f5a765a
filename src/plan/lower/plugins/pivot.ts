import { kindOf, nameOf, present, scalarType, type Expression } from "../../../kql/syntax.ts";
import type { Column } from "../../../schema/types.ts";
import { columnsOf } from "../../ir/columns.ts";
import { boundColumns, columnRef, keep } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import type { Expr, Item, Rel } from "../../ir/types.ts";
import { columnsIn } from "../../ir/walk.ts";
import { argumentsOf, discoverLater, type PluginCall } from "./plugin.ts";

const pivotColumn = "$pivot";
const valueColumn = "$value";
const oneColumn = "$one";

/** `evaluate pivot(c, f(x), keys…)`: a column for each value of `c`, which holds `f(x)` of the rows that have it. */
export function planPivot(plugin: PluginCall): Rel {
  const { node, call, input, lowering } = plugin;
  const { positional } = argumentsOf(call);
  const [pivot, aggregation, ...groupNodes] = positional;
  const span = lowering.span(node);
  const row = lowering.over(input);
  const by = asText(row.scalar(present(pivot)));
  const value = aggregation === undefined ? countOf(span) : row.scalar(aggregation);
  const groups = groupsOf(plugin, { by, value, groupNodes });
  if (node.Schema === null) {
    const keys = [{ name: pivotColumn, expr: by }];
    const rel: Rel = { kind: "aggregate", input, keys: keep(groups, span), items: [], span };
    return discoverLater(plugin, {
      rel,
      probe: { kind: "aggregate", input, keys, items: [], span },
      finds: { kind: "pivot", groups, type: typeOf(aggregation, value) },
    });
  }
  const cells: Rel = {
    kind: "aggregate",
    input,
    keys: [...keep(groups, span), { name: pivotColumn, expr: by }],
    items: [{ name: valueColumn, expr: value }],
    span,
  };
  return turned(cells, { groups, targets: boundColumns(node), value, span });
}

function typeOf(aggregation: Expression | undefined, value: Expr): Column["type"] {
  return aggregation === undefined
    ? value.type
    : (scalarType(aggregation.ResultType) ?? value.type);
}

function countOf(span: Expr["span"]): Expr {
  return { kind: "aggregate", name: "count", args: [], type: "long", span };
}

function asText(expr: Expr): Expr {
  if (expr.type === "string") return expr;
  return { kind: "call", name: "tostring", args: [expr], type: "string", span: expr.span };
}

/** The columns that rows are grouped by: the ones that are named, else all that the pivot and the aggregation leave. */
function groupsOf(
  { input, lowering }: PluginCall,
  parts: { by: Expr; value: Expr; groupNodes: readonly Expression[] },
): readonly Column[] {
  const columns = columnsOf(input);
  if (parts.groupNodes.length > 0) {
    return parts.groupNodes.map((node) => groupColumn(node, columns, lowering));
  }
  const used = columnsIn(parts.value, columnsIn(parts.by));
  return columns.filter(({ name }) => !used.has(name));
}

function groupColumn(node: Expression, columns: readonly Column[], lowering: Lowering): Column {
  const name = kindOf(node) === "NameReference" ? nameOf(node) : undefined;
  const column = columns.find((each) => each.name === name);
  if (column !== undefined) return column;
  // A column that only an open table could have.
  if (name !== undefined) return { name, type: "dynamic" };
  return lowering.refuse(node, { code: "KT0259", message: "what `pivot` keeps must be columns" });
}

interface Turn {
  readonly groups: readonly Column[];
  readonly targets: readonly Column[];
  readonly value: Expr;
  readonly span: Expr["span"];
}

/** One row for each group, its cells side by side. Without rows there is no group, not even the one of all rows. */
function turned(cells: Rel, { groups, targets, value, span }: Turn): Rel {
  const grouped = new Set(groups.map(({ name }) => name));
  const one: Expr = { kind: "literal", type: "bool", value: true, span };
  const wanted = targets.filter(({ name }) => !grouped.has(name));
  const sides: Rel = {
    kind: "aggregate",
    input: cells,
    keys: [...keep(groups, span), { name: oneColumn, expr: one }],
    items: wanted.map((target): Item => ({ name: target.name, expr: cell(target, value, span) })),
    span,
  };
  const items = targets.map((target): Item => {
    const ref = columnRef(target, span);
    return { name: target.name, expr: grouped.has(target.name) ? ref : filled(ref, value, span) };
  });
  return { kind: "project", input: sides, items, span };
}

function cell({ name, type }: Column, value: Expr, span: Expr["span"]): Expr {
  const by: Expr = columnRef({ name: pivotColumn, type: "string" }, span);
  const wanted: Expr = { kind: "literal", type: "string", value: name, span };
  const is: Expr = { kind: "call", name: "==", args: [by, wanted], type: "bool", span };
  const held: Expr = columnRef({ name: valueColumn, type: value.type }, span);
  const args: readonly Expr[] = [held, is];
  const any: Expr = { kind: "aggregate", name: "take_anyif", args, type: value.type, span };
  return value.type === type ? any : { kind: "cast", operand: any, type, span };
}

/** What an aggregation gives of no rows, where a group has none for a column. */
const ofNothing: Readonly<Record<string, string>> = {
  count: "0",
  countif: "0",
  dcount: "0",
  dcountif: "0",
  sum: "0",
  sumif: "0",
  make_list: "[]",
  make_set: "[]",
  make_bag: "{}",
};

function filled(ref: Expr, value: Expr, span: Expr["span"]): Expr {
  const fallback = value.kind === "aggregate" ? ofNothing[value.name] : undefined;
  if (fallback === undefined) return ref;
  const empty: Expr = {
    kind: "literal",
    type: ref.type,
    value: ref.type === "real" ? Number(fallback) : fallback,
    span,
  };
  return { kind: "call", name: "coalesce", args: [ref, empty], type: ref.type, span };
}
