import { further, kid, pickOf, type Choice } from "./choice.ts";
import { groupOperators } from "./group-operators.ts";
import { joinOperators } from "./join-operators.ts";
import { rowOperators } from "./row-operators.ts";
import type { Grown, Operator, Scope } from "./scope.ts";
import { sequenceOperators } from "./sequence-operators.ts";
import { sourceOf } from "./sources.ts";

/** The operators, the simplest first. */
const operators: readonly Operator[] = [
  ...rowOperators,
  ...groupOperators,
  ...joinOperators(pipeline),
  ...sequenceOperators,
];

/** A table, and operators behind it. */
export function pipeline(choice: Choice, scope: Scope): Grown {
  const [source, ...steps] = [kid(choice, 0), ...choice.kids.slice(1)];
  return extended(sourceOf(source, scope), steps, scope);
}

/** `input` with the operators that `steps` grow into. */
export function extended(input: Grown, steps: readonly Choice[], scope: Scope): Grown {
  return steps.reduce((grown, step) => {
    const inner = { ...scope, columns: grown.columns };
    const next = pickOf(operators, step)(further(step), inner);
    return { text: `${grown.text}\n| ${next.text}`, columns: next.columns };
  }, input);
}
