/** How a value travels between DuckDB and a function in JavaScript: `long` as bigint, `json` as a parsed value. */
export type UdfType = "text" | "long" | "real" | "bool" | "json";

/** A scalar function in JavaScript, for what SQL cannot say. It is pure, and throws nothing but `refuseValue`. */
export interface Udf {
  readonly takes: readonly UdfType[];
  readonly gives: UdfType;
  /** True where it wants to see nulls; otherwise any null argument gives null without a call. */
  readonly nulls?: boolean;
  // oxlint-disable-next-line typescript/no-explicit-any -- the table's rows have different parameters; `takes` says which
  readonly call: (...args: any[]) => unknown;
}

export type UdfTable = Readonly<Record<string, Udf>>;
