import { unreachable } from "../../base/diagnostic.ts";
import type { KqlType } from "../../schema/types.ts";
import { bindArgs } from "./once.ts";
import { sqlTypes, type SqlArg } from "../types.ts";

/** `arg` converted to `to` as `tostring()`, `tolong()` and so on convert it: what cannot be converted is null. */
export function castSql(arg: SqlArg, to: KqlType): string {
  if (arg.type === to) return arg.sql;
  return bindArgs([arg], ([only = arg]) => convertedSql(only, to));
}

function convertedSql(arg: SqlArg, to: KqlType): string {
  if (to === "string") return textSql(arg);
  if (to === "dynamic") return jsonSql(arg);
  // No text of a GUID is a value of another type.
  return readSql(arg.type === "guid" ? { ...arg, type: "string" } : arg, to);
}

/** `arg` as a value that is neither text nor JSON. */
function readSql(arg: SqlArg, to: Exclude<KqlType, "string" | "dynamic">): string {
  switch (to) {
    case "bool":
      return boolSql(arg);
    case "int":
      return intSql(arg);
    case "long":
      return longSql(arg);
    case "real":
      return realSql(arg);
    case "decimal":
      return decimalSql(arg);
    case "datetime":
      return arg.type === "string" || arg.type === "dynamic"
        ? timeSql(arg, "kql_datetime_of_text")
        : `kql_datetime(${timeSql(arg, "kql_datetime_of_text")})`;
    case "timespan":
      return timeSql(arg, "kql_timespan_of_text");
    case "guid":
      return `kql_guid_of_text(${textSql(arg)})`;
    default:
      return unreachable(to);
  }
}

function textSql({ sql, type, expr }: SqlArg): string {
  switch (type) {
    case "string":
      return sql;
    case "bool":
      return `kql_bool_text(${sql})`;
    case "dynamic":
      // DuckDB writes numbers with digits of its own. What comes out of a path it has written already.
      return expr.kind === "member" ? `kql_text_once(${sql})` : `kql_text(${sql})`;
    case "datetime":
      return `kql_datetime_text(${sql})`;
    case "timespan":
      return `kql_timespan_text(${sql})`;
    case "guid":
      return `coalesce(${sql}, '')`;
    case "real":
      return `kql_real_text(${sql})`;
    case "decimal":
      return `kql_decimal_text(${sql})`;
    case "int":
    case "long":
      return `coalesce(CAST(${sql} AS VARCHAR), '')`;
    default:
      return unreachable(type);
  }
}

function jsonSql({ sql, type }: SqlArg): string {
  switch (type) {
    case "int":
    case "long":
    case "bool":
      return `CAST(${sql} AS VARCHAR)`;
    case "real":
      return `kql_real_json(${sql})`;
    case "decimal":
      return `CAST(to_json(kql_decimal_text(${sql})) AS VARCHAR)`;
    case "datetime":
      return `CAST(to_json(nullif(kql_datetime_text(${sql}), '')) AS VARCHAR)`;
    case "timespan":
      return `CAST(to_json(nullif(kql_timespan_text(${sql}), '')) AS VARCHAR)`;
    case "guid":
    case "string":
      return `CAST(to_json(${sql}) AS VARCHAR)`;
    case "dynamic":
      return sql;
    default:
      return unreachable(type);
  }
}

function boolSql({ sql, type }: SqlArg): string {
  switch (type) {
    case "string":
      return `kql_bool_of_text(${sql})`;
    case "dynamic":
      return `kql_bool_of_text(kql_text(${sql}))`;
    default:
      return `(${sql} <> 0)`;
  }
}

function intSql({ sql, type }: SqlArg): string {
  switch (type) {
    case "real":
    case "decimal":
      return `kql_int_of_real(CAST(${sql} AS DOUBLE))`;
    case "string":
      return `kql_int_of_text(${sql})`;
    case "dynamic":
      return `kql_int_of_json(${sql})`;
    case "bool":
      return `CAST(${sql} AS INTEGER)`;
    default:
      return `kql_int_of_long(${sql})`;
  }
}

function longSql({ sql, type }: SqlArg): string {
  switch (type) {
    case "real":
    case "decimal":
      return `kql_long_of_real(CAST(${sql} AS DOUBLE))`;
    case "string":
      return `kql_long_of_text(${sql})`;
    case "dynamic":
      return `kql_long_of_json(${sql})`;
    default:
      return `CAST(${sql} AS BIGINT)`;
  }
}

function realSql({ sql, type }: SqlArg): string {
  switch (type) {
    case "string":
      return `kql_real_of_text(${sql})`;
    case "dynamic":
      return `kql_real_of_text(kql_text(${sql}))`;
    default:
      return `CAST(${sql} AS DOUBLE)`;
  }
}

function decimalSql({ sql, type }: SqlArg): string {
  switch (type) {
    case "string":
      return `kql_decimal_of_text(${sql})`;
    case "dynamic":
      return `kql_decimal_of_text(kql_text(${sql}))`;
    case "real":
      // By its digits: 0.3 is not exactly the number it is written as.
      return `TRY_CAST(CAST(${sql} AS VARCHAR) AS ${sqlTypes.decimal})`;
    default:
      return `TRY_CAST(${sql} AS ${sqlTypes.decimal})`;
  }
}

/** To ticks: text is read, numbers are ticks. */
function timeSql({ sql, type }: SqlArg, reader: string): string {
  switch (type) {
    case "string":
      return `${reader}(${sql})`;
    case "dynamic":
      return `${reader}(kql_text(${sql}))`;
    case "real":
    case "decimal":
      return `kql_long_of_real(CAST(${sql} AS DOUBLE))`;
    default:
      return `CAST(${sql} AS BIGINT)`;
  }
}
