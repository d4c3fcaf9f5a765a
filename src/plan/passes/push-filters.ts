import { randomFunctions } from "../lower/expressions/random-functions.ts";
import type { Expr, Filter, Item, Join, Program, Rel } from "../ir/types.ts";
import { columnsIn, mapChildren, mapExprs, mapParts, mapSubqueries, partsOf } from "../ir/walk.ts";

/** Moves each conjunct of a filter as near to its source as the operators between allow. */
export function pushFilters(program: Program): Program {
  return {
    bindings: program.bindings.map((binding) => ({ ...binding, rel: push(binding.rel) })),
    body: push(program.body),
  };
}

function push(rel: Rel): Rel {
  const settled = mapExprs(mapChildren(rel, push), (expr) => mapSubqueries(expr, push));
  if (settled.kind !== "filter") return settled;
  return conjuncts(settled.where).reduceRight<Rel>(
    (input, where) => sink({ ...settled, input, where }),
    settled.input,
  );
}

/** The conditions that must all hold for `expr` to. */
export function conjuncts(expr: Expr): readonly Expr[] {
  return expr.kind === "and" ? expr.items : [expr];
}

/** `filter` on top of its input, or the input with the filter somewhere inside of it. */
function sink(filter: Filter): Rel {
  const { input, where } = filter;
  if (!isPure(where)) return merge(filter);
  switch (input.kind) {
    case "filter": {
      const below = sink({ ...filter, input: input.input });
      // It may stop right below this one: then the two are one.
      const stays = below.kind === "filter" && below.input === input.input;
      return stays ? merge({ ...filter, input }) : { ...input, input: below };
    }
    case "sort":
      return { ...input, input: sink({ ...filter, input: input.input }) };
    case "extend":
    case "project": {
      const through = substitute(where, input.items, input.kind === "extend");
      if (through === undefined) return merge(filter);
      return { ...input, input: sink({ ...filter, input: input.input, where: through }) };
    }
    case "expand": {
      const made = new Set([...input.columns.map(({ name }) => name), input.index]);
      const reads = [...columnsIn(where)];
      if (reads.some((name) => made.has(name))) return merge(filter);
      return { ...input, input: sink({ ...filter, input: input.input }) };
    }
    case "union":
      return { ...input, inputs: input.inputs.map((each) => sink({ ...filter, input: each })) };
    case "join":
      return sinkIntoJoin(filter, input);
    case "limit":
      // Kusto filters before it drops the other rows of a key: a documented trait of `innerunique`.
      if (input.anyRows !== true) return merge(filter);
      return { ...input, input: sink({ ...filter, input: input.input }) };
    default:
      return merge(filter);
  }
}

/** Neighbouring filters become one, in the order in which they were written. */
function merge(filter: Filter): Rel {
  const { input, where } = filter;
  if (input.kind !== "filter") return filter;
  const items = [...conjuncts(input.where), ...conjuncts(where)];
  return { ...input, where: { kind: "and", items, type: "bool", span: input.where.span } };
}

/** A random value or a subquery must stay where it is: moving it could change how often it is drawn, or its surroundings. */
function isPure(expr: Expr): boolean {
  if (expr.kind === "in-table" || expr.kind === "scalar-query") return false;
  if (expr.kind === "call" && randomFunctions.has(expr.name)) return false;
  return partsOf(expr).every(isPure);
}

/** `expr` over the input's columns instead of the items'; undefined where an item in it is more than a column. */
function substitute(expr: Expr, items: readonly Item[], keepsOthers: boolean): Expr | undefined {
  const sources = new Map(items.map((item) => [item.name, item.expr]));
  for (const name of columnsIn(expr)) {
    const source = sources.get(name);
    if (source === undefined ? !keepsOthers : source.kind !== "column") return undefined;
  }
  const replace = (part: Expr): Expr =>
    part.kind === "column" ? { ...part, ...nameFrom(sources, part.name) } : mapParts(part, replace);
  return replace(expr);
}

function nameFrom(sources: ReadonlyMap<string, Expr>, name: string): { name: string } {
  const source = sources.get(name);
  return { name: source?.kind === "column" ? source.name : name };
}

/** The sides of a join whose rows all show in its result, unmatched ones included only on that side. */
const filterable: Readonly<Record<Join["join"], readonly ("left" | "right")[]>> = {
  inner: ["left", "right"],
  leftouter: ["left"],
  rightouter: ["right"],
  fullouter: [],
  leftsemi: ["left"],
  leftanti: ["left"],
  rightsemi: ["right"],
  rightanti: ["right"],
};

function sinkIntoJoin(filter: Filter, join: Join): Rel {
  const columns = new Map(join.columns.map((column) => [column.name, column]));
  const used = [...columnsIn(filter.where)].map((name) => columns.get(name));
  for (const side of filterable[join.join]) {
    if (!used.every((column) => column?.side === side)) continue;
    const items = join.columns
      .filter((column) => column.side === side)
      .map(({ name, column, type }): Item => ({
        name,
        expr: { kind: "column", name: column, type, span: filter.span },
      }));
    const where = substitute(filter.where, items, false);
    if (where === undefined) continue;
    return { ...join, [side]: sink({ ...filter, input: join[side], where }) };
  }
  return merge(filter);
}
