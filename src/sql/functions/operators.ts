import type { Expr } from "../../plan/ir/types.ts";
import { argAt } from "../expressions/args.ts";
import { castSql } from "../expressions/cast.ts";
import { arithmeticBound, boundOf, fitsLong } from "../expressions/magnitude.ts";
import { comparesApart, comparesDynamics } from "./comparable.ts";
import { stringLiteral } from "../text/quote.ts";
import { patternAt, subjectAt } from "../text/regex.ts";
import { termSql, type TermMatch } from "../text/terms.ts";
import type { FunctionTable, ScalarFunction, SqlArg, SqlCall } from "../types.ts";
import type { KqlType } from "../../schema/types.ts";

/** Comparison and arithmetic. The binder has checked the types; what is mixed is brought to the wider one here. */
// oxfmt-ignore
export const arithmetic: FunctionTable<ScalarFunction> = {
  "==": { refuse: comparesApart, sql: (call) => equalSql(call), predicate: (call) => sameSql(call), examples: [["1 == 1.0", true], ["int(null) == 1", false], ["isnull(int(null) == int(null))", true], ["real(nan) == real(nan)", false], ["dynamic({'a':'x'}).a == 'x'", true]] },
  "!=": { refuse: comparesApart, sql: (call) => unequalSql(call), predicate: (call) => distinctSql(call), examples: [["1 != 2", true], ["int(null) != 1", true]] },
  "<": { refuse: comparesDynamics, sql: (call) => orderSql(call, "<"), examples: [["1 < 2", true], ["isnull(int(null) < 1)", true]] },
  "<=": { refuse: comparesDynamics, sql: (call) => orderSql(call, "<="), examples: [["2 <= 2.0", true]] },
  ">": { refuse: comparesDynamics, sql: (call) => orderSql(call, ">"), examples: [["2d > 1h", true]] },
  ">=": { refuse: comparesDynamics, sql: (call) => orderSql(call, ">="), examples: [["datetime(2024-01-02) >= datetime(2024-01-01)", true]] },
  "between": { sql: (call) => betweenSql(call), examples: [["2 between (1 .. 3)", true], ["datetime(2024-01-02) between (datetime(2024-01-01) .. 2d)", true], ["datetime(2024-01-02) between (datetime(2024-01-01) .. timespan(10675199.00:00:00))", true], ["datetime(2024-01-02) between (datetime(2024-01-03) .. -2d)", false]] },
  "!between": { sql: (call) => `(NOT ${betweenSql(call)})`, examples: [["5 !between (1 .. 3)", true]] },
  "+": { refuse: computesDynamic, sql: (call) => sumSql(call, "+"), examples: [["1 + 2", 3], ["9223372036854775807 + 1", "-9223372036854775808"], ["1d + 1h", "1.01:00:00.0000000"], ["decimal(1) + toscalar(print decimal(2))", "3"]] },
  "-": { refuse: computesDynamic, sql: (call) => sumSql(call, "-"), examples: [["1 - 2", -1], ["datetime(2024-01-02) - datetime(2024-01-01)", "1.00:00:00.0000000"]] },
  "*": { refuse: computesDynamic, sql: (call) => productSql(call), examples: [["2 * 3", 6], ["2 * 1h", "02:00:00.0000000"]] },
  "/": { refuse: computesDynamic, sql: (call) => quotientSql(call), examples: [["7 / 2", 3], ["-7 / 2", -3], ["1d / 1h", 24], ["1.0 / 0", "Infinity"], ["isnull(1 / 0)", true]] },
  "%": { refuse: computesDynamic, sql: (call) => remainderSql(call), examples: [["-7 % 3", 2], ["7 % -3", 1], ["-5.5 % 2.0", 0.5]] },
  "unary-": { refuse: computesDynamic, sql: (call) => negativeSql(call), examples: [["-(1 + 1)", -2], ["-(1h)", "-01:00:00.0000000"]] },
  "not": { sql: (call) => `(NOT ${castSql(argAt(call, 0), "bool")})`, examples: [["not(1 == 2)", true], ["isnull(not(bool(null)))", true]] },
};

/** Operators on text. Those without `_cs` ignore case. */
// oxfmt-ignore
export const textOperators: FunctionTable<ScalarFunction> = {
  "=~": { sql: (call) => foldedSql(call, "="), examples: [["'A' =~ 'a'", true]] },
  "!~": { sql: (call) => foldedSql(call, "<>"), examples: [["'A' !~ 'a'", false]] },
  ...pair("has", { sql: (call, caseSensitive) => hasSql(call, { before: true, after: true, caseSensitive }) }, [["'https://pastebin.com/raw' has 'pastebin.com'", true], ["'notpastebin.com' has 'pastebin.com'", false]]),
  ...pair("hasprefix", { sql: (call, caseSensitive) => hasSql(call, { before: true, after: false, caseSensitive }) }, [["'North America' hasprefix 'ame'", true]]),
  ...pair("hassuffix", { sql: (call, caseSensitive) => hasSql(call, { before: false, after: true, caseSensitive }) }, [["'North America' hassuffix 'ica'", true]]),
  ...pair("contains", { sql: substring("contains") }, [["'notpastebin.com' contains 'PASTEBIN'", true]]),
  ...pair("startswith", { sql: substring("starts_with") }, [["'Fabrikam' startswith 'fab'", true]]),
  ...pair("endswith", { sql: substring("ends_with") }, [["'Fabrikam' endswith 'KAM'", true]]),
  "matches regex": { sql: (call) => `regexp_matches(${subjectAt(call, 0, 1)}, ${patternAt(call, 1)})`, examples: [["'abc123' matches regex '[0-9]{3}$'", true], ["'naïve' matches regex @'^\\w+$'", true]] },
};

/** The binder gives such a result the other operand's type, and what becomes of a fraction then is not known. */
function computesDynamic(args: readonly Expr[]): string | undefined {
  return args.some(({ type }) => type === "dynamic")
    ? "has no translation for a dynamic value; convert it with `tolong()` or the like"
    : undefined;
}

interface TextOperator {
  readonly sql: (call: SqlCall, caseSensitive: boolean) => string;
}

/** The four spellings of one text operator: `has`, `!has`, `has_cs`, `!has_cs`. The examples are those of the first. */
function pair(
  name: string,
  { sql }: TextOperator,
  examples: ScalarFunction["examples"],
): FunctionTable<ScalarFunction> {
  const negated = examples.map(
    ([kql, value]) => [kql.replace(name, `!${name}`), value !== true] as const,
  );
  const same = ["'abc' NAME 'abc'".replace("NAME", `${name}_cs`), true] as const;
  const other = ["'abc' NAME 'ABC'".replace("NAME", `!${name}_cs`), true] as const;
  return {
    [name]: { sql: (call) => sql(call, false), examples },
    [`!${name}`]: {
      sql: (call) => `(NOT ${sql(call, false)})`,
      examples: negated as unknown as ScalarFunction["examples"],
    },
    [`${name}_cs`]: { sql: (call) => sql(call, true), examples: [same] },
    [`!${name}_cs`]: { sql: (call) => `(NOT ${sql(call, true)})`, examples: [other] },
  };
}

function texts(call: SqlCall): readonly string[] {
  return call.args.map((each) => castSql(each, "string"));
}

function foldedSql(call: SqlCall, operator: "=" | "<>"): string {
  const [left, right] = call.args.map((each) =>
    each.expr.kind === "literal" && each.type === "string"
      ? stringLiteral(String(each.expr.value).toLowerCase())
      : `lower(${castSql(each, "string")})`,
  );
  return `(${left} ${operator} ${right})`;
}

function substring(name: string): TextOperator["sql"] {
  return (call, caseSensitive) => {
    const [text = "", needle = ""] = texts(call);
    if (caseSensitive) return `${name}(${text}, ${needle})`;
    const { expr, type } = argAt(call, 1);
    const folded =
      expr.kind === "literal" && type === "string"
        ? stringLiteral(String(expr.value).toLowerCase())
        : `lower(${needle})`;
    return `${name}(lower(${text}), ${folded})`;
  };
}

function hasSql(call: SqlCall, match: TermMatch): string {
  const [text = "", needle = ""] = texts(call);
  const { expr } = argAt(call, 1);
  if (expr.kind === "literal") {
    return termSql(text, [String(expr.value ?? "")], { match, context: call.context });
  }
  return `kql_term(${text}, ${needle}, ${match.before}, ${match.after}, ${match.caseSensitive})`;
}

const numeric: readonly KqlType[] = ["int", "long", "decimal", "real"];

/** The two sides in one type: a `dynamic` takes the other's, text excepted, and numbers the wider of the two. */
function aligned(call: SqlCall): { sides: readonly [SqlArg, SqlArg]; type: KqlType } {
  const [left, right] = [argAt(call, 0), argAt(call, 1)];
  const type = commonType(left.type, right.type);
  const convert = (side: SqlArg): SqlArg => ({ ...side, sql: castSql(side, type), type });
  return { sides: [convert(left), convert(right)], type };
}

function commonType(left: KqlType, right: KqlType): KqlType {
  if (left === right) return left === "dynamic" ? "string" : left;
  const [a, b] = [numeric.indexOf(left), numeric.indexOf(right)];
  if (a >= 0 && b >= 0) return numeric[Math.max(a, b)] ?? left;
  if (left === "dynamic") return right;
  if (right === "dynamic") return left;
  if (left === "string" || right === "string") return "string";
  if (left === "bool") return right;
  return left;
}

function mayBeNull({ expr, type }: SqlArg): boolean {
  if (type === "string") return false;
  return !((expr.kind === "literal" && expr.value !== null) || expr.kind === "now");
}

function equalSql(call: SqlCall): string {
  const { sides, type } = aligned(call);
  const [left, right] = sides;
  const nan = nanGuard(sides, type);
  const plain = `${left.sql} = ${right.sql}${nan}`;
  const nullable = sides.filter(mayBeNull).length;
  if (nullable === 0) return `(${plain})`;
  if (nullable === 1) return `coalesce(${plain}, false)`;
  // Two nulls are neither equal nor unequal; one null is unequal to any value.
  return `coalesce(${plain}, CASE WHEN ${left.sql} IS NULL AND ${right.sql} IS NULL THEN NULL ELSE false END)`;
}

function sameSql(call: SqlCall): string {
  const { sides, type } = aligned(call);
  return `(${sides[0].sql} = ${sides[1].sql}${nanGuard(sides, type)})`;
}

/** Two nulls are not unequal, and one null is unequal to any value. */
function distinctSql(call: SqlCall): string {
  const { sides, type } = aligned(call);
  const [left, right] = sides;
  if (type === "real") return unequalSql(call);
  const operator = sides.some(mayBeNull) ? "IS DISTINCT FROM" : "<>";
  return `(${left.sql} ${operator} ${right.sql})`;
}

function unequalSql(call: SqlCall): string {
  return `(NOT ${equalSql(call)})`;
}

/** DuckDB orders NaN as the greatest number and equal to itself; to Kusto it compares with nothing. */
function nanGuard(sides: readonly [SqlArg, SqlArg], type: KqlType): string {
  if (type !== "real") return "";
  return sides
    .filter(({ expr }) => !(expr.kind === "literal" && typeof expr.value === "number"))
    .map(({ sql }) => ` AND NOT isnan(${sql})`)
    .join("");
}

function orderSql(call: SqlCall, operator: string): string {
  const { sides, type } = aligned(call);
  const [left, right] = sides;
  return `(${left.sql} ${operator} ${right.sql}${nanGuard(sides, type)})`;
}

function betweenSql(call: SqlCall): string {
  const [value, low, high] = [argAt(call, 0), argAt(call, 1), argAt(call, 2)];
  // `between (start .. 2d)` measures the upper end from the lower.
  const upper: SqlArg =
    value.type === "datetime" && high.type === "timespan"
      ? { ...high, sql: sumOfTicks([low, high], "+"), type: "datetime" }
      : high;
  const atLeast = orderSql({ ...call, args: [value, low] }, ">=");
  const atMost = orderSql({ ...call, args: [value, upper] }, "<=");
  return `(${atLeast} AND ${atMost})`;
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
function sumOfTicks(args: readonly SqlArg[], operator: "+" | "-"): string {
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
