import type { Program, Rel } from "../ir/types.ts";
import { relationsIn } from "../ir/walk.ts";

/** A table that would be planned more often than this is evaluated once. */
const greatestCopies = 8;

/**
 * Marks tables to be evaluated once if reading them through other tables multiplies: with `let T1 = union T0, T0;
 * let T2 = union T1, T1; …` DuckDB would plan the first a million times for the twentieth.
 */
export function materialiseBindings(program: Program): Program {
  const copies = new Map<string, number>();
  const count = (rel: Rel, times: number): void => {
    for (const each of relationsIn(rel)) {
      if (each.kind !== "reference") continue;
      copies.set(each.name, (copies.get(each.name) ?? 0) + times);
    }
  };
  count(program.body, 1);
  // What reads a binding stands behind it: going backwards, all its readers are known.
  const bindings = program.bindings.toReversed().map((binding) => {
    const times = copies.get(binding.name) ?? 0;
    const materialized = binding.materialized || times > greatestCopies;
    count(binding.rel, materialized ? 1 : times);
    return { ...binding, materialized };
  });
  return { ...program, bindings: bindings.toReversed() };
}
