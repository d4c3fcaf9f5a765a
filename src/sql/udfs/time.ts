import { parseDatetimeText, parseTimespanText } from "../../schema/literal-text.ts";
import { formatTimespan } from "../../schema/time.ts";
import { formatDatetime, formatTimespanAs } from "../time-format.ts";
import { localTime, utcTime } from "../time-zone.ts";
import type { UdfTable } from "./udf.ts";

export const timeUdfs: UdfTable = {
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
  kql_format_datetime: {
    takes: ["long", "text"],
    gives: "text",
    call: (ticks: bigint, format: string) => formatDatetime(ticks, format) ?? null,
  },
  kql_format_timespan: {
    takes: ["long", "text"],
    gives: "text",
    call: (ticks: bigint, format: string) => formatTimespanAs(ticks, format) ?? null,
  },
  kql_local_time: {
    takes: ["long", "text"],
    gives: "long",
    call: (ticks: bigint, zone: string) => localTime(ticks, zone) ?? null,
  },
  kql_utc_time: {
    takes: ["long", "text"],
    gives: "long",
    call: (ticks: bigint, zone: string) => utcTime(ticks, zone) ?? null,
  },
};
