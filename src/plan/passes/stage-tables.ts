import { columnsOf } from "../ir/columns.ts";
import type { Binding, Expr, Program, Rel } from "../ir/types.ts";
import { mapChildren, mapExprs, mapParts, relationsIn } from "../ir/walk.ts";

/** So many groupings, one in the other, are planned quickly. */
const greatestDepth = 6;

/**
 * Evaluates what lies below many groupings once, as a table of its own. DuckDB's planner goes through the input of a
 * grouping twice, so that its time doubles with each that contains another. So with joins that it cannot have in a
 * subquery of a row.
 */
export function stageTables(program: Program): Program {
  const bindings: Binding[] = [];
  const depths = new WeakMap<Rel, number>();
  let stages = 0;
  const stage = (rel: Rel): Rel => {
    const name = `$stage ${++stages}`;
    bindings.push({ name, rel, materialized: true });
    return { kind: "reference", name, columns: columnsOf(rel), span: rel.span };
  };
  const settle = (rel: Rel): Rel => {
    let below = 0;
    const child = (input: Rel): Rel => {
      const settled = settle(input);
      const depth = depths.get(settled) ?? 0;
      if (depth >= greatestDepth && groups(rel)) return stage(settled);
      below = Math.max(below, depth);
      return settled;
    };
    const tied = (expr: Expr): Expr => {
      const parts = mapParts(expr, tied);
      if (parts.kind !== "in-table" && parts.kind !== "scalar-query") return parts;
      const table = child(parts.table);
      const mustStage = parts.correlations.length > 0 && relationsIn(table).some(hasNoFlatForm);
      return { ...parts, table: mustStage ? stage(table) : table };
    };
    const result = mapExprs(mapChildren(rel, child), tied);
    depths.set(result, below + (groups(rel) ? 1 : 0));
    return result;
  };
  for (const binding of program.bindings) {
    const rel = settle(binding.rel);
    bindings.push({ ...binding, rel });
  }
  const body = settle(program.body);
  return { ...program, bindings, body };
}

/** True for a join that DuckDB cannot have in a subquery that depends on the row around it, even if the join itself does not. */
function hasNoFlatForm(rel: Rel): boolean {
  return rel.kind === "join" && rel.join !== "inner";
}

/** True for what DuckDB plans as a grouping or a window. */
function groups(rel: Rel): boolean {
  switch (rel.kind) {
    case "aggregate":
    case "window":
    case "sequence":
      return true;
    case "limit":
      return rel.partitionBy.length > 0;
    default:
      return false;
  }
}
