import type { FunctionTable, ScalarFunction } from "../../types.ts";

/** What operators ask that choose among rows. The name begins with `$`, so that no query can call it. */
export const tieFunctions: FunctionTable<ScalarFunction> = {
  // True, unless the first argument is: then the query is stopped, and the second says what is not known.
  "$clear-cut": { sql: "kql_clear_cut(coalesce($1, false), $2)", examples: [["", null]] },
  // Rows as `[count, cells…]`, and the least part of them that a pattern is of.
  $basket: { sql: "kql_basket($1, $2)", examples: [["", null]] },
  // A number of rows that only a run can tell: a negative one or null stops the query.
  "$row-count": { sql: "kql_row_count($1)", examples: [["", null]] },
};
