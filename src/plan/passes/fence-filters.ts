import { columnsOf } from "../ir/columns.ts";
import type { Expr, Filter, Limit, Program, Rel } from "../ir/types.ts";
import { mapChildren, mapExprs, mapSubqueries, partsOf } from "../ir/walk.ts";

/** A condition that would have more nodes than this with all columns written out is kept where it is. */
const greatestSize = 500;

/** More rows than there can be. */
const allRows = String(2n ** 62n);

/**
 * Puts a limit of all rows below conditions on columns that are computed from computed columns. DuckDB moves a
 * condition below projections and writes their expressions out for it: twenty times `extend x = strcat(x, x)` would be
 * a million of them. It moves none below a limit.
 */
export function fenceFilters(program: Program): Program {
  const bindings = new Map(program.bindings.map(({ name, rel }) => [name, rel]));
  const sizes = createSizes(bindings);
  const fence = (rel: Rel): Rel => {
    const settled = mapExprs(mapChildren(rel, fence), (expr) => mapSubqueries(expr, fence));
    return settled.kind === "filter" && isLarge(settled, sizes) ? fenced(settled) : settled;
  };
  return {
    ...program,
    bindings: program.bindings.map((binding) => ({ ...binding, rel: fence(binding.rel) })),
    body: fence(program.body),
  };
}

function fenced(filter: Filter): Filter {
  const { input, span } = filter;
  const count: Expr = { kind: "literal", type: "long", value: allRows, span };
  const limit: Limit = { kind: "limit", input, count, keys: [], partitionBy: [], span };
  return { ...filter, input: limit };
}

/** The number of nodes that each column of a relation has, written out down to the rows it is computed from. */
type Sizes = (rel: Rel) => ReadonlyMap<string, number>;

function isLarge({ input, where }: Filter, sizes: Sizes): boolean {
  return sizeOf(where, sizes(input)) > greatestSize;
}

/** The nodes of `expr` with its columns written out. */
function sizeOf(expr: Expr, columns: ReadonlyMap<string, number>): number {
  if (expr.kind === "column") return columns.get(expr.name) ?? 1;
  return partsOf(expr).reduce((sum, part) => sum + sizeOf(part, columns), 1);
}

function createSizes(bindings: ReadonlyMap<string, Rel>): Sizes {
  const known = new WeakMap<Rel, ReadonlyMap<string, number>>();
  const sizes = (rel: Rel): ReadonlyMap<string, number> => {
    const before = known.get(rel);
    if (before !== undefined) return before;
    const own = compute(rel);
    known.set(rel, own);
    return own;
  };
  const compute = (rel: Rel): ReadonlyMap<string, number> => {
    switch (rel.kind) {
      case "filter":
      case "sort":
      case "window":
      case "expand":
      case "number":
        return sizes(rel.input);
      case "extend":
      case "project": {
        const below = sizes(rel.input);
        const made = rel.items.map(({ name, expr }) => [name, sizeOf(expr, below)] as const);
        return new Map(rel.kind === "extend" ? [...below, ...made] : made);
      }
      case "aggregate":
        return new Map(rel.keys.map(({ name, expr }) => [name, sizeOf(expr, sizes(rel.input))]));
      case "join":
        return new Map(
          rel.columns.map(({ name, side, column }) => [name, sizes(rel[side]).get(column) ?? 1]),
        );
      case "union":
        return new Map(
          columnsOf(rel).map(({ name }) => [
            name,
            Math.max(...rel.inputs.map((input) => sizes(input).get(name) ?? 1)),
          ]),
        );
      case "reference": {
        const bound = bindings.get(rel.name);
        return bound === undefined ? new Map() : sizes(bound);
      }
      default:
        return new Map();
    }
  };
  return sizes;
}
