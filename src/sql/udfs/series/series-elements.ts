import { readElement, readSeries, seriesText, type Element } from "./series-values.ts";
import type { UdfTable } from "../udf.ts";

type Binary = (a: number, b: number) => number | boolean;

const binary: Readonly<Record<string, Binary>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  pow: (a, b) => a ** b,
  greater: (a, b) => a > b,
  greater_equals: (a, b) => a >= b,
  less: (a, b) => a < b,
  less_equals: (a, b) => a <= b,
  equals: (a, b) => a === b,
  not_equals: (a, b) => a !== b,
};

const unary: Readonly<Record<string, (a: number) => number>> = {
  abs: Math.abs,
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  ceiling: Math.ceil,
  cos: Math.cos,
  exp: Math.exp,
  floor: Math.floor,
  log: Math.log,
  sign: Math.sign,
  sin: Math.sin,
  tan: Math.tan,
};

/** Whose results are integers where all that they take are. */
const keepsIntegers: ReadonlySet<string> = new Set(["add", "subtract", "multiply", "abs"]);

/** Functions of each element by itself. The first argument is the KQL function's name behind `series_`. */
export const seriesElementUdfs: UdfTable = {
  kql_series_binary: { takes: ["text", "text", "text"], gives: "text", call: binarySeries },
  kql_series_unary: { takes: ["text", "text"], gives: "text", call: unarySeries },
};

interface Operand {
  readonly at: (index: number) => Element;
  /** Undefined for a number, which goes with every element. */
  readonly length: number | undefined;
  readonly integers: boolean;
}

function operandOf(text: string): Operand {
  const series = readSeries(text);
  if (series !== undefined) {
    const { values, integers } = series;
    return { at: (index) => values[index] ?? null, length: values.length, integers };
  }
  const value = readElement(text);
  return { at: () => value, length: undefined, integers: /^-?\d+$/.test(text) };
}

/** Of two series of different lengths the longer one gives the length; what has no partner is null. */
function binarySeries(name: string, left: string, right: string): string | null {
  const operation = binary[name];
  if (operation === undefined) throw new Error(`no operation ${name}`);
  const [a, b] = [operandOf(left), operandOf(right)];
  if (a.length === undefined && b.length === undefined) return null;
  const length = Math.max(a.length ?? 0, b.length ?? 0);
  const values = Array.from({ length }, (_, index) => {
    const [x, y] = [a.at(index), b.at(index)];
    return x === null || y === null ? null : operation(x, y);
  });
  return seriesText(values, keepsIntegers.has(name) && a.integers && b.integers);
}

function unarySeries(name: string, text: string): string | null {
  const operation = unary[name];
  if (operation === undefined) throw new Error(`no operation ${name}`);
  const series = readSeries(text);
  if (series === undefined) return null;
  const values = series.values.map((value) => (value === null ? null : operation(value)));
  return seriesText(values, keepsIntegers.has(name) && series.integers);
}
