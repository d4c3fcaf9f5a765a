import { refuseValue } from "../refuse-value.ts";
import { readElement, readSeries, seriesText, type Element } from "./series-values.ts";
import type { UdfTable } from "../udf.ts";

/** Functions that fill gaps. A gap is an element like the placeholder, whose JSON is `null` where it was left out. */
export const seriesFillUdfs: UdfTable = {
  kql_series_fill_forward: { takes: ["text", "text"], gives: "text", call: fillForward },
  kql_series_fill_backward: { takes: ["text", "text"], gives: "text", call: fillBackward },
  kql_series_fill_const: { takes: ["text", "text", "text"], gives: "text", call: fillConst },
  kql_series_fill_linear: { takes: ["text", "text", "json"], gives: "text", call: fillLinear },
};

interface Gaps {
  readonly values: readonly Element[];
  readonly integers: boolean;
  readonly isGap: (value: Element | undefined) => boolean;
}

function gapsOf(text: string, placeholder: string): Gaps | undefined {
  const series = readSeries(text);
  if (series === undefined) return undefined;
  const gap = readElement(placeholder);
  return { ...series, isGap: (value) => value === undefined || value === gap };
}

function fillForward(text: string, placeholder: string): string | null {
  const gaps = gapsOf(text, placeholder);
  if (gaps === undefined) return null;
  return seriesText(carried(gaps.values, gaps.isGap), gaps.integers);
}

function fillBackward(text: string, placeholder: string): string | null {
  const gaps = gapsOf(text, placeholder);
  if (gaps === undefined) return null;
  const filled = carried(gaps.values.toReversed(), gaps.isGap).toReversed();
  return seriesText(filled, gaps.integers);
}

/** `values` with each gap filled by the element in front of it. */
function carried(values: readonly Element[], isGap: Gaps["isGap"]): readonly Element[] {
  let last: Element | undefined;
  return values.map((value) => {
    if (!isGap(value)) last = value;
    return isGap(value) ? (last ?? value) : value;
  });
}

function fillConst(text: string, constant: string, placeholder: string): string | null {
  const gaps = gapsOf(text, placeholder);
  if (gaps === undefined) return null;
  const value = readElement(constant);
  const values = gaps.values.map((element) => (gaps.isGap(element) ? value : element));
  if (gaps.integers && value !== null && !Number.isInteger(value) && values.includes(value)) {
    return refuseValue("a series of integers whose gaps are filled with a fraction");
  }
  return seriesText(values, gaps.integers);
}

/** Gaps between two numbers lie on the line between them; those at the edges are like the nearest number, if asked for. */
function fillLinear(
  text: string,
  placeholder: string,
  [fillEdges, constant]: readonly [boolean, number | null],
): string | null {
  const gaps = gapsOf(text, placeholder);
  if (gaps === undefined) return null;
  const { values, isGap, integers } = gaps;
  if (values.every(isGap)) return seriesText(values.map(() => constant));
  if (!isGap(null) && values.includes(null)) {
    return refuseValue("`series_fill_linear` with a placeholder, of a series with other nulls");
  }
  const filled = values.map((value, at): Element => {
    if (!isGap(value)) return value;
    const before = nearest(gaps, at, -1);
    const after = nearest(gaps, at, 1);
    if (before === undefined || after === undefined) {
      return fillEdges ? ((before ?? after)?.value ?? value) : value;
    }
    const share = (at - before.at) / (after.at - before.at);
    const between = before.value + (after.value - before.value) * share;
    return integers ? Math.trunc(between) : between;
  });
  return seriesText(filled, integers);
}

/** The nearest number on one side of a gap, with its place. */
function nearest(
  { values, isGap }: Gaps,
  from: number,
  step: 1 | -1,
): { at: number; value: number } | undefined {
  for (let at = from + step; at >= 0 && at < values.length; at += step) {
    const value = values[at] ?? null;
    if (!isGap(value) && value !== null) return { at, value };
  }
  return undefined;
}
