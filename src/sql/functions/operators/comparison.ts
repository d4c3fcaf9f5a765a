import type { KqlType } from "../../../schema/types.ts";
import { argAt } from "../../expressions/args.ts";
import { castSql } from "../../expressions/cast.ts";
import type { FunctionTable, ScalarFunction, SqlArg, SqlCall } from "../../types.ts";
import { sumOfTicks } from "./arithmetic.ts";
import { comparesApart, comparesDynamics } from "./comparable.ts";

/** The binder has checked the types; what is mixed is brought to the wider one here. */
// oxfmt-ignore
export const comparison: FunctionTable<ScalarFunction> = {
  "==": { refuse: comparesApart, sql: (call) => equalSql(call), predicate: (call) => sameSql(call), examples: [["1 == 1.0", true], ["int(null) == 1", false], ["isnull(int(null) == int(null))", true], ["real(nan) == real(nan)", false], ["dynamic({'a':'x'}).a == 'x'", true]] },
  "!=": { refuse: comparesApart, sql: (call) => unequalSql(call), predicate: (call) => distinctSql(call), examples: [["1 != 2", true], ["int(null) != 1", true]] },
  "<": { refuse: comparesDynamics, sql: (call) => orderSql(call, "<"), examples: [["1 < 2", true], ["isnull(int(null) < 1)", true]] },
  "<=": { refuse: comparesDynamics, sql: (call) => orderSql(call, "<="), examples: [["2 <= 2.0", true]] },
  ">": { refuse: comparesDynamics, sql: (call) => orderSql(call, ">"), examples: [["2d > 1h", true]] },
  ">=": { refuse: comparesDynamics, sql: (call) => orderSql(call, ">="), examples: [["datetime(2024-01-02) >= datetime(2024-01-01)", true]] },
  "between": { sql: (call) => betweenSql(call), examples: [["2 between (1 .. 3)", true], ["datetime(2024-01-02) between (datetime(2024-01-01) .. 2d)", true], ["datetime(2024-01-02) between (datetime(2024-01-01) .. timespan(10675199.00:00:00))", true], ["datetime(2024-01-02) between (datetime(2024-01-03) .. -2d)", false]] },
  "!between": { sql: (call) => `(NOT ${betweenSql(call)})`, examples: [["5 !between (1 .. 3)", true]] },
  "not": { sql: (call) => `(NOT ${castSql(argAt(call, 0), "bool")})`, examples: [["not(1 == 2)", true], ["isnull(not(bool(null)))", true]] },
};

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
