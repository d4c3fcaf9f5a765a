import type { ExpectationKind } from "./types.ts";
import { describeOutcome, verdictOf } from "./verdict.ts";

/** `known`: an accepted false verdict keeps happening. One that stopped is news, and so a failure. */
export const known: ExpectationKind = {
  name: "known",
  decides: true,
  check(outcome, expectation) {
    const found = verdictOf(outcome.truth, outcome.fired);
    if (expectation.known === undefined || found === expectation.verdict) return [];
    return [
      {
        message:
          `the known ${expectation.verdict} no longer happens, it is a ${found} now: ` +
          `${describeOutcome(outcome)}; update the expectation, whose reason was "${expectation.known.trim()}"`,
      },
    ];
  },
};
