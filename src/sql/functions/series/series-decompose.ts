import { argAt, jsonAt, longAt, textAt } from "../../expressions/args.ts";
import { castSql } from "../../expressions/cast.ts";
import type { FunctionTable, ScalarFunction, SqlCall } from "../../types.ts";

const undetected =
  "exact with a given period, or with 0 for none; one that has to be detected is refused, but in series of fewer than 8 points, which have none";

/** Decomposition of series. An answer of several columns is one array of them. */
// oxfmt-ignore
export const seriesDecompositions: FunctionTable<ScalarFunction> = {
  series_decompose: { sql: (call) => decomposeSql(call, { period: 1, trend: 2, test: 3 }), examples: [["toscalar(print (a, b, c, d) = series_decompose(dynamic([1, 3, 1, 3, 2, 4]), 2) | project pack_array(a, b, c, d))", [[1.3333333333333333, 3.3333333333333335, 1.3333333333333333, 3.3333333333333335, 1.3333333333333333, 3.3333333333333335], [1, 3, 1, 3, 1, 3], [0.3333333333333333, 0.3333333333333333, 0.3333333333333333, 0.3333333333333333, 0.3333333333333333, 0.3333333333333333], [-0.33333333333333326, -0.3333333333333335, -0.33333333333333326, -0.3333333333333335, 0.6666666666666667, 0.6666666666666665]]]], differs: undetected },
  series_decompose_forecast: { sql: (call) => decomposeSql(call, { test: 1, period: 2, trend: 3 }), examples: [["toscalar(print (a, b) = series_decompose_forecast(dynamic([1, 2, 3, 0, 0]), 2, 0, 'linefit') | project a)", [1, 2, 3, 4, 5]]], differs: undetected },
  series_decompose_anomalies: { sql: (call) => anomaliesSql(call), examples: [["toscalar(print (a, b, c) = series_decompose_anomalies(dynamic([1, 2, 1, 2, 1, 9, 2, 1]), 1.5, 0) | project a)", [0, 0, 0, 0, 0, 1, 0, 0]], ["toscalar(print (a, b, c) = series_decompose_anomalies(dynamic([5, 5, 5])) | project pack_array(a, c))", [[0, 0, 0], [5, 5, 5]]]], differs: `${undetected}; and so are test points` },
};

/** Where the arguments of a call stand that tell what is in the series. */
interface Places {
  readonly period: number;
  readonly trend: number;
  readonly test: number;
}

function trendSql(call: SqlCall, at: number): string {
  return call.args[at] === undefined ? "'avg'" : textAt(call, at);
}

function decomposeSql(call: SqlCall, { period, trend, test }: Places): string {
  const model = [longAt(call, period, -1), trendSql(call, trend), longAt(call, test, 0)];
  return `kql_series_decompose(${jsonAt(call, 0)}, ${model.join(", ")})`;
}

function anomaliesSql(call: SqlCall): string {
  const threshold = call.args[1] === undefined ? "1.5" : castSql(argAt(call, 1), "real");
  const method = call.args[5] === undefined ? "'ctukey'" : textAt(call, 5);
  const options = `json_object('threshold', ${threshold}, 'period', ${longAt(call, 2, -1)}, 'trend', ${trendSql(call, 3)}, 'test', ${longAt(call, 4, 0)})`;
  return `kql_series_anomalies(${jsonAt(call, 0)}, ${method}, CAST(${options} AS VARCHAR))`;
}
