import { DuckDBDecimalValue, type DuckDBValue } from "@duckdb/node-api";
import { formatInstant, formatTimespan, parseInstant, parseTimespan } from "../schema/time.ts";
import type { KqlType, Value } from "../schema/types.ts";
import { decimalValue } from "./database.ts";

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
      return integer(BigInt(value as bigint));
    case "dynamic":
      return dynamicValue(String(value));
    case "real":
      return Number.isFinite(value) ? (value as number) : realText(value as number);
    case "decimal":
      return value instanceof DuckDBDecimalValue
        ? value.toString().replace(/\.?0+$/, "")
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
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}

/** A value that a user or a scenario gave as the database holds it; undefined where it is none of `type`. */
export function toDatabase(value: Value | undefined, type: KqlType): DuckDBValue | undefined {
  if (value === null || value === undefined) return type === "string" ? "" : null;
  switch (type) {
    case "string":
      return typeof value === "object" ? JSON.stringify(value) : String(value);
    case "bool":
      if (typeof value === "boolean") return value;
      return typeof value === "number" ? value !== 0 : undefined;
    case "int":
      return Number.isInteger(Number(value)) && value !== "" ? Number(value) : undefined;
    case "long":
      return longValue(value);
    case "real":
      return typeof value === "number" || typeof value === "string" ? Number(value) : undefined;
    case "decimal":
      return decimalValue(String(value)) ?? undefined;
    case "datetime":
      return typeof value === "string" ? parseInstant(value) : undefined;
    case "timespan":
      return typeof value === "string" ? parseTimespan(value) : undefined;
    case "guid":
      return typeof value === "string" ? value.toLowerCase() : undefined;
    case "dynamic":
      return JSON.stringify(value);
    default:
      return undefined;
  }
}

function longValue(value: Value): bigint | undefined {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== "string" || !/^\s*[+-]?\d+\s*$/.test(value)) return undefined;
  return BigInt(value.trim());
}
