import { refuseValue } from "../refuse-value.ts";
import type { UdfTable } from "../udf.ts";

/** How many elements a series may have; Kusto's own limit. */
const longest = 1n << 20n;

export const seriesArrayUdfs: UdfTable = {
  kql_series_end: { takes: ["long", "long"], gives: "long", call: endOf },
  kql_series: { takes: ["text", "text", "long", "long"], gives: "text", call: seriesOf },
};

/** The number behind the last element's. */
function endOf(first: bigint, last: bigint): bigint {
  return last - first >= longest
    ? refuseValue(`a series of more than ${longest} elements`)
    : last + 1n;
}

/** The elements `first` to `last` as JSON. `entries` has lines of a number and its element; the others are `fallback`. */
function seriesOf(
  entries: string,
  fallback: string,
  ...[first, last]: readonly [bigint, bigint]
): string | null {
  endOf(first, last);
  const elements = new Map<string, string>();
  for (const line of entries === "" ? [] : entries.split("\n")) {
    const end = line.indexOf(" ");
    elements.set(line.slice(0, end), line.slice(end + 1));
  }
  const values: string[] = [];
  for (let at = first; at <= last; at++) values.push(elements.get(String(at)) ?? fallback);
  return `[${values.join(",")}]`;
}
