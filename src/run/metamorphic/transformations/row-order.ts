import type { Transformation } from "./transformation.ts";

/** The last event first: Kusto promises no order of a table's rows. */
export const rowOrder: Transformation = {
  name: "row-order",
  description: "the rows of its tables in the opposite order",
  apply: ({ events }) => {
    const tables = new Set(events.map(({ table }) => table));
    // Rows of different tables have no order to begin with.
    return tables.size === events.length ? events : events.toReversed();
  },
};
