import { unmatchedRows } from "./compare.ts";
import { listedColumns, pickColumns } from "./rows.ts";
import type { ExpectationKind } from "./types.ts";

/** `contains`: these rows and maybe others, each by the columns it lists. */
export const contains: ExpectationKind = {
  name: "contains",
  check(outcome, expectation) {
    if (expectation.contains === undefined) return [];
    const left = unmatchedRows(
      expectation.contains,
      outcome.rows.map(({ row }) => row),
    );
    if (left.expected.length === 0) return [];
    const columns = listedColumns(expectation.contains);
    return [
      {
        message: `${left.expected.length} of ${expectation.contains.length} rows are not among the rule's`,
        expected: left.expected,
        actual: left.actual.map((row) => pickColumns(row, columns)),
      },
    ];
  },
};
