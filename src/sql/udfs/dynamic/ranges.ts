import { formatReal } from "../../../schema/real-text.ts";
import { formatInstant, formatTimespan } from "../../../schema/time.ts";
import { arrayText } from "./json-text.ts";
import type { UdfTable } from "../udf.ts";

/** The most values that Kusto's `range` gives. */
const maxValues = 1_048_576;

/** `range` as a function: the array from the first argument to the second by steps of the third. */
export const rangeUdfs: UdfTable = {
  kql_range_long: { takes: ["long", "long", "long"], gives: "text", call: ranging(String) },
  kql_range_datetime: {
    takes: ["long", "long", "long"],
    gives: "text",
    call: ranging((ticks) => JSON.stringify(formatInstant(ticks))),
  },
  kql_range_timespan: {
    takes: ["long", "long", "long"],
    gives: "text",
    call: ranging((ticks) => JSON.stringify(formatTimespan(ticks).replace(/\.0{7}$/, ""))),
  },
  kql_range_real: {
    takes: ["real", "real", "real"],
    gives: "text",
    call: (from: number, to: number, step: number) => {
      if (![from, to, step].every(Number.isFinite) || step === 0) return null;
      const values: string[] = [];
      for (let at = from; step > 0 ? at <= to : at >= to; at += step) {
        if (values.push(formatReal(at)) === maxValues) break;
      }
      return arrayText(values);
    },
  },
};

function ranging(format: (value: bigint) => string) {
  return (from: bigint, to: bigint, step: bigint): string | null => {
    if (step === 0n) return null;
    const values: string[] = [];
    for (let at = from; step > 0n ? at <= to : at >= to; at += step) {
      if (values.push(format(at)) === maxValues) break;
    }
    return arrayText(values);
  };
}
