import type { Visualization } from "../plan/ir/types.ts";
import type { Column, Tables, Value } from "../schema/types.ts";

/** Something that holds tables and answers KQL. */
export interface Engine {
  /** Adds rows to tables of the dialect. Throws an `InputError` for an unknown table or column, or a value of another type. */
  load(tables: Tables): Promise<void>;
  /** The answer to `kql`. Throws an `InputError` where the query is wrong or has no translation. */
  query(kql: string): Promise<QueryResult>;
  /** Lets go of all memory. The engine answers nothing afterwards. */
  close(): Promise<void>;
}

export interface QueryResult {
  readonly columns: readonly Column[];
  /** Values in the order of the columns, as Kusto's REST interface writes them. */
  readonly rows: readonly (readonly Value[])[];
  /** What the query's `render` says of them; absent where it has none. */
  readonly visualization?: Visualization;
}
