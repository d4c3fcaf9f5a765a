import { refuseValue } from "../refuse-value.ts";
import { numbersOf, seriesText, sumOf } from "./series-values.ts";
import type { UdfTable } from "../udf.ts";

export const seriesFilterUdfs: UdfTable = {
  kql_series_fir: { takes: ["text", "text", "json"], gives: "text", call: fir },
  kql_series_iir: { takes: ["text", "text", "text"], gives: "text", call: iir },
};

/** A moving sum with weights. Without a word on it, they are divided by their sum unless one is negative. */
function fir(
  text: string,
  filter: string,
  [normalise, centre]: readonly [boolean | null, boolean],
): string | null {
  const values = numbersOf(text, "series_fir");
  const weights = numbersOf(filter, "series_fir");
  if (values === undefined || weights === undefined) return null;
  const hasNegative = weights.some((weight) => weight < 0);
  if (normalise === true && hasNegative) return null;
  const divisor = (normalise ?? !hasNegative) ? sumOf(weights) : 1;
  if (centre && weights.length % 2 === 0) {
    return refuseValue("a centred filter of an even length");
  }
  const shift = centre ? (weights.length - 1) / 2 : 0;
  const filtered = values.map((_, at) =>
    sumOf(weights.map((weight, back) => (weight / divisor) * (values[at + shift - back] ?? 0))),
  );
  return seriesText(filtered);
}

/** A recursive filter: of the elements so far by the numerators, of its own results so far by the denominators. */
function iir(text: string, numerators: string, denominators: string): string | null {
  const values = numbersOf(text, "series_iir");
  const b = numbersOf(numerators, "series_iir");
  const a = numbersOf(denominators, "series_iir");
  if (values === undefined || b === undefined || a === undefined) return null;
  const [first, ...rest] = a;
  if (first === undefined || first === 0)
    return refuseValue("a filter whose first denominator is 0");
  const results: number[] = [];
  for (const at of values.keys()) {
    const taken = sumOf(b.map((weight, back) => weight * (values[at - back] ?? 0)));
    const fedBack = sumOf(rest.map((weight, back) => weight * (results[at - back - 1] ?? 0)));
    results.push((taken - fedBack) / first);
  }
  return seriesText(results);
}
