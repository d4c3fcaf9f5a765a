import type { Program } from "../ir/types.ts";
import { fenceFilters } from "./fence-filters.ts";
import { inlineBindings } from "./inline-bindings.ts";
import { isolate } from "./isolate/isolate.ts";
import { materialiseBindings } from "./materialise-bindings.ts";
import { pruneColumns } from "./prune-columns.ts";
import { pushFilters } from "./push-filters.ts";
import { splitExpressions } from "./split-expressions.ts";
import { stageTables } from "./stage-tables.ts";

/** Gives a program with the same answer. */
export type Pass = (program: Program) => Program;

/** In this order, each with its reason. A program without any of them runs too, slower. */
export const passes: readonly Pass[] = [
  // A table that is read once stands where it is read: the passes behind this one then see through it.
  inlineBindings,
  // DuckDB does not move a condition that can throw (`regexp_matches`) below a join.
  pushFilters,
  // Only now is it known which columns are read at all: shorter SQL, and fewer columns to load.
  pruneColumns,
  // Before anything adds to tables that are read in many places.
  materialiseBindings,
  // DuckDB's time to plan doubles with each grouping inside another.
  stageTables,
  // What no other pass will move any more is cut to a height that DuckDB prepares quickly.
  splitExpressions,
  // Last: it looks at the columns that the passes before have made.
  fenceFilters,
];

/** The same answer in a form that DuckDB runs well. */
export function optimise(program: Program, chosen: readonly Pass[] = passes): Program {
  return chosen.reduce((current, pass) => pass(current), program);
}

/** `program` over all scenarios at once, ready to run; undefined where only a scenario at a time is exact. */
export function optimiseIsolated(
  program: Program,
  chosen: readonly Pass[] = passes,
): Program | undefined {
  const isolated = isolate(inlineBindings(program));
  return isolated === undefined ? undefined : optimise(isolated, chosen);
}
