import type { AggregateFunction, FunctionTable, ScalarFunction } from "../../types.ts";

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
    // Numbers below every event's, in the order of the elements.
    "$lineage-item": { sql: "[CAST(-2147483648 + $1 AS INTEGER)]", examples: [["", null]] },
    "$lineage-none": { sql: "CAST([] AS INTEGER[])", examples: [["", null]] },
  },
  aggregates: {
    "$lineage-gather": { sql: "flatten(list($1))", examples: [["", null]] },
  },
};
