import { refuseValue } from "../refuse-value.ts";
import { outlierScores, trendLine } from "./series-statistics.ts";
import { meanOf, numbersOf, quantileOf, seriesText } from "./series-values.ts";
import type { UdfTable } from "../udf.ts";

/** A series as the sum of what repeats, what grows, and the rest. All columns of an answer come in one array. */
export const seriesDecomposeUdfs: UdfTable = {
  kql_series_decompose: { takes: ["text", "long", "text", "long"], gives: "text", call: decompose },
  kql_series_anomalies: { takes: ["text", "text", "json"], gives: "text", call: anomalies },
};

interface Parts {
  readonly baseline: readonly number[];
  readonly seasonal: readonly number[];
  readonly trend: readonly number[];
  readonly residual: readonly number[];
}

interface Model {
  readonly period: number;
  readonly trend: string;
  /** How many points at the end are not learned from. */
  readonly test: number;
}

function decompose(...args: readonly [string, bigint, string, bigint]): string | null {
  const [text, period, trend, test] = args;
  const values = numbersOf(text, "series_decompose");
  if (values === undefined) return null;
  const parts = partsOf(values, { period: Number(period), trend, test: Number(test) });
  const columns = [parts.baseline, parts.seasonal, parts.trend, parts.residual];
  return `[${columns.map((column) => seriesText(column)).join(",")}]`;
}

/** Flags, scores, and the baseline that they are measured from. */
function anomalies(text: string, method: string, options: Options): string | null {
  const values = numbersOf(text, "series_decompose_anomalies");
  if (values === undefined) return null;
  const { threshold, period, trend, test } = options;
  if (test !== 0) return refuseValue("anomalies among points that are not learned from");
  const { baseline, residual } = partsOf(values, { period, trend, test });
  const scores = outlierScores(method.toLowerCase(), residual);
  const flags = scores.map((score) => {
    if (Math.abs(score) === threshold) return refuseValue("a score that is the threshold itself");
    return Math.abs(score) > threshold ? Math.sign(score) : 0;
  });
  return `[${seriesText(flags, true)},${seriesText(scores)},${seriesText(baseline)}]`;
}

interface Options extends Model {
  readonly threshold: number;
}

/** In the documented order: what repeats is taken out, and what grows is looked for in the rest. */
function partsOf(values: readonly number[], model: Model): Parts {
  const learned = values.slice(0, values.length - model.test);
  if (learned.length === 0) return refuseValue("a decomposition of a series without points");
  const medians = seasonOf(learned, model.period);
  const seasonal = values.map((_, at) => medians[at % medians.length] ?? 0);
  const level = trendOf(
    learned.map((value, at) => value - (seasonal[at] ?? 0)),
    model.trend.toLowerCase(),
  );
  const trend = values.map((_, at) => level(at));
  const baseline = seasonal.map((value, at) => value + (trend[at] ?? 0));
  const residual = values.map((value, at) => value - (baseline[at] ?? 0));
  return { baseline, seasonal, trend, residual };
}

/** The median of the points of each phase; none where nothing repeats. */
function seasonOf(values: readonly number[], period: number): readonly number[] {
  if (period === 0) return [];
  if (period < 0) return detectedSeason(values);
  if (period > values.length) return refuseValue("a period that is longer than the series");
  return Array.from({ length: period }, (_, phase) =>
    quantileOf(
      values.filter((_value, at) => at % period === phase),
      0.5,
    ),
  );
}

/** A period has at least 4 points and at most half of the series. What Kusto makes of longer series is not documented. */
function detectedSeason(values: readonly number[]): readonly number[] {
  const isShort = values.length < 8;
  const isFlat = values.every((value) => value === values[0]);
  return isShort || isFlat ? [] : refuseValue("a period that Kusto would have to detect");
}

/** The value of the trend at a place. */
function trendOf(values: readonly number[], trend: string): (at: number) => number {
  switch (trend) {
    case "none":
      return () => 0;
    case "avg": {
      const mean = meanOf(values);
      return () => mean;
    }
    case "linefit": {
      if (values.length < 2) return refuseValue("a line through fewer than two points");
      const { slope, interception } = trendLine(values);
      return (at) => slope * (at + 1) + interception;
    }
    default:
      return refuseValue(`the trend \`${trend}\``);
  }
}
