import { parseDatetimeText, parseTimespanText } from "../schema/literal-text.ts";
import { formatTimespan } from "../schema/time.ts";
import { dynamicUdfs } from "./udfs/dynamic.ts";
import { hashUdfs } from "./udfs/hash.ts";
import { networkUdfs } from "./udfs/network.ts";
import { parserUdfs } from "./udfs/parsers.ts";
import { textUdfs } from "./udfs/text.ts";
import type { UdfTable } from "./udfs/udf.ts";

/** Every function in JavaScript that SQL may name. */
export const udfs: UdfTable = {
  ...textUdfs,
  ...dynamicUdfs,
  ...networkUdfs,
  ...parserUdfs,
  ...hashUdfs,
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
