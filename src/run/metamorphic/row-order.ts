import type { Transformation } from "./transformation.ts";

/** The last event first: Kusto promises no order of a table's rows. */
export const rowOrder: Transformation = {
  name: "row-order",
  description: "the rows of its tables in the opposite order",
  apply: (events) => (events.length < 2 ? events : events.toReversed()),
};
