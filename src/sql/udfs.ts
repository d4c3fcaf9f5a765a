import { parseDatetimeText, parseTimespanText } from "../schema/literal-text.ts";
import { formatTimespan } from "../schema/time.ts";

/** How a value travels between DuckDB and a function in JavaScript: `long` as bigint, `json` as a parsed value. */
export type UdfType = "text" | "long" | "real" | "bool" | "json";

/** A scalar function in JavaScript, for what SQL cannot say. It is pure, and does not throw. */
export interface Udf {
  readonly takes: readonly UdfType[];
  readonly gives: UdfType;
  /** True where it wants to see nulls; otherwise any null argument gives null without a call. */
  readonly nulls?: boolean;
  // oxlint-disable-next-line typescript/no-explicit-any -- the table's rows have different parameters; `takes` says which
  readonly call: (...args: any[]) => unknown;
}

export const udfs: Readonly<Record<string, Udf>> = {
  kql_datetime_of_text: {
    takes: ["text"],
    gives: "long",
    call: (text: string) => parseDatetimeText(text) ?? null,
  },
  kql_timespan_of_text: {
    takes: ["text"],
    gives: "long",
    call: (text: string) => parseTimespanText(text) ?? null,
  },
  kql_timespan_text: {
    takes: ["long"],
    gives: "text",
    nulls: true,
    // `tostring` leaves a fraction of zero out, unlike the wire format.
    call: (ticks: bigint | null) =>
      ticks === null ? "" : formatTimespan(ticks).replace(/\.0{7}$/, ""),
  },
};
