import type { DuckDBValue } from "@duckdb/node-api";
import { InputError } from "../../base/diagnostic.ts";
import { duckdb } from "./duckdb-api.ts";
import { formatInstant, formatTimespan, parseInstant, parseTimespan } from "../../schema/time.ts";
import type { KqlType, Value } from "../../schema/types.ts";

const { DuckDBDecimalValue } = duckdb;

/** A value of the database as Kusto's REST interface writes it. */
export function fromDatabase(value: DuckDBValue, type: KqlType): Value {
  if (value === null) return type === "string" ? "" : null;
  switch (type) {
    case "datetime":
      return formatInstant(value as bigint);
    case "timespan":
      return formatTimespan(value as bigint);
    case "long":
    case "int":
      return integer(BigInt(value as bigint | number));
    case "dynamic":
      return dynamicValue(String(value));
    case "real":
      return Number.isFinite(value) ? (value as number) : realText(value as number);
    case "decimal":
      return value instanceof DuckDBDecimalValue
        ? value
            .toString()
            .replace(/(\.\d*?)0+$/, "$1")
            .replace(/\.$/, "")
        : String(value);
    default:
      return value as Value;
  }
}

function integer(value: bigint): Value {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
    ? Number(value)
    : value.toString();
}

function realText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "Infinity" : "-Infinity";
}

/** JSON as it is; what is no JSON is the text itself, as Kusto takes it. */
function dynamicValue(text: string): Value {
  if (isTooDeep(text)) throw tooDeep();
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}

/** Levels of arrays and objects in a value: whatever walks through it, such as `JSON.stringify`, calls itself for each. */
const mostLevels = 1000;

function isTooDeep(json: string): boolean {
  if (json.length <= mostLevels) return false;
  let depth = 0;
  let deepest = 0;
  for (const [mark] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (mark === "[" || mark === "{") deepest = Math.max(deepest, (depth += 1));
    else if (mark === "]" || mark === "}") depth -= 1;
  }
  return deepest > mostLevels;
}

function tooDeep(cause?: unknown): InputError {
  return new InputError(
    {
      code: "KT0306",
      message: `a dynamic value has more than ${mostLevels} levels of arrays and objects`,
      hint: "return a part of it, or its text by `tostring`",
    },
    { cause },
  );
}

/** The text of a dynamic value. Throws an `InputError` for one that is nested too deeply. */
function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(error) : error;
  }
}

/** Turns a value that a user or a scenario gave into what the database holds; undefined where it is none of the type. */
export type Converter = (value: Value | undefined) => DuckDBValue | undefined;

/** The converter of each type. A text that is absent is empty; any other value that is absent is null. */
export const toDatabase: Readonly<Record<KqlType, Converter>> = {
  string: (value) => {
    if (typeof value === "string") return value;
    if (value === null || value === undefined) return "";
    return typeof value === "object" ? jsonText(value) : String(value);
  },
  bool: orNull((value) => {
    if (typeof value === "boolean") return value;
    return typeof value === "number" ? value !== 0 : undefined;
  }),
  int: orNull((value) => {
    const number = typeof value === "string" ? Number(value) : value;
    return Number.isInteger(number) && value !== "" ? (number as number) : undefined;
  }),
  long: orNull(longValue),
  real: orNull((value) =>
    typeof value === "number" || typeof value === "string" ? Number(value) : undefined,
  ),
  decimal: orNull((value) =>
    typeof value === "object" ? undefined : (decimalValue(String(value)) ?? undefined),
  ),
  datetime: orNull((value) => (typeof value === "string" ? parseInstant(value) : undefined)),
  timespan: orNull((value) => (typeof value === "string" ? parseTimespan(value) : undefined)),
  guid: orNull((value) => (typeof value === "string" ? value.toLowerCase() : undefined)),
  dynamic: orNull(jsonText),
};

function orNull(convert: (value: NonNullable<Value>) => DuckDBValue | undefined): Converter {
  return (value) => (value === null || value === undefined ? null : convert(value));
}

function longValue(value: Value): bigint | undefined {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== "string" || !/^\s*[+-]?\d+\s*$/.test(value)) return undefined;
  return BigInt(value.trim());
}

/** A decimal as DuckDB holds it; null where `text` is no number in its range. */
function decimalValue(text: string): DuckDBValue {
  const match = /^([+-]?)(\d{1,20})(?:\.(\d*))?$/.exec(text.trim());
  if (match === null) return null;
  const [, sign, whole = "0", fraction = ""] = match;
  const scaled = BigInt(whole + fraction.slice(0, 18).padEnd(18, "0"));
  return new DuckDBDecimalValue(sign === "-" ? -scaled : scaled, 38, 18);
}
