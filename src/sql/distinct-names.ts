import { columnsOf } from "../plan/ir/columns.ts";
import type { Program, Rel } from "../plan/ir/types.ts";
import { childrenOf, exprsOf, subqueriesOf } from "../plan/ir/walk.ts";

/** An SQL name for every column of `program`: its own, or with a number where another differs from it by case alone. */
export function columnNames(program: Program): ReadonlyMap<string, string> {
  const names = new Set<string>();
  const visit = (rel: Rel): void => {
    for (const child of childrenOf(rel)) visit(child);
    for (const expr of exprsOf(rel)) for (const subquery of subqueriesOf(expr)) visit(subquery);
    for (const { name } of columnsOf(rel)) names.add(name);
  };
  for (const { rel } of program.bindings) visit(rel);
  visit(program.body);
  return distinctNames(names);
}

/** A name in SQL for each of `names`: its own, or with a number where an earlier one differs from it by case alone. */
export function distinctNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    Array.from(names, (name) => {
      const folded = name.toLowerCase();
      const count = (counts.get(folded) ?? 0) + 1;
      counts.set(folded, count);
      return [name, count === 1 ? name : `${name}$${count}`];
    }),
  );
}
