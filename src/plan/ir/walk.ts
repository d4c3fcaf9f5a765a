import { unreachable } from "../../base/diagnostic.ts";
import type { Expr, Rel } from "./types.ts";

/** The relations that `rel` reads, left to right; not those inside of its expressions. */
export function childrenOf(rel: Rel): readonly Rel[] {
  switch (rel.kind) {
    case "scan":
    case "reference":
    case "values":
    case "range":
      return [];
    case "filter":
    case "extend":
    case "project":
    case "expand":
    case "number":
    case "aggregate":
    case "sort":
    case "limit":
    case "window":
    case "sequence":
      return [rel.input];
    case "join":
      return [rel.left, rel.right];
    case "union":
      return rel.inputs;
    default:
      return unreachable(rel);
  }
}

/** `rel` with each relation it reads replaced by what `change` makes of it. */
export function mapChildren(rel: Rel, change: (child: Rel) => Rel): Rel {
  switch (rel.kind) {
    case "scan":
    case "reference":
    case "values":
    case "range":
      return rel;
    case "filter":
    case "extend":
    case "project":
    case "expand":
    case "number":
    case "aggregate":
    case "sort":
    case "limit":
    case "window":
    case "sequence":
      return { ...rel, input: change(rel.input) };
    case "join":
      return { ...rel, left: change(rel.left), right: change(rel.right) };
    case "union":
      return { ...rel, inputs: rel.inputs.map(change) };
    default:
      return unreachable(rel);
  }
}

/** The expressions that stand in `rel` itself. */
export function exprsOf(rel: Rel): readonly Expr[] {
  switch (rel.kind) {
    case "scan":
    case "reference":
    case "number":
    case "join":
    case "union":
      return [];
    case "values":
      return rel.rows.flat();
    case "range":
      return [rel.from, rel.to, rel.step];
    case "filter":
      return [rel.where];
    case "extend":
    case "project":
      return rel.items.map(({ expr }) => expr);
    case "expand":
      return [
        ...rel.columns.map(({ expr }) => expr),
        ...(rel.limit === undefined ? [] : [rel.limit]),
      ];
    case "aggregate":
      return [...rel.keys, ...rel.items].map(({ expr }) => expr);
    case "sort":
      return rel.keys.map(({ expr }) => expr);
    case "limit":
      return [rel.count, ...rel.keys.map(({ expr }) => expr)];
    case "window":
      return [...rel.items.flatMap(({ args }) => args), ...rel.orderBy.map(({ expr }) => expr)];
    case "sequence":
      return [
        ...rel.declared.map(({ fallback }) => fallback),
        ...rel.steps.flatMap(({ condition, items }) => [
          condition,
          ...items.map((item) => item.expr),
        ]),
        ...rel.orderBy.map(({ expr }) => expr),
      ];
    default:
      return unreachable(rel);
  }
}

/** `rel` with each expression that stands in it replaced by what `change` makes of it. */
export function mapExprs(rel: Rel, change: (expr: Expr) => Expr): Rel {
  switch (rel.kind) {
    case "scan":
    case "reference":
    case "number":
    case "join":
    case "union":
      return rel;
    case "values":
      return { ...rel, rows: rel.rows.map((row) => row.map(change)) };
    case "range":
      return { ...rel, from: change(rel.from), to: change(rel.to), step: change(rel.step) };
    case "filter":
      return { ...rel, where: change(rel.where) };
    case "extend":
    case "project":
      return { ...rel, items: mapItems(rel.items, change) };
    case "expand":
      return {
        ...rel,
        columns: mapItems(rel.columns, change),
        ...(rel.limit === undefined ? {} : { limit: change(rel.limit) }),
      };
    case "aggregate":
      return { ...rel, keys: mapItems(rel.keys, change), items: mapItems(rel.items, change) };
    case "sort":
      return { ...rel, keys: rel.keys.map((key) => ({ ...key, expr: change(key.expr) })) };
    case "limit":
      return {
        ...rel,
        count: change(rel.count),
        keys: mapItems(rel.keys, change),
      };
    case "window":
      return {
        ...rel,
        items: rel.items.map((item) => ({ ...item, args: item.args.map(change) })),
        orderBy: mapItems(rel.orderBy, change),
      };
    case "sequence":
      return {
        ...rel,
        declared: rel.declared.map((each) => ({ ...each, fallback: change(each.fallback) })),
        steps: rel.steps.map((step) => ({
          ...step,
          condition: change(step.condition),
          items: mapItems(step.items, change),
        })),
        orderBy: mapItems(rel.orderBy, change),
      };
    default:
      return unreachable(rel);
  }
}

function mapItems<T extends { readonly expr: Expr }>(
  items: readonly T[],
  change: (expr: Expr) => Expr,
): readonly T[] {
  return items.map((item) => ({ ...item, expr: change(item.expr) }));
}

/** The expressions directly inside of `expr`; not those of its subquery. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "literal":
    case "now":
    case "column":
      return [];
    case "call":
    case "aggregate":
      return expr.args;
    case "and":
    case "or":
      return expr.items;
    case "in-list":
      return [expr.operand, ...expr.items];
    case "in-table":
      return [expr.operand, ...expr.correlations.map(({ outer }) => outer)];
    case "member":
      return [expr.object, expr.key];
    case "cast":
      return [expr.operand];
    case "scalar-query":
      return expr.correlations.map(({ outer }) => outer);
    default:
      return unreachable(expr);
  }
}

/** `expr` with each expression directly inside of it replaced by what `change` makes of it. */
export function mapParts(expr: Expr, change: (part: Expr) => Expr): Expr {
  switch (expr.kind) {
    case "literal":
    case "now":
    case "column":
      return expr;
    case "call":
    case "aggregate":
      return { ...expr, args: expr.args.map(change) };
    case "and":
    case "or":
      return { ...expr, items: expr.items.map(change) };
    case "in-list":
      return { ...expr, operand: change(expr.operand), items: expr.items.map(change) };
    case "in-table":
    case "scalar-query": {
      const correlations = expr.correlations.map((correlation) => ({
        ...correlation,
        outer: change(correlation.outer),
      }));
      if (expr.kind === "scalar-query") return { ...expr, correlations };
      return { ...expr, operand: change(expr.operand), correlations };
    }
    case "member":
      return { ...expr, object: change(expr.object), key: change(expr.key) };
    case "cast":
      return { ...expr, operand: change(expr.operand) };
    default:
      return unreachable(expr);
  }
}

/** The tables of the subqueries anywhere in `expr`. */
export function subqueriesOf(expr: Expr): readonly Rel[] {
  const own = expr.kind === "in-table" || expr.kind === "scalar-query" ? [expr.table] : [];
  return [...own, ...partsOf(expr).flatMap(subqueriesOf)];
}

/** `expr` with the table of every subquery in it replaced by what `change` makes of it. */
export function mapSubqueries(expr: Expr, change: (rel: Rel) => Rel): Expr {
  const inner = mapParts(expr, (part) => mapSubqueries(part, change));
  return inner.kind === "in-table" || inner.kind === "scalar-query"
    ? { ...inner, table: change(inner.table) }
    : inner;
}

/** The names of the columns that `expr` reads from the row around it. */
export function columnsIn(expr: Expr, into: Set<string> = new Set()): Set<string> {
  if (expr.kind === "column") into.add(expr.name);
  for (const part of partsOf(expr)) columnsIn(part, into);
  return into;
}

/** `rel` and every relation below it, those of subqueries included. */
export function relationsIn(rel: Rel): readonly Rel[] {
  return [
    rel,
    ...childrenOf(rel).flatMap(relationsIn),
    ...exprsOf(rel).flatMap(subqueriesOf).flatMap(relationsIn),
  ];
}
