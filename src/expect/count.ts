import type { ExpectationKind } from "./types.ts";

/** `count`: how many rows. */
export const count: ExpectationKind = {
  name: "count",
  check({ rows }, expectation) {
    if (expectation.count === undefined || rows.length === expectation.count) return [];
    const noun = expectation.count === 1 ? "row" : "rows";
    return [{ message: `expected ${expectation.count} ${noun}, found ${rows.length}` }];
  },
};
