import { columnsOf } from "../ir/columns.ts";
import { columnRef, keep } from "../lower/items.ts";
import type { Aggregate, Expr, Item, Program, Rel } from "../ir/types.ts";
import { columnsIn, mapChildren, mapExprs, mapParts, mapSubqueries, partsOf } from "../ir/walk.ts";

/** Parts of a greater height or size are taken out: DuckDB's time to prepare an expression grows with the cube of its height. */
const greatestHeight = 12;
const greatestSize = 200;

/**
 * Gives parts of deeply nested expressions columns of their own, below the operator that uses them. So it does with all
 * arguments of aggregates: their SQL may use one several times, and nothing can be bound around an aggregate.
 */
export function splitExpressions(program: Program): Program {
  return {
    ...program,
    bindings: program.bindings.map((binding) => ({ ...binding, rel: split(binding.rel) })),
    body: split(program.body),
  };
}

function split(rel: Rel): Rel {
  const settled = mapExprs(mapChildren(rel, split), (expr) => mapSubqueries(expr, split));
  switch (settled.kind) {
    case "project":
      return overLayers(settled, (change) => mapExprs(settled, change));
    case "aggregate":
      return splitAggregate(settled);
    case "filter":
    case "extend":
    case "sort":
    case "expand":
    case "window":
      return keepingColumns(settled, (change) => mapExprs(settled, change));
    case "limit": {
      // Its count sees no row.
      const { keys } = settled;
      return keepingColumns(settled, (change) => ({
        ...settled,
        keys: keys.map((key) => ({ ...key, expr: change(key.expr) })),
      }));
    }
    default:
      return settled;
  }
}

type Rewrite = (change: (expr: Expr) => Expr) => Rel;

/** `rel` as `rewrite` makes it of shallow expressions, over the columns that hold the deep parts of them; itself if it has none. */
function overLayers(rel: Rel, rewrite: Rewrite): Rel {
  const layers: Item[][] = [];
  const shallow = rewrite((expr) => cut(expr, layers).expr);
  return layers.length === 0 ? rel : mapChildren(shallow, (input) => layered(input, layers));
}

/** `overLayers` for what passes on the columns of its input, without those that were added. */
function keepingColumns(rel: Rel, rewrite: Rewrite): Rel {
  const over = overLayers(rel, rewrite);
  if (over === rel) return rel;
  const items = keep(columnsOf(rel), rel.span);
  return { kind: "project", input: over, items, span: rel.span };
}

/** Arguments of aggregates are computed below, and deep expressions over aggregates above. */
function splitAggregate(rel: Aggregate): Rel {
  if (rel.items.every(({ expr }) => heightOverAggregates(expr) < greatestHeight)) {
    const layers: Item[][] = [];
    const argument = (expr: Expr): Expr =>
      // What reads no column has one value for all rows; some aggregates use it beside them.
      partsOf(expr).length === 0 || columnsIn(expr).size === 0
        ? expr
        : moved(cut(expr, layers), layers).expr;
    const shallow: Aggregate = {
      ...rel,
      keys: rel.keys.map((key) => ({ ...key, expr: cut(key.expr, layers).expr })),
      items: rel.items.map((item) => ({ ...item, expr: mapArguments(item.expr, argument) })),
    };
    return { ...shallow, input: layered(rel.input, layers) };
  }
  const calls: Item[] = [];
  const above = rel.items.map((item) => ({ ...item, expr: withoutAggregates(item.expr, calls) }));
  const grouped: Aggregate = { ...rel, items: calls };
  const keys = keep(columnsOf(rel).slice(0, rel.keys.length), rel.span);
  const input = splitAggregate(grouped);
  return split({ kind: "project", input, items: [...keys, ...above], span: rel.span });
}

function mapArguments(expr: Expr, change: (expr: Expr) => Expr): Expr {
  return expr.kind === "aggregate"
    ? mapParts(expr, change)
    : mapParts(expr, (part) => mapArguments(part, change));
}

/** `expr` with a column for each of its aggregates, which are added to `calls`. */
function withoutAggregates(expr: Expr, calls: Item[]): Expr {
  if (expr.kind !== "aggregate") return mapParts(expr, (part) => withoutAggregates(part, calls));
  const name = `$aggregate ${calls.length + 1}`;
  calls.push({ name, expr });
  return columnRef({ name, type: expr.type }, expr.span);
}

function heightOverAggregates(expr: Expr): number {
  const parts = expr.kind === "aggregate" ? [] : partsOf(expr);
  return parts.length === 0 ? 0 : 1 + Math.max(...parts.map(heightOverAggregates));
}

/** `input` with the columns of `layers`, each of which may read those of the layers before. */
function layered(input: Rel, layers: readonly (readonly Item[])[]): Rel {
  return layers.reduce<Rel>(
    (below, items) => ({ kind: "extend", input: below, items, span: below.span }),
    input,
  );
}

interface Cut {
  readonly expr: Expr;
  readonly height: number;
  /** The number of its nodes, literals not counted: a list of them costs little. */
  readonly size: number;
  /** How many of the layers it needs. */
  readonly layer: number;
}

/** `expr` with its deep parts replaced by columns, which are added to `layers`. */
function cut(expr: Expr, layers: Item[][]): Cut {
  if (partsOf(expr).length === 0) {
    return { expr, height: 0, size: expr.kind === "literal" ? 0 : 1, layer: 0 };
  }
  const parts: Cut[] = [];
  const shallow = mapParts(expr, (part) => {
    const own = cut(part, layers);
    const isLarge = own.height >= greatestHeight || own.size >= greatestSize;
    const settled = isLarge ? moved(own, layers) : own;
    parts.push(settled);
    return settled.expr;
  });
  return {
    expr: shallow,
    height: 1 + Math.max(...parts.map(({ height }) => height)),
    size: parts.reduce((sum, { size }) => sum + size, 1),
    layer: Math.max(...parts.map(({ layer }) => layer)),
  };
}

function moved({ expr, layer }: Cut, layers: Item[][]): Cut {
  const key = keyOf(expr);
  const same = layers[layer]?.find((item) => keyOf(item.expr) === key);
  const count = layers.reduce((sum, items) => sum + items.length, 0);
  const item = same ?? { name: `$part ${count + 1}`, expr };
  if (same === undefined) (layers[layer] ??= []).push(item);
  const column = columnRef({ name: item.name, type: expr.type }, expr.span);
  return { expr: column, height: 0, size: 1, layer: layer + 1 };
}

/** Equal for expressions that have the same value in a row, wherever they are written. */
function keyOf(expr: Expr): string {
  return JSON.stringify(expr, (key, value: unknown) => (key === "span" ? undefined : value));
}
