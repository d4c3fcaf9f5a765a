import type { FunctionTable, ScalarFunction } from "../../types.ts";

/** What looks into tables that the engine fills from fixtures. The names begin with `$`, so that no query can call them. */
export const fixtureFunctions: FunctionTable<ScalarFunction> = {
  $geo: { sql: "kql_geo($1)", examples: [["", null]] },
};
