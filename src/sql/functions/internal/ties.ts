import type { FunctionTable, ScalarFunction } from "../../types.ts";

/** What operators ask that choose among rows. The name begins with `$`, so that no query can call it. */
export const tieFunctions: FunctionTable<ScalarFunction> = {
  // True, unless the first argument is: then the query is stopped, and the second says what is not known.
  "$clear-cut": { sql: "kql_clear_cut(coalesce($1, false), $2)", examples: [["", null]] },
};
