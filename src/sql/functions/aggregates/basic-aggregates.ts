import type { Expr } from "../../../plan/ir/types.ts";
import { argAt } from "../../expressions/args.ts";
import { castSql } from "../../expressions/cast.ts";
import {
  sqlTypes,
  type AggregateFunction,
  type FunctionTable,
  type SqlArg,
  type SqlCall,
} from "../../types.ts";

/**
 * Counts, sums and extremes. `examples` are over the rows `datatable(x:long, s:string)[1, "a", 2, "b", 2, ""]`, of all the
 * tables of aggregates. What has no rows is 0, NaN or null, and no text is the empty one.
 */
// oxfmt-ignore
export const basicAggregates: FunctionTable<AggregateFunction> = {
  // Of a column it counts the nulls too; the condition is the parameter that `countif()` took over.
  count: { sql: (call) => (call.args[0]?.type === "bool" ? `count(*)${where(call, 0)}` : "count(*)"), examples: [["count()", 3], ["count(x)", 3], ["count(x > 1)", 2]] },
  countif: { sql: (call) => `count(*)${where(call, 0)}`, examples: [["countif(x > 1)", 2]] },
  count_distinct: { sql: (call) => `count(DISTINCT ${argAt(call, 0).sql})`, examples: [["count_distinct(x)", 2]] },
  count_distinctif: { sql: (call) => `count(DISTINCT ${argAt(call, 0).sql})${where(call, 1)}`, examples: [["count_distinctif(x, x > 1)", 1]] },
  dcount: { sql: (call) => `count(DISTINCT ${argAt(call, 0).sql})`, examples: [["dcount(x)", 2], ["dcount(s)", 3]], differs: "it is exact, where Kusto estimates large numbers of values" },
  dcountif: { sql: (call) => `count(DISTINCT ${argAt(call, 0).sql})${where(call, 1)}`, examples: [["dcountif(x, x > 1)", 1]], differs: "it is exact, where Kusto estimates large numbers of values" },
  sum: { sql: (call) => sumSql(call, ""), examples: [["sum(x)", 5], ["sum(iff(x == 1, long(null), x))", 4], ["sum(x * 1h)", "05:00:00.0000000"]] },
  sumif: { sql: (call) => sumSql(call, where(call, 1)), examples: [["sumif(x, x > 1)", 4], ["sumif(x, x > 9)", 0]] },
  avg: { sql: (call) => averageSql(call, ""), examples: [["avg(x)", 5 / 3], ["avg(long(null))", "NaN"]] },
  avgif: { sql: (call) => averageSql(call, where(call, 1)), examples: [["avgif(x, x > 1)", 2], ["avgif(x, x > 9)", "NaN"]] },
  min: { refuse: unordered, sql: (call) => extremumSql(call, "min", ""), examples: [["min(x)", 1], ["min(long(null))", null]] },
  minif: { refuse: unordered, sql: (call) => extremumSql(call, "min", where(call, 1)), examples: [["minif(x, x > 1)", 2]] },
  max: { refuse: unordered, sql: (call) => extremumSql(call, "max", ""), examples: [["max(x)", 2]] },
  maxif: { refuse: unordered, sql: (call) => extremumSql(call, "max", where(call, 1)), examples: [["maxif(x, x < 2)", 1]] },
  arg_max: { refuse: unordered, sql: (call) => argExtremumSql(call, "max"), examples: [["arg_max(x, s)", 2]] },
  arg_min: { refuse: unordered, sql: (call) => argExtremumSql(call, "min"), examples: [["arg_min(x, s)", 1]] },
  // With one column Kusto looks for a value that is not empty; with several they are of one row.
  take_any: { sql: (call) => anySql(call, ""), examples: [["take_any(x)", 1], ["take_any(iff(x == 1, '', s))", "b"]] },
  take_anyif: { sql: (call) => anySql({ ...call, args: call.args.slice(0, 1) }, where(call, 1)), examples: [["take_anyif(s, x > 1)", "b"]] },
  binary_all_and: { sql: (call) => bitsSql(call, "bit_and"), examples: [["binary_all_and(x)", 0]] },
  binary_all_or: { sql: (call) => bitsSql(call, "bit_or"), examples: [["binary_all_or(x)", 3]] },
  binary_all_xor: { sql: (call) => bitsSql(call, "bit_xor"), examples: [["binary_all_xor(x)", 1]] },
};

/** The clause that keeps the rows for which the argument at `index` is true. */
export function where(call: SqlCall, index: number): string {
  return ` FILTER (WHERE ${castSql(argAt(call, index), "bool")})`;
}

function unordered(args: readonly Expr[]): string | undefined {
  return args[0]?.type === "dynamic"
    ? "has no translation for a dynamic value; convert it with `tolong()` or the like"
    : undefined;
}

/** In the type in which the argument is computed with: text and dynamic values as reals. */
function numberArg(call: SqlCall): SqlArg {
  const value = argAt(call, 0);
  if (value.type !== "dynamic" && value.type !== "string") return value;
  return { ...value, sql: castSql(value, "real"), type: "real" };
}

function sumSql(call: SqlCall, filter: string): string {
  const { sql, type } = numberArg(call);
  if (type === "decimal") return decimalSumSql(sql, filter);
  const sum = `coalesce(sum(${sql})${filter}, 0)`;
  const isWide = type === "real";
  return `CAST(${isWide ? sum : `kql_wrap(${sum})`} AS ${sqlTypes[call.type]})`;
}

/** DuckDB throws where the sum leaves the range of a decimal: large ones are added as reals. */
function decimalSumSql(sql: string, filter: string): string {
  const isSmall = `abs(${sql}) < 100000000000000`;
  const small = `sum(CASE WHEN ${isSmall} THEN ${sql} END)${filter}`;
  const large = `sum(CASE WHEN NOT ${isSmall} THEN CAST(${sql} AS DOUBLE) END)${filter}`;
  const both = `coalesce(CAST(${small} AS DOUBLE), 0) + ${large}`;
  return `CASE WHEN ${large} IS NULL THEN coalesce(CAST(${small} AS DECIMAL(38,18)), 0) ELSE TRY_CAST(${both} AS DECIMAL(38,18)) END`;
}

function averageSql(call: SqlCall, filter: string): string {
  const { sql, type } = numberArg(call);
  const count = `nullif(count(${sql})${filter}, 0)`;
  if (type === "datetime" || type === "timespan") {
    return `CAST(sum(${sql})${filter} // ${count} AS BIGINT)`;
  }
  // The sum wraps around before it is divided, as `sum()` does.
  const sum =
    type === "int" || type === "long"
      ? `kql_wrap(sum(${sql})${filter})`
      : `sum(CAST(${sql} AS DOUBLE))${filter}`;
  const average = `coalesce(CAST(${sum} AS DOUBLE) / ${count}, CAST('NaN' AS DOUBLE))`;
  return call.type === "decimal"
    ? `TRY_CAST(CAST(${average} AS VARCHAR) AS DECIMAL(38,18))`
    : average;
}

function extremumSql(call: SqlCall, which: "min" | "max", filter: string): string {
  const { sql, type } = argAt(call, 0);
  const extremum = `${which}(${sql})${filter}`;
  if (type === "string") return `coalesce(${extremum}, '')`;
  // DuckDB takes NaN for the greatest number, Kusto for the extreme of both kinds.
  if (type !== "real" || which === "max") return extremum;
  return `CASE WHEN max(${sql})${filter} = CAST('NaN' AS DOUBLE) THEN CAST('NaN' AS DOUBLE) ELSE ${extremum} END`;
}

/** The second argument's value in the row that has the extreme of the first; of any row where that is always null. */
function argExtremumSql(call: SqlCall, which: "min" | "max"): string {
  const extreme = argAt(call, 0);
  const value = call.args[1] ?? extreme;
  if (extreme.sql === value.sql) return extremumSql(call, which, "");
  if (extreme.type === "datetime") {
    const chosen = argDatetimeSql(call.name, value.sql, extreme.sql);
    return value.type === "string" ? `coalesce(${chosen}, '')` : chosen;
  }
  const found = `arg_${which}_null(${value.sql}, ${extreme.sql})`;
  const isNan = `isnan(${extreme.sql})`;
  const first =
    which === "min" && extreme.type === "real"
      ? `WHEN bool_or(${isNan}) THEN first(${value.sql}) FILTER (WHERE ${isNan}) `
      : "";
  // Text is never null, so that there is always an extreme.
  const chosen =
    extreme.type === "string"
      ? found
      : `CASE ${first}WHEN count(${extreme.sql}) = 0 THEN first(${value.sql}) ELSE ${found} END`;
  return value.type === "string" ? `coalesce(${chosen}, '')` : chosen;
}

/** The value in the row with the extreme datetime, as `arg_max` or `arg_min`. No datetime is as small or as great as what stands for null. */
export function argDatetimeSql(name: string, value: string, datetime: string): string {
  const none = name === "arg_max" ? "-1" : "9223372036854775807";
  return `${name}_null(${value}, coalesce(${datetime}, ${none}))`;
}

function anySql(call: SqlCall, filter: string): string {
  const { sql, type } = argAt(call, 0);
  const isOneOfSeveral = call.args.length > 1;
  if (type === "string") {
    const any = isOneOfSeveral ? `first(${sql})` : `any_value(nullif(${sql}, ''))`;
    return `coalesce(${any}${filter}, '')`;
  }
  return `${isOneOfSeveral ? "first" : "any_value"}(${sql})${filter}`;
}

function bitsSql(call: SqlCall, name: string): string {
  return `coalesce(${name}(${castSql(argAt(call, 0), "long")}), 0)`;
}
