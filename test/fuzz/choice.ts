import * as fc from "fast-check";

/**
 * A tree of choices. What one grows into depends on where it stands, so that every part of it can shrink, or go, and the
 * rest still makes a query: a child that is missing is a leaf, and a leaf grows into a column or a constant.
 */
export interface Choice {
  readonly pick: number;
  readonly kids: readonly Choice[];
}

const leaf: Choice = { pick: 0, kids: [] };

/** Trees of choices, of which those with fewer and smaller numbers count as simpler. */
export const choices: fc.Arbitrary<Choice> = [2, 3, 4, 5].reduce<fc.Arbitrary<Choice>>(
  (deeper, maxLength) => nodes(fc.array(deeper, { maxLength, size: "max" })),
  nodes(fc.constant([])),
);

function nodes(kids: fc.Arbitrary<readonly Choice[]>): fc.Arbitrary<Choice> {
  return fc.record({ pick: fc.noBias(fc.nat(9999)), kids });
}

/** The child at `index`. */
export function kid({ kids }: Choice, index: number): Choice {
  return kids[index] ?? leaf;
}

/** What is left to choose once `choice` itself has been made: its first child says which, the others are the children. */
export function further(choice: Choice): Choice {
  return { pick: kid(choice, 0).pick, kids: choice.kids.slice(1) };
}

/** The one of `list` that `choice` picks; the first is the simplest. `list` is not empty. */
export function pickOf<T>(list: readonly T[], { pick }: Choice): T {
  const picked = list[pick % list.length];
  if (picked === undefined) throw new Error("nothing to pick from");
  return picked;
}

/** True where `choice` says yes, which it does once in `times`. */
export function saysYes({ pick }: Choice, times: number): boolean {
  return pick % times === times - 1;
}
