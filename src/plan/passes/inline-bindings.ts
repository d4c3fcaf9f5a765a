import type { Program, Rel } from "../ir/types.ts";
import {
  childrenOf,
  exprsOf,
  mapChildren,
  mapExprs,
  mapSubqueries,
  subqueriesOf,
} from "../ir/walk.ts";

/** Puts tables that are named by `let` and read in one place into that place, and drops those that nothing reads. */
export function inlineBindings(program: Program): Program {
  const uses = new Map<string, number>();
  const count = (rel: Rel): void => {
    if (rel.kind === "reference") {
      const before = uses.get(rel.name) ?? 0;
      uses.set(rel.name, before + 1);
      if (before === 0) count(bindingRel(program, rel.name));
    }
    for (const child of childrenOf(rel)) count(child);
    for (const expr of exprsOf(rel)) for (const subquery of subqueriesOf(expr)) count(subquery);
  };
  count(program.body);
  const inlined = new Map<string, Rel>();
  const replace = (rel: Rel): Rel => {
    if (rel.kind === "reference") return inlined.get(rel.name) ?? rel;
    const inner = mapChildren(rel, replace);
    return mapExprs(inner, (expr) => mapSubqueries(expr, replace));
  };
  const bindings = program.bindings.flatMap((binding) => {
    const rel = replace(binding.rel);
    const used = uses.get(binding.name) ?? 0;
    if (used === 1) inlined.set(binding.name, rel);
    return used > 1 ? [{ ...binding, rel }] : [];
  });
  return { bindings, body: replace(program.body) };
}

function bindingRel(program: Program, name: string): Rel {
  const binding = program.bindings.find((candidate) => candidate.name === name);
  if (binding === undefined) throw new Error(`no binding ${name}`);
  return binding.rel;
}
