import type { Expr } from "../../plan/ir/types.ts";
import { argAt } from "../expressions/args.ts";
import { castSql } from "../expressions/cast.ts";
import { literalNumber, literalText } from "../expressions/literals.ts";
import { sqlTypes, type FunctionTable, type ScalarFunction, type SqlCall } from "../types.ts";

const pi = Math.PI;

/** Functions of numbers. DuckDB throws where Kusto gives NaN or null; `TRY` makes null of that. */
// oxfmt-ignore
export const numberFunctions: FunctionTable<ScalarFunction> = {
  abs: { refuse: noDynamic, sql: (call) => absSql(call), examples: [["abs(-5)", 5], ["abs(-5.5)", 5.5], ["abs(-1h)", "01:00:00.0000000"]] },
  ceiling: { refuse: noDynamic, sql: (call) => (isInteger(call) ? argAt(call, 0).sql : sameType(call, "ceil($1)")), examples: [["ceiling(0.9)", 1], ["ceiling(-1.1)", -1], ["ceiling(0)", 0]] },
  round: { refuse: noDynamic, sql: (call) => roundSql(call), examples: [["round(3.25, 1)", 3.3], ["round(2.5)", 3], ["round(-2.5)", -3]] },
  sign: { refuse: noDynamic, sql: (call) => sameType(call, "sign($1)"), examples: [["sign(-42)", -1], ["sign(0)", 0], ["sign(11.2)", 1]] },
  sqrt: { sql: real("CASE WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt($1) END"), examples: [["sqrt(256)", 16], ["sqrt(-1.0)", "NaN"]] },
  exp: { sql: real("TRY(exp($1))"), examples: [["exp(0)", 1], ["exp(1000.0)", "Infinity"]] },
  exp2: { sql: real("TRY(pow(2, $1))"), examples: [["exp2(3)", 8]] },
  exp10: { sql: real("TRY(pow(10, $1))"), examples: [["exp10(3)", 1000]] },
  log: { sql: real(logarithm("ln")), examples: [["log(1)", 0], ["log(-1.0)", null], ["log(0.0)", "-Infinity"]] },
  log2: { sql: real(logarithm("log2")), examples: [["log2(8)", 3]] },
  log10: { sql: real(logarithm("log10")), examples: [["log10(1000)", 3]] },
  pow: { sql: real("TRY(pow($1, $2))"), examples: [["pow(2, 3)", 8], ["pow(toscalar(print 2), 3)", 8], ["pow(-1, 0.5)", "NaN"]] },
  sin: { sql: orNan("sin($1)"), examples: [["sin(0)", 0]] },
  cos: { sql: orNan("cos($1)"), examples: [["cos(1)", 0.5403023058681398]] },
  tan: { sql: orNan("tan($1)"), examples: [["tan(0)", 0]] },
  cot: { sql: orNan("1 / tan($1)"), examples: [["cot(1)", 0.6420926159343306]] },
  asin: { sql: real("TRY(asin($1))"), examples: [["asin(0.5)", 0.5235987755982989]], differs: "outside of -1 to 1 it is null, as documented" },
  acos: { sql: real("TRY(acos($1))"), examples: [["acos(1)", 0]], differs: "outside of -1 to 1 it is null, as documented" },
  atan: { sql: real("atan($1)"), examples: [["atan(0.5)", 0.46364760900080615]] },
  atan2: { sql: real("atan2($1, $2)"), examples: [["atan2(1, 1)", 0.7853981633974483]] },
  degrees: { sql: real("($1 * 180 / pi())"), examples: [["degrees(pi() / 4)", 45]] },
  radians: { sql: real("($1 * pi() / 180)"), examples: [["radians(180)", pi]] },
  pi: { sql: "pi()", examples: [["pi()", pi]] },
  gamma: { sql: real("CASE WHEN $1 > 0 THEN TRY(gamma($1)) END"), examples: [["gamma(5)", 24]], differs: "of zero and negative numbers it is null" },
  loggamma: { sql: real("CASE WHEN $1 > 0 THEN TRY(lgamma($1)) END"), examples: [["loggamma(5)", 3.1780538303479458]], differs: "of zero and negative numbers it is null" },
  erf: { sql: real("kql_erf($1)"), examples: [["erf(0)", 0]] },
  erfc: { sql: real("kql_erfc($1)"), examples: [["erfc(0)", 1]] },
  isnan: { sql: real("isnan($1)"), examples: [["isnan(0.0 / 0.0)", true], ["isnan(1.5)", false]] },
  isinf: { sql: real("isinf($1)"), examples: [["isinf(1.0 / 0.0)", true]] },
  isfinite: { sql: real("isfinite($1)"), examples: [["isfinite(1.0 / 0.0)", false]] },
  binary_and: { sql: long("($1 & $2)"), examples: [["binary_and(6, 3)", 2]] },
  binary_or: { sql: long("($1 | $2)"), examples: [["binary_or(5, 3)", 7]] },
  binary_xor: { sql: long("xor($1, $2)"), examples: [["binary_xor(5, 3)", 6]] },
  binary_not: { sql: long("(~$1)"), examples: [["binary_not(5)", -6]] },
  binary_shift_left: { sql: long("kql_shift_left($1, $2)"), examples: [["binary_shift_left(1, 4)", 16], ["binary_shift_left(1, 64)", 1]] },
  binary_shift_right: { sql: long("kql_shift_right($1, $2)"), examples: [["binary_shift_right(16, 4)", 1]] },
  bitset_count_ones: { sql: long("CAST(bit_count($1) AS BIGINT)"), examples: [["bitset_count_ones(42)", 3]] },
  tohex: { sql: (call) => hexSql(call), examples: [["tohex(256)", "100"], ["tohex(-256)", "ffffffffffffff00"], ["tohex(toint(-256), 8)", "ffffff00"], ["tohex(256, 8)", "00000100"]] },
  todecimal: { sql: (call) => castSql(argAt(call, 0), "decimal"), examples: [["todecimal('123.45678')", "123.45678"], ["todecimal('no')", null]] },
  format_bytes: { refuse: ([, , unit]) => (["", "bytes", "kb", "mb", "gb", "tb", "pb", "eb", undefined].includes(literalText(unit)?.toLowerCase()) ? undefined : "knows no such unit"), sql: (call) => formatBytesSql(call), examples: [["format_bytes(564)", "564 Bytes"], ["format_bytes(10332, 1)", "10.1 KB"], ["format_bytes(20010332, 2)", "19.08 MB"], ["format_bytes(20010332, 0, 'KB')", "19541 KB"]] },
};

function noDynamic(args: readonly Expr[]): string | undefined {
  return args[0]?.type === "dynamic" ? "has no translation for a dynamic value" : undefined;
}

/** A template whose arguments are reals. */
function real(template: string): (call: SqlCall) => string {
  return (call) => filled(call, "real", template);
}

function long(template: string): (call: SqlCall) => string {
  return (call) => `CAST(${filled(call, "long", template)} AS ${sqlTypes[call.type]})`;
}

function filled(call: SqlCall, type: "real" | "long", template: string): string {
  const values = call.args.map((arg) => castSql(arg, type));
  return `(${template.replaceAll(/\$(\d)/g, (_, which: string) => values[Number(which) - 1] ?? "NULL")})`;
}

/** A template in whose place NaN comes where DuckDB throws. */
function orNan(template: string): (call: SqlCall) => string {
  return real(`kql_or_nan($1, TRY(${template}))`);
}

/** Null of a negative number, minus infinity of zero. */
function logarithm(name: string): string {
  return `CASE WHEN $1 > 0 THEN ${name}($1) WHEN $1 = 0 THEN CAST('-Infinity' AS DOUBLE) END`;
}

function isInteger(call: SqlCall): boolean {
  const { type } = argAt(call, 0);
  return type === "int" || type === "long";
}

function sameType(call: SqlCall, template: string): string {
  const value = template.replaceAll("$1", argAt(call, 0).sql);
  return `CAST(${value} AS ${sqlTypes[call.type]})`;
}

function absSql(call: SqlCall): string {
  const value = argAt(call, 0);
  if (value.type === "real" || value.type === "decimal") return `abs(${value.sql})`;
  return `CAST(kql_wrap(abs(CAST(${value.sql} AS HUGEINT))) AS ${sqlTypes[call.type]})`;
}

function roundSql(call: SqlCall): string {
  const value = argAt(call, 0);
  const places = call.args[1];
  const digits =
    places === undefined
      ? "0"
      : `CAST(greatest(-400, least(400, ${castSql(places, "long")})) AS INTEGER)`;
  if (
    value.type === "decimal" &&
    (places === undefined || literalNumber(places.expr) !== undefined)
  ) {
    return `CAST(round(${value.sql}, ${Math.max(-400, Math.min(400, literalNumber(places?.expr) ?? 0))}) AS ${sqlTypes.decimal})`;
  }
  const rounded = `round(${castSql(value, "real")}, ${digits})`;
  return castSql({ ...value, sql: rounded, type: "real" }, call.type);
}

function hexSql(call: SqlCall): string {
  const value = argAt(call, 0);
  const bits =
    value.type === "int" ? `(CAST(${value.sql} AS BIGINT) & 4294967295)` : castSql(value, "long");
  const digits = `lower(to_hex(${bits}))`;
  const width = call.args[1];
  if (width === undefined) return `coalesce(${digits}, '')`;
  const wanted = `least(1000, greatest(0, length(${digits}), ${castSql(width, "long")}))`;
  return `coalesce(lpad(${digits}, CAST(${wanted} AS INTEGER), '0'), '')`;
}

function formatBytesSql(call: SqlCall): string {
  const [, places, unit] = call.args;
  const digits = places === undefined ? "CAST(0 AS BIGINT)" : castSql(places, "long");
  return `coalesce(kql_format_bytes(${castSql(argAt(call, 0), "real")}, ${digits}, ${unit?.sql ?? "''"}), '')`;
}
