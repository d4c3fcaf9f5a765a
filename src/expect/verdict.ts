import type { Truth } from "../scenario/model/types.ts";
import type { ExpectationKind, Outcome, Verdict } from "./types.ts";

/** Ground truth × did the rule fire. */
export function verdictOf(truth: Truth, fired: boolean): Verdict {
  if (truth === "malicious") return fired ? "true-positive" : "false-negative";
  return fired ? "false-positive" : "true-negative";
}

/** Whether the rule fired. */
export function isPositive(found: Verdict): boolean {
  return found === "true-positive" || found === "false-positive";
}

/** What the rule did, as the end of a sentence. */
export function describeOutcome(outcome: Outcome): string {
  const count = outcome.rows.length;
  const rows = count === 0 ? "no rows" : count === 1 ? "one row" : `${count} rows`;
  // Without a threshold of the rule's own, rows are an alert and no rows are none.
  if (outcome.fired === count > 0) return `the rule gave ${rows}`;
  return `the rule gave ${rows}, which its threshold ${outcome.fired ? "makes an alert" : "does not make an alert"}`;
}

/** `verdict`: the rule fires, or stays silent, as the file says. */
export const verdict: ExpectationKind = {
  name: "verdict",
  decides: true,
  check(outcome, expectation) {
    const found = verdictOf(outcome.truth, outcome.fired);
    // An accepted false verdict that changed is for `known` to explain.
    if (found === expectation.verdict || expectation.known !== undefined) return [];
    const possible = [verdictOf(outcome.truth, true), verdictOf(outcome.truth, false)];
    const impossible = possible.includes(expectation.verdict)
      ? ""
      : `; a ${outcome.truth} scenario can only be a ${possible.join(" or a ")}`;
    return [
      {
        message: `expected a ${expectation.verdict}, found a ${found}: ${describeOutcome(outcome)}${impossible}`,
        ...(outcome.fired ? { expected: [], actual: outcome.rows.map(({ row }) => row) } : {}),
      },
    ];
  },
};
