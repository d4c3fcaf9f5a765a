import type { AggregateFunction, FunctionTable, ScalarFunction } from "../types.ts";

/**
 * What the isolation pass computes with. A lineage is a list of event numbers; these names begin with `$`, so that no
 * query can call them.
 */
export const lineage: {
  readonly scalars: FunctionTable<ScalarFunction>;
  readonly aggregates: FunctionTable<AggregateFunction>;
} = {
  scalars: {
    "$lineage-concat": { sql: "list_concat($*)", examples: [["", null]] },
    "$lineage-of": { sql: "[$1]", examples: [["", null]] },
    "$lineage-none": { sql: "CAST([] AS INTEGER[])", examples: [["", null]] },
  },
  aggregates: {
    "$lineage-gather": { sql: "flatten(list($1))", examples: [["", null]] },
  },
};
