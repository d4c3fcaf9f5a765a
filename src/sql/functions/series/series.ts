import type { Expr } from "../../../plan/ir/types.ts";
import { argAt, jsonAt, literalAt, longAt } from "../../expressions/args.ts";
import { castSql } from "../../expressions/cast.ts";
import { stringLiteral } from "../../text/quote.ts";
import type { Example, FunctionTable, ScalarFunction, SqlCall } from "../../types.ts";

/** Functions of series. What an element that is no number gives is refused where neither documentation nor a cluster's answer says it. */
// oxfmt-ignore
export const seriesFunctions: FunctionTable<ScalarFunction> = {
  series_add: binary("add", [["series_add(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", [5, 4, 5]]]),
  series_subtract: binary("subtract", [["series_subtract(dynamic([1, 2, 4]), dynamic([4, 2]))", [-3, 0, null]]]),
  series_multiply: binary("multiply", [["series_multiply(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", [4, 4, 4]], ["series_multiply(10, dynamic([1, null]))", [10, null]]]),
  series_divide: binary("divide", [["series_divide(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", [0.25, 1, 4]]]),
  series_pow: binary("pow", [["series_pow(dynamic([1, 2, 3, 4]), dynamic([1, 2, 3, 0.5]))", [1, 4, 27, 2]]]),
  series_greater: binary("greater", [["series_greater(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", [false, false, true]]]),
  series_greater_equals: binary("greater_equals", [["series_greater_equals(dynamic([1, 2, 4]), 2)", [false, true, true]]]),
  series_less: binary("less", [["series_less(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", [true, false, false]]]),
  series_less_equals: binary("less_equals", [["series_less_equals(dynamic([1, 2, 4]), 2)", [true, true, false]]]),
  series_equals: binary("equals", [["series_equals(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", [false, true, false]]]),
  series_not_equals: binary("not_equals", [["series_not_equals(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", [true, false, true]]]),
  series_abs: unary("abs", [["series_abs(dynamic([-6.5, 0, 8.2]))", [6.5, 0, 8.2]]]),
  series_acos: unary("acos", [["series_acos(dynamic([-1, 0, 1]))", [Math.PI, Math.PI / 2, 0]]]),
  series_asin: unary("asin", [["series_asin(dynamic([-1, 0, 1]))", [-Math.PI / 2, 0, Math.PI / 2]]]),
  series_atan: unary("atan", [["series_atan(dynamic([-1, 0, 1]))", [-0.7853981633974483, 0, 0.7853981633974483]]]),
  series_ceiling: unary("ceiling", [["series_ceiling(dynamic([-1.5, 1, 2.5]))", [-1, 1, 3]]]),
  series_cos: unary("cos", [["series_cos(dynamic([-1, 0, 1]))", [0.5403023058681398, 1, 0.5403023058681398]]]),
  series_exp: unary("exp", [["series_exp(dynamic([0, 1]))", [1, Math.E]]]),
  series_floor: unary("floor", [["series_floor(dynamic([-1.5, 1, 2.5]))", [-2, 1, 2]]]),
  series_log: unary("log", [["series_log(dynamic([1, 2, 3]))", [0, Math.LN2, 1.0986122886681098]]]),
  series_sign: unary("sign", [["series_sign(dynamic([-6, 0, 8]))", [-1, 0, 1]]]),
  series_sin: unary("sin", [["series_sin(dynamic([-1, 0, 1]))", [-0.8414709848078965, 0, 0.8414709848078965]]]),
  series_tan: unary("tan", [["series_tan(dynamic([-1, 0, 1]))", [-1.5574077246549023, 0, 1.5574077246549023]]]),
  series_fill_forward: { sql: (call) => `kql_series_fill_forward(${jsonAt(call, 0)}, ${optionalJson(call, 1)})`, examples: [["series_fill_forward(dynamic([null, null, 36, 41, null, null, 16, null]))", [null, null, 36, 41, 41, 41, 16, 16]]] },
  series_fill_backward: { sql: (call) => `kql_series_fill_backward(${jsonAt(call, 0)}, ${optionalJson(call, 1)})`, examples: [["series_fill_backward(dynamic([111, null, 36, 41, null, null, 16, null]))", [111, 36, 36, 41, 16, 16, 16, null]]] },
  series_fill_const: { sql: (call) => `kql_series_fill_const(${jsonAt(call, 0)}, ${jsonAt(call, 1)}, ${optionalJson(call, 2)})`, examples: [["series_fill_const(dynamic([111, null, 36]), 0.0)", [111, 0, 36]], ["series_fill_const(dynamic([111, null, 36]), -1)", [111, -1, 36]]] },
  series_fill_linear: { sql: (call) => fillLinearSql(call), examples: [["series_fill_linear(dynamic([null, 111.0, null, 36.0, 41.0, null, null, 16.0, null]))", [111, 111, 73.5, 36, 41, 32.66666666666667, 24.333333333333336, 16, 16]], ["series_fill_linear(dynamic([null, 111, null, 36, 41, null, null, 16, null]), double(null), false)", [null, 111, 73, 36, 41, 32, 24, 16, null]], ["series_fill_linear(dynamic([null, null]), double(null), true, 2.5)", [2.5, 2.5]]] },
  series_fir: { sql: (call) => firSql(call), examples: [["series_fir(dynamic([5, 15, 10, 20]), dynamic([1, -1]), false, false)", [5, 10, -5, 10]], ["series_fir(dynamic([0, 10, 20, 30]), dynamic([1, 1]))", [0, 5, 15, 25]]] },
  series_iir: { sql: (call) => `kql_series_iir(${[0, 1, 2].map((at) => jsonAt(call, at)).join(", ")})`, examples: [["series_iir(dynamic([0, 1, 2, 3, 4]), dynamic([1]), dynamic([1, -1]))", [0, 1, 3, 6, 10]]] },
  series_sum: { sql: (call) => `kql_series_sum(${jsonAt(call, 0)})`, examples: [["series_sum(dynamic([1, 2, 3, 4]))", 10]] },
  series_product: { sql: (call) => `kql_series_product(${jsonAt(call, 0)})`, examples: [["series_product(dynamic([1, 2, 3, 4]))", 24]] },
  series_magnitude: { sql: (call) => `kql_series_magnitude(${jsonAt(call, 0)})`, examples: [["series_magnitude(dynamic([1, 2, 3, 4]))", 5.477225575051661]] },
  series_dot_product: { refuse: otherThanSeries, sql: (call) => `kql_series_dot_product(${jsonAt(call, 0)}, ${jsonAt(call, 1)})`, examples: [["series_dot_product(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", 12]] },
  series_cosine_similarity: { sql: (call) => cosineSql(call), examples: [["series_cosine_similarity(dynamic([0.1, 0.2, 0.1, 0.2]), dynamic([1, 2, 3, 4]))", 0.9237604307034012]] },
  series_pearson_correlation: { sql: (call) => `kql_series_pearson_correlation(${jsonAt(call, 0)}, ${jsonAt(call, 1)})`, examples: [["series_pearson_correlation(dynamic([1, 2, 3, 4, 5]), dynamic([2, 4, 6, 8, 10]))", 1], ["series_pearson_correlation(dynamic([1, 2]), dynamic([2, 4, 6]))", null]] },
  series_seasonal: { refuse: unknownPeriod, sql: (call) => `kql_series_seasonal(${jsonAt(call, 0)}, ${longAt(call, 1)})`, examples: [["series_seasonal(dynamic([1, 3, 5, 1, 3, 5, 2, 4, 6]), 3)", [1, 3, 5, 1, 3, 5, 1, 3, 5]], ["series_seasonal(dynamic([1, 3, 5, 2, 4, 6, 1, 3, 5, 2, 4, 6]), 3)", [1.5, 3.5, 5.5, 1.5, 3.5, 5.5, 1.5, 3.5, 5.5, 1.5, 3.5, 5.5]]] },
  series_outliers: { refuse: unknownFence, sql: (call) => outliersSql(call), examples: [["series_outliers(dynamic([-3, 2.4, 15, 3.9, 5, 6, 4.5, 5.2, 3, 4, 5, 16, 7, 5, 5, 4]))", [-1.9040785483608571, -0.10021466044004519, 1.3361954725339347, 0, 0, 0, 0, 0, 0, 0, 0, 1.6702443406674186, 0, 0, 0, 0]]] },
  series_stats: { sql: (call) => namedSql(call, statistics, (name) => statisticSql(call, name, 1)), examples: [["toscalar(print (a, b, c, d, e, f, g) = series_stats(dynamic([23, 46, 23, 87, 4, 8, 3, 75, 2, 56, 13, 75, 32, 16, 29])) | project pack_array(a, b, c, d, e, f, g))", [2, 8, 87, 3, 32.8, 28.5036338535483, 812.457142857143]]] },
  series_stats_dynamic: { sql: (call) => bagSql([...statistics, "sum", "len"], (name) => statisticSql(call, name, 0)), examples: [["series_stats_dynamic(dynamic([23, 46, 23, 87, 4, 8, 3, 75, 2, 56, 13, 75, 32, 16, 29]))", { min: 2, min_idx: 8, max: 87, max_idx: 3, avg: 32.8, stdev: 28.503633853548269, variance: 812.45714285714291, sum: 492, len: 15 }]] },
  series_fit_line: { sql: (call) => namedSql(call, lineValues, (name) => lineSql(call, name, 1)), examples: [["toscalar(print (a, b, c, d, e) = series_fit_line(dynamic([2, 5, 6, 8, 11, 15, 17, 18, 25, 26, 30, 30])) | project pack_array(a, b, c, d, e))", [0.982900731, 2.73076923, 98.6287879, 1.68648019, -1.66666667]]] },
  series_fit_line_dynamic: { sql: (call) => bagSql(lineValues, (name) => lineSql(call, name, 0)), examples: [["series_fit_line_dynamic(dynamic([1, 3, 5]))", { rsquare: 1, slope: 2, variance: 4, rvariance: 0, interception: -1, line_fit: [1, 3, 5] }]] },
};

/** The values of `series_stats` in the order of its columns. */
const statistics = ["min", "min_idx", "max", "max_idx", "avg", "stdev", "variance"] as const;

/** The values of `series_fit_line` in the order of its columns. */
const lineValues = [
  "rsquare",
  "slope",
  "variance",
  "rvariance",
  "interception",
  "line_fit",
] as const;

function binary(name: string, examples: readonly [Example, ...Example[]]): ScalarFunction {
  return {
    sql: (call) =>
      `kql_series_binary(${stringLiteral(name)}, ${jsonAt(call, 0)}, ${jsonAt(call, 1)})`,
    examples,
  };
}

function unary(name: string, examples: readonly [Example, ...Example[]]): ScalarFunction {
  return {
    sql: (call) => `kql_series_unary(${stringLiteral(name)}, ${jsonAt(call, 0)})`,
    examples,
  };
}

/** An argument that may be left out, as JSON; what is null is `null` and not SQL's null. */
function optionalJson(call: SqlCall, index: number, fallback = "null"): string {
  return call.args[index] === undefined
    ? stringLiteral(fallback)
    : `coalesce(${jsonAt(call, index)}, 'null')`;
}

function fillLinearSql(call: SqlCall): string {
  const options = `'[' || ${optionalJson(call, 2, "true")} || ',' || ${optionalJson(call, 3, "0")} || ']'`;
  return `kql_series_fill_linear(${jsonAt(call, 0)}, ${optionalJson(call, 1)}, ${options})`;
}

function firSql(call: SqlCall): string {
  const options = `'[' || ${optionalJson(call, 2)} || ',' || ${optionalJson(call, 3, "false")} || ']'`;
  return `kql_series_fir(${jsonAt(call, 0)}, ${jsonAt(call, 1)}, ${options})`;
}

function otherThanSeries(args: readonly Expr[]): string | undefined {
  return args.every(({ type }) => type === "dynamic")
    ? undefined
    : "has no translation for a number in place of a series";
}

function cosineSql(call: SqlCall): string {
  const [left, right] = [jsonAt(call, 0), jsonAt(call, 1)];
  const magnitude = (at: number, series: string): string =>
    call.args[at] === undefined
      ? `kql_series_magnitude(${series})`
      : castSql(argAt(call, at), "real");
  return `(kql_series_dot_product(${left}, ${right}) / (${magnitude(2, left)} * ${magnitude(3, right)}))`;
}

function unknownPeriod([, period, points]: readonly Expr[]): string | undefined {
  const written = period?.kind === "literal" && /^[1-9]\d*$/.test(String(period.value));
  return written && points === undefined
    ? undefined
    : "has a translation with a written period alone: how Kusto detects one is not documented";
}

function unknownFence([, kind, , ...percentiles]: readonly Expr[]): string | undefined {
  if (percentiles.length > 0) return "has no translation for percentiles other than its own";
  const written = kind?.kind === "literal" ? kind.value : undefined;
  return kind === undefined || written === "tukey" || written === "ctukey"
    ? undefined
    : "has a translation for `tukey` and `ctukey` alone";
}

function outliersSql(call: SqlCall): string {
  const kind = call.args[1] === undefined ? "ctukey" : literalAt(call, 1);
  return `kql_series_outliers(${stringLiteral(kind ?? "")}, ${jsonAt(call, 0)}, ${optionalJson(call, 2)})`;
}

/** The value of one column of a function that gives several: the first argument says which. */
function namedSql(call: SqlCall, names: readonly string[], sql: (name: string) => string): string {
  const name = names[Number(literalAt(call, 0))];
  if (name === undefined) throw new Error(`${call.name} has no such column`);
  return sql(name);
}

function bagSql(names: readonly string[], sql: (name: string) => string): string {
  const members = names.map((name) => `'"${name}":' || ${sql(name)}`);
  return `('{' || ${members.join(" || ',' || ")} || '}')`;
}

function statisticSql(call: SqlCall, name: string, at: number): string {
  const ignores = call.args[at + 1];
  const flag = ignores === undefined ? "false" : castSql(ignores, "bool");
  return `kql_series_stats(${stringLiteral(name)}, ${jsonAt(call, at)}, ${flag})`;
}

function lineSql(call: SqlCall, name: string, at: number): string {
  return `kql_series_fit_line(${stringLiteral(name)}, ${jsonAt(call, at)})`;
}
