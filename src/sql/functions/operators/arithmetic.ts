import type { Expr } from "../../../plan/ir/types.ts";
import type { KqlType } from "../../../schema/types.ts";
import { argAt } from "../../expressions/args.ts";
import { castSql } from "../../expressions/cast.ts";
import { arithmeticBound, boundOf, fitsLong } from "../../expressions/magnitude.ts";
import type { FunctionTable, ScalarFunction, SqlArg, SqlCall } from "../../types.ts";

/** The binder has checked the types; what is mixed is brought to the wider one here. */
// oxfmt-ignore
export const arithmetic: FunctionTable<ScalarFunction> = {
  "+": { refuse: computesDynamic, sql: (call) => sumSql(call, "+"), examples: [["1 + 2", 3], ["9223372036854775807 + 1", "-9223372036854775808"], ["1d + 1h", "1.01:00:00.0000000"], ["decimal(1) + toscalar(print decimal(2))", "3"]] },
  "-": { refuse: computesDynamic, sql: (call) => sumSql(call, "-"), examples: [["1 - 2", -1], ["datetime(2024-01-02) - datetime(2024-01-01)", "1.00:00:00.0000000"]] },
  "*": { refuse: computesDynamic, sql: (call) => productSql(call), examples: [["2 * 3", 6], ["2 * 1h", "02:00:00.0000000"]] },
  "/": { refuse: computesDynamic, sql: (call) => quotientSql(call), examples: [["7 / 2", 3], ["-7 / 2", -3], ["1d / 1h", 24], ["1.0 / 0", "Infinity"], ["isnull(1 / 0)", true]] },
  "%": { refuse: computesDynamic, sql: (call) => remainderSql(call), examples: [["-7 % 3", 2], ["7 % -3", 1], ["-5.5 % 2.0", 0.5]] },
  "unary-": { refuse: computesDynamic, sql: (call) => negativeSql(call), examples: [["-(1 + 1)", -2], ["-(1h)", "-01:00:00.0000000"]] },
};

/** The binder gives such a result the other operand's type, and what becomes of a fraction then is not known. */
function computesDynamic(args: readonly Expr[]): string | undefined {
  return args.some(({ type }) => type === "dynamic")
    ? "has no translation for a dynamic value; convert it with `tolong()` or the like"
    : undefined;
}

/** The sides of an arithmetic operator as SQL, both in the type in which it is computed. */
function operands(call: SqlCall, type: KqlType): readonly [string, string] {
  return [castSql(argAt(call, 0), type), castSql(argAt(call, 1), type)];
}

/** The type in which an operator on numbers is computed: integers as `long`. */
function computed(call: SqlCall): KqlType {
  // A dynamic value takes the type that the binder gives the result.
  if (call.type === "real" || call.type === "decimal") return call.type;
  if (call.type === "int" || call.type === "long") return "long";
  const types = call.args.map(({ type }) => type);
  if (types.includes("real")) return "real";
  if (types.includes("decimal")) return "decimal";
  return types.includes("dynamic") ? "real" : "long";
}

function isTime(type: KqlType): boolean {
  return type === "datetime" || type === "timespan";
}

function sumSql(call: SqlCall, operator: "+" | "-"): string {
  const types = call.args.map(({ type }) => type);
  if (types.some(isTime) || isTime(call.type)) {
    const ticks = sumOfTicks(call.args, operator);
    if (call.type === "datetime") return `kql_datetime(${ticks})`;
    return areNear(call.args) ? ticks : `kql_wrap(${ticks})`;
  }
  const type = computed(call);
  const [left, right] = operands(call, type);
  if (type === "real") return `(${left} ${operator} ${right})`;
  if (type === "decimal") return `TRY(${left} ${operator} ${right})`;
  return longSql(call, operator);
}

/** Kusto's long wraps around, and DuckDB's throws: it is computed wider unless it cannot leave its range. */
function longSql(call: SqlCall, operator: "+" | "-" | "*"): string {
  const [left, right] = operands(call, "long");
  const bound = arithmeticBound(
    operator,
    call.args.map(({ expr }) => expr),
  );
  return fitsLong(bound)
    ? `(${left} ${operator} ${right})`
    : `kql_wrap(CAST(${left} AS HUGEINT) ${operator} ${right})`;
}

/** Datetimes are far from the ends of a long, and so are the timespans of most queries. */
function areNear(args: readonly SqlArg[]): boolean {
  return args.every(
    ({ type, expr }) =>
      type === "datetime" ||
      (type === "timespan" &&
        expr.kind === "literal" &&
        Math.abs(Number(expr.value)) < 3_000_000_000_000_000_000),
  );
}

/** Ticks, in a type that their sum fits in. */
export function sumOfTicks(args: readonly SqlArg[], operator: "+" | "-"): string {
  const sides = args.map((each) => (isTime(each.type) ? each.sql : castSql(each, "timespan")));
  return areNear(args)
    ? `(${sides.join(` ${operator} `)})`
    : `(CAST(${sides[0]} AS HUGEINT) ${operator} ${sides[1]})`;
}

function productSql(call: SqlCall): string {
  if (isTime(call.type)) {
    const sides = call.args.map((each) =>
      isTime(each.type) ? `CAST(${each.sql} AS DOUBLE)` : castSql(each, "real"),
    );
    return `kql_long_of_real(${sides.join(" * ")})`;
  }
  const type = computed(call);
  const [left, right] = operands(call, type);
  if (type === "real") return `(${left} * ${right})`;
  if (type === "decimal") return decimalSql("kql_decimal_times", left, right);
  return longSql(call, "*");
}

/** DuckDB's own product and quotient of decimals leave their range, or go by way of a double. */
function decimalSql(name: string, left: string, right: string): string {
  const digits = [left, right].map((side) => `CAST(${side} AS VARCHAR)`).join(", ");
  return `TRY_CAST(${name}(${digits}) AS DECIMAL(38,18))`;
}

function quotientSql(call: SqlCall): string {
  const [left, right] = [argAt(call, 0), argAt(call, 1)];
  if (isTime(left.type) && isTime(right.type)) {
    return `(CAST(${left.sql} AS DOUBLE) / ${right.sql})`;
  }
  if (isTime(left.type))
    return `kql_long_of_real(CAST(${left.sql} AS DOUBLE) / ${castSql(right, "real")})`;
  const type = computed(call);
  const [a, b] = operands(call, type);
  if (type === "real") return `(${a} / ${b})`;
  if (type === "decimal") return decimalSql("kql_decimal_over", a, b);
  const { expr } = right;
  if (expr.kind === "literal" && Number(expr.value) !== -1) return `(${a} // ${b})`;
  // The one quotient that leaves the range of a long.
  return `CASE WHEN ${b} = -1 THEN kql_wrap(-CAST(${a} AS HUGEINT)) ELSE ${a} // ${b} END`;
}

function remainderSql(call: SqlCall): string {
  const types = call.args.map(({ type }) => type);
  if (types.some(isTime)) {
    const sides = call.args.map((each) =>
      isTime(each.type) ? each.sql : castSql(each, "timespan"),
    );
    return `kql_mod(${sides.join(", ")})`;
  }
  const type = computed(call);
  const [left, right] = operands(call, type);
  return type === "real" ? `kql_mod_real(${left}, ${right})` : `kql_mod(${left}, ${right})`;
}

function negativeSql(call: SqlCall): string {
  const only = argAt(call, 0);
  if (only.type === "int") return `kql_int_of_long(-CAST(${only.sql} AS BIGINT))`;
  if (only.type === "long" && fitsLong(boundOf(only.expr))) return `(-${only.sql})`;
  if (only.type === "long" || only.type === "timespan")
    return `kql_wrap(-CAST(${only.sql} AS HUGEINT))`;
  return `(-${only.type === "dynamic" ? castSql(only, "real") : only.sql})`;
}
