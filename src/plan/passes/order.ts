import { columnRef } from "../items.ts";
import type { Expr, Rel, SortKey } from "../types.ts";
import { columnsIn, mapParts } from "../walk.ts";

/** The keys by which the rows of `rel` are in order; none where they have no order, undefined where its key is gone. */
export function orderOf(rel: Rel): readonly SortKey[] | undefined {
  switch (rel.kind) {
    case "sort":
      return rel.keys;
    case "limit":
      return rel.keys.length > 0 ? rel.keys : orderOf(rel.input);
    case "filter":
      return orderOf(rel.input);
    case "extend": {
      const keys = orderOf(rel.input);
      const replaced = new Set(rel.items.map(({ name }) => name));
      const lost = keys?.some(({ expr }) =>
        [...columnsIn(expr)].some((name) => replaced.has(name)),
      );
      return lost === true ? undefined : keys;
    }
    case "project": {
      const names = new Map<string, string>();
      for (const { name, expr } of rel.items)
        if (expr.kind === "column") names.set(expr.name, name);
      const keys = orderOf(rel.input);
      if (
        keys?.some(({ expr }) => [...columnsIn(expr)].some((name) => !names.has(name))) === true
      ) {
        return undefined;
      }
      return keys?.map((key) => ({ ...key, expr: rename(key.expr, names) }));
    }
    default:
      return [];
  }
}

function rename(expr: Expr, names: ReadonlyMap<string, string>): Expr {
  if (expr.kind === "column") {
    return columnRef({ name: names.get(expr.name) ?? expr.name, type: expr.type }, expr.span);
  }
  return mapParts(expr, (part) => rename(part, names));
}
