import type { Row } from "../schema/types.ts";
import { unmatchedRows } from "./compare.ts";
import type { ExpectationKind } from "./types.ts";

/** `rows`: these rows and no others, in any order, each by the columns it lists. */
export const rows: ExpectationKind = {
  name: "rows",
  check(outcome, expectation) {
    if (expectation.rows === undefined) return [];
    const left = unmatchedRows(
      expectation.rows,
      outcome.rows.map(({ row }) => row),
    );
    if (left.expected.length === 0 && left.actual.length === 0) return [];
    const parts = [
      ...(left.expected.length > 0 ? [`${left.expected.length} expected but not given`] : []),
      ...(left.actual.length > 0 ? [`${left.actual.length} given but not expected`] : []),
    ];
    const columns = listedColumns(expectation.rows);
    return [
      {
        message: `the rows differ: ${parts.join(", ")}`,
        expected: left.expected,
        actual: left.actual.map((row) => pickColumns(row, columns)),
      },
    ];
  },
};

/** The columns that `rows` list, each once. */
export function listedColumns(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(rows.flatMap((row) => Object.keys(row)));
}

/** `row` by `columns` alone, so that a difference shows only what the expectation speaks of; all where it speaks of none. */
export function pickColumns(row: Row, columns: ReadonlySet<string>): Row {
  if (columns.size === 0) return row;
  return Object.fromEntries(Object.entries(row).filter(([column]) => columns.has(column)));
}
