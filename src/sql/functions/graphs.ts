import type { FunctionTable, ScalarFunction } from "../types.ts";

/** What the operators of a graph compute with. The name begins with `$`, so that no query can call it. */
export const graphFunctions: FunctionTable<ScalarFunction> = {
  // The ids that edges connect, one edge after the other, all ids, whether components are strong: each id with the number of its component.
  "$graph-components": { sql: "kql_graph_components($1, $2, $3)", examples: [["", null]] },
};
