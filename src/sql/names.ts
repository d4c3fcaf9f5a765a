import { columnsOf } from "../plan/columns.ts";
import type { Program, Rel } from "../plan/types.ts";
import { childrenOf, exprsOf, subqueriesOf } from "../plan/walk.ts";

/** An SQL name for every column of `program`: its own, or with a number where another differs from it by case alone. */
export function columnNames(program: Program): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Map<string, number>();
  const visit = (rel: Rel): void => {
    for (const child of childrenOf(rel)) visit(child);
    for (const expr of exprsOf(rel)) for (const subquery of subqueriesOf(expr)) visit(subquery);
    for (const { name } of columnsOf(rel)) {
      if (names.has(name)) continue;
      const folded = name.toLowerCase();
      const count = (taken.get(folded) ?? 0) + 1;
      taken.set(folded, count);
      names.set(name, count === 1 ? name : `${name}$${count}`);
    }
  };
  for (const { rel } of program.bindings) visit(rel);
  visit(program.body);
  return names;
}
