import { refuseValue } from "../refuse-value.ts";
import {
  dotProduct,
  elementText,
  meanOf,
  numbersOf,
  quantileOf,
  readElement,
  readSeries,
  seriesText,
  sumOf,
  type Element,
} from "./series-values.ts";
import type { UdfTable } from "../udf.ts";

/** Functions that say something of a whole series. `kql_series_stats` and `kql_series_fit_line` give the value of one name. */
export const seriesStatisticUdfs: UdfTable = {
  kql_series_stats: { takes: ["text", "text", "bool"], gives: "text", call: statistic },
  kql_series_fit_line: { takes: ["text", "text"], gives: "text", call: lineValue },
  kql_series_sum: { takes: ["text"], gives: "real", call: (text: string) => total(text) },
  kql_series_product: { takes: ["text"], gives: "real", call: product },
  kql_series_magnitude: { takes: ["text"], gives: "real", call: magnitude },
  kql_series_dot_product: { takes: ["text", "text"], gives: "real", call: dotProductOf },
  kql_series_pearson_correlation: { takes: ["text", "text"], gives: "real", call: correlation },
  kql_series_seasonal: { takes: ["text", "long"], gives: "text", call: seasonal },
  kql_series_outliers: { takes: ["text", "text", "text"], gives: "text", call: outliers },
};

type Named = Readonly<Record<string, (values: readonly number[]) => Element>>;

const statistics: Named = {
  min: leastOf,
  min_idx: (values) => values.indexOf(leastOf(values)),
  max: greatestOf,
  max_idx: (values) => values.indexOf(greatestOf(values)),
  avg: meanOf,
  stdev: (values) => Math.sqrt(variance(values)),
  variance,
  sum: sumOf,
  len: (values) => values.length,
};

function leastOf(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function greatestOf(values: readonly number[]): number {
  return values.reduce((greatest, value) => Math.max(greatest, value), Number.NEGATIVE_INFINITY);
}

/** Of the sample. */
function variance(values: readonly number[]): number {
  if (values.length < 2) return refuseValue("the variance of a series of one element");
  const mean = meanOf(values);
  return sumOf(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
}

const counts: ReadonlySet<string> = new Set(["min_idx", "max_idx", "len"]);

/** One element that is no number makes every value null, unless they are left out of account. */
function statistic(name: string, text: string, ignores: boolean): string | null {
  const value = statistics[name];
  if (value === undefined) throw new Error(`no statistic ${name}`);
  const series = readSeries(text);
  if (series === undefined) return null;
  const numbers = series.values.filter((each) => each !== null && Number.isFinite(each));
  if (numbers.length === 0) return refuseValue("statistics of a series without numbers");
  if (numbers.length < series.values.length) {
    if (!ignores) return null;
    if (counts.has(name)) return refuseValue("places in a series with elements that are no number");
  }
  return elementText(value(numbers as readonly number[]), counts.has(name));
}

/** The line of least squares through the elements, whose places count from 1. */
export function trendLine(values: readonly number[]): {
  readonly slope: number;
  readonly interception: number;
  readonly variance: number;
  readonly rvariance: number;
} {
  const places = values.map((_, at) => at + 1);
  const [x, y] = [meanOf(places), meanOf(values)];
  const [dx, dy] = [places.map((place) => place - x), values.map((value) => value - y)];
  const slope = dotProduct(dx, dy) / dotProduct(dx, dx);
  const interception = y - slope * x;
  const rest = values.map((value, at) => value - (slope * (at + 1) + interception));
  return {
    slope,
    interception,
    variance: dotProduct(dy, dy) / (values.length - 1),
    rvariance: dotProduct(rest, rest) / (values.length - 1),
  };
}

function lineValue(name: string, text: string): string | null {
  const values = numbersOf(text, "series_fit_line");
  if (values === undefined) return null;
  if (values.length < 2) return refuseValue("a line through fewer than two elements");
  const line = trendLine(values);
  switch (name) {
    case "rsquare":
      return line.variance === 0
        ? refuseValue("the r-square of a line through elements that are all the same")
        : elementText(1 - line.rvariance / line.variance);
    case "line_fit":
      return seriesText(values.map((_, at) => line.slope * (at + 1) + line.interception));
    case "slope":
    case "variance":
    case "rvariance":
    case "interception":
      return elementText(line[name]);
    default:
      throw new Error(`a line has no ${name}`);
  }
}

function total(text: string): number | null {
  const values = numbersOf(text, "series_sum");
  return values === undefined ? null : sumOf(values);
}

function product(text: string): number | null {
  const values = numbersOf(text, "series_product");
  return values?.reduce((result, value) => result * value, 1) ?? null;
}

function magnitude(text: string): number | null {
  const values = numbersOf(text, "series_magnitude");
  return values === undefined ? null : Math.sqrt(dotProduct(values, values));
}

function dotProductOf(left: string, right: string): number | null {
  const a = numbersOf(left, "series_dot_product");
  const b = numbersOf(right, "series_dot_product");
  if (a === undefined || b === undefined) return null;
  if (a.length !== b.length) return refuseValue("a product of series of different lengths");
  return dotProduct(a, b);
}

/** Pearson's. Null where an element is no number or has no partner. */
function correlation(left: string, right: string): number | null {
  const [a, b] = [readSeries(left)?.values, readSeries(right)?.values];
  if (a === undefined || b?.length !== a.length) return null;
  if ([...a, ...b].some((value) => value === null)) return null;
  const [x, y] = [a, b].map((values) => centred(values as readonly number[]));
  if (x === undefined || y === undefined) return null;
  const spread = Math.sqrt(dotProduct(x, x) * dotProduct(y, y));
  if (spread === 0) return refuseValue("the correlation of a series that is all the same");
  return dotProduct(x, y) / spread;
}

function centred(values: readonly number[]): readonly number[] {
  const mean = meanOf(values);
  return values.map((value) => value - mean);
}

/** The median of the elements at the same place of each period. */
function seasonal(text: string, period: bigint): string | null {
  const values = numbersOf(text, "series_seasonal");
  if (values === undefined) return null;
  const length = Number(period);
  if (length > values.length) return refuseValue("a period that is longer than the series");
  const medians = Array.from({ length }, (_, phase) =>
    quantileOf(
      values.filter((_value, at) => at % length === phase),
      0.5,
    ),
  );
  return seriesText(values.map((_, at) => medians[at % length] ?? null));
}

/**
 * By how many times the distance between two percentiles an element lies beyond them. With the 10th and 90th it is
 * multiplied, so that it compares with that of quartiles in a normal distribution; the factor is read off a cluster's answer.
 */
const fences: Readonly<Record<string, { readonly low: number; readonly factor: number }>> = {
  tukey: { low: 0.25, factor: 1 },
  ctukey: { low: 0.1, factor: 2.772_605_605_507_915 },
};

function outliers(kind: string, text: string, ignored: string): string | null {
  const series = readSeries(text);
  return series === undefined
    ? null
    : seriesText(outlierScores(kind, series.values, readElement(ignored)));
}

/** The score of each element: 0 within the fences, for those that are no number, and for those that are `gap`. */
export function outlierScores(
  kind: string,
  values: readonly Element[],
  gap: Element = null,
): readonly number[] {
  const fence = fences[kind];
  if (fence === undefined) return refuseValue(`outliers by \`${kind}\``);
  const counted = (value: Element): value is number => value !== null && value !== gap;
  const numbers = values.filter(counted);
  const [low, high] = [quantileOf(numbers, fence.low), quantileOf(numbers, 1 - fence.low)];
  return values.map((value) => {
    if (!counted(value)) return 0;
    const beyond = value > high ? value - high : value < low ? value - low : 0;
    if (beyond === 0) return 0;
    if (high === low) {
      return refuseValue("outliers of a series of which most elements are the same");
    }
    return (beyond / (high - low)) * fence.factor;
  });
}
