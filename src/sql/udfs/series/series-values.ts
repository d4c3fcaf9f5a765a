import { formatReal } from "../../../schema/real-text.ts";
import { elementsOf } from "../dynamic/json-text.ts";
import { refuseValue } from "../refuse-value.ts";

/** An element of a series: a number, else null. */
export type Element = number | null;

/** A series that was read from JSON. */
export interface Series {
  readonly values: readonly Element[];
  /** True where all of its numbers are written as integers: what is made of them is, too. */
  readonly integers: boolean;
}

/** The series that `text` stands for; undefined where it is no array. */
export function readSeries(text: string): Series | undefined {
  const elements = elementsOf(text);
  if (elements === undefined) return undefined;
  const values = elements.map(readElement);
  const integers = elements.every((element) => element === "null" || /^-?\d+$/.test(element));
  return { values, integers };
}

/** A number, also one that JSON has no number for. */
export function readElement(text: string): Element {
  if (/^-?\d/.test(text)) return Number(text);
  switch (text) {
    case '"NaN"':
      return Number.NaN;
    case '"Infinity"':
      return Number.POSITIVE_INFINITY;
    case '"-Infinity"':
      return Number.NEGATIVE_INFINITY;
    default:
      return null;
  }
}

/** A number as JSON; a real has a fraction even where it is whole. */
export function elementText(value: Element | boolean, integer = false): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (!Number.isFinite(value)) return JSON.stringify(formatReal(value));
  return integer && Number.isSafeInteger(value) ? String(value) : formatReal(value);
}

export function seriesText(values: readonly (Element | boolean)[], integers = false): string {
  return `[${values.map((value) => elementText(value, integers)).join(",")}]`;
}

/** The numbers of a series without gaps. `name` is the function that takes no others. */
export function numbersOf(text: string, name: string): readonly number[] | undefined {
  const series = readSeries(text);
  return series?.values.map((value) =>
    value !== null && Number.isFinite(value)
      ? value
      : refuseValue(`\`${name}\` of a series with an element that is no number`),
  );
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

/** The sum of the products of pairs. */
export function dotProduct(left: readonly number[], right: readonly number[]): number {
  return sumOf(left.map((value, at) => value * (right[at] ?? 0)));
}

/** The value below which a share of `values` lies, between two of them by their distance. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
