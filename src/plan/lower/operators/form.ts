import type { Value } from "../../../schema/types.ts";

/** The table that examples read. */
export const exampleTable = 'let T = datatable(x:long, s:string)[1, "a", 2, "b", 2, ""];';

/** One way to write an operator or a plugin, and what becomes of it. The test suite runs every one, and the documentation shows them. */
export type Form = Answered | Refused;

interface Answered {
  /** A query over `exampleTable`. */
  readonly example: string;
  /** Its rows in their order, as a Kusto cluster gives them. */
  readonly rows: readonly (readonly Value[])[];
  /** What cannot be made alike. */
  readonly differs?: string;
}

interface Refused {
  readonly example: string;
  /** The code of the refusal. */
  readonly refused: string;
  /** What to write in its place. */
  readonly hint: string;
}
