import { columnRef } from "../../lower/items.ts";
import type { Expand, Expr, Extend, Project, Rel, SortKey } from "../../ir/types.ts";
import { columnsIn, mapParts } from "../../ir/walk.ts";

/** The table of a `let` by its name. */
export type BoundTables = (name: string) => Rel | undefined;

/** The keys by which the rows of `rel` are in order; none where they have no order, undefined where its key is gone. */
export function orderOf(rel: Rel, bound: BoundTables): readonly SortKey[] | undefined {
  switch (rel.kind) {
    case "sort":
      // `serialize` keeps the order that there is.
      return rel.keys.length > 0 ? rel.keys : orderOf(rel.input, bound);
    case "limit":
      return rel.keys.length > 0 ? rel.keys : orderOf(rel.input, bound);
    case "filter":
    case "window":
    case "sequence":
      return orderOf(rel.input, bound);
    case "reference": {
      const table = bound(rel.name);
      return table === undefined ? [] : orderOf(table, bound);
    }
    case "number":
      return orderOf(rel.input, bound);
    case "extend":
      return withoutReplaced(rel, rel.items, bound);
    case "expand":
      return withoutReplaced(rel, rel.columns, bound);
    case "project":
      return renamed(rel, bound);
    default:
      return [];
  }
}

/** The order of the input, undefined where a column that it needs gets another value. */
function withoutReplaced(
  rel: Extend | Expand,
  made: readonly { readonly name: string }[],
  bound: BoundTables,
): readonly SortKey[] | undefined {
  const keys = orderOf(rel.input, bound);
  const replaced = new Set(made.map(({ name }) => name));
  const lost = keys?.some(({ expr }) => [...columnsIn(expr)].some((name) => replaced.has(name)));
  return lost === true ? undefined : keys;
}

/** The order of the input by the names that its columns have now, undefined where one is gone. */
function renamed(rel: Project, bound: BoundTables): readonly SortKey[] | undefined {
  const names = new Map<string, string>();
  for (const { name, expr } of rel.items) if (expr.kind === "column") names.set(expr.name, name);
  const keys = orderOf(rel.input, bound);
  const lost = keys?.some(({ expr }) => [...columnsIn(expr)].some((name) => !names.has(name)));
  if (lost === true) return undefined;
  return keys?.map((key) => ({ ...key, expr: rename(key.expr, names) }));
}

function rename(expr: Expr, names: ReadonlyMap<string, string>): Expr {
  if (expr.kind === "column") {
    return columnRef({ name: names.get(expr.name) ?? expr.name, type: expr.type }, expr.span);
  }
  return mapParts(expr, (part) => rename(part, names));
}
