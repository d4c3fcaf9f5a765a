import type { Expr } from "../../plan/types.ts";
import { argAt } from "../args.ts";
import { castSql } from "../cast.ts";
import { literalNumber } from "../literals.ts";
import { sqlTypes, type AggregateFunction, type FunctionTable, type SqlCall } from "../types.ts";
import { where } from "./aggregates.ts";

const estimated = "it is exact, where Kusto estimates from many values";

/** Variance and its root, and percentiles. */
// oxfmt-ignore
export const statisticAggregates: FunctionTable<AggregateFunction> = {
  variance: { sql: (call) => varianceSql(call, "var_samp", ""), examples: [["variance(x)", 0.3333333333]] },
  varianceif: { sql: (call) => varianceSql(call, "var_samp", where(call, 1)), examples: [["varianceif(x, x > 1)", 0]] },
  variancep: { sql: (call) => varianceSql(call, "var_pop", ""), examples: [["variancep(x)", 0.2222222222]] },
  variancepif: { sql: (call) => varianceSql(call, "var_pop", where(call, 1)), examples: [["variancepif(x, x > 1)", 0]] },
  stdev: { sql: (call) => `sqrt(${varianceSql(call, "var_samp", "")})`, examples: [["stdev(x)", Math.sqrt(0.3333333333)]] },
  stdevif: { sql: (call) => `sqrt(${varianceSql(call, "var_samp", where(call, 1))})`, examples: [["stdevif(x, x > 1)", 0]] },
  stdevp: { sql: (call) => `sqrt(${varianceSql(call, "var_pop", "")})`, examples: [["stdevp(x)", Math.sqrt(0.2222222222)]] },
  covariance: { sql: (call) => covarianceSql(call, "covar_samp", ""), examples: [["covariance(x, x * 2)", 0.6666666667]] },
  covarianceif: { sql: (call) => covarianceSql(call, "covar_samp", where(call, 2)), examples: [["covarianceif(x, x, x > 1)", 0]] },
  covariancep: { sql: (call) => covarianceSql(call, "covar_pop", ""), examples: [["covariancep(x, x * 2)", 0.4444444444]] },
  covariancepif: { sql: (call) => covarianceSql(call, "covar_pop", where(call, 2)), examples: [["covariancepif(x, x, x > 1)", 0]] },
  percentile: { refuse: badPercentile, sql: (call) => percentileSql(call, 1), examples: [["percentile(x, 50)", 2], ["percentile(x, 0)", 1]], differs: estimated },
  percentiles_array: { refuse: badPercentile, sql: (call) => percentilesSql(call), examples: [["percentiles_array(x, 0, 50, 100)", [1, 2, 2]]], differs: estimated },
};

/** The greatest number whose square is sure to be a number: DuckDB throws beyond it. */
const squarable = "1e150";

function varianceSql(call: SqlCall, name: string, filter: string): string {
  const x = castSql(argAt(call, 0), "real");
  const safe = `CASE WHEN abs(${x}) < ${squarable} THEN ${x} END`;
  const beyond = `NOT coalesce(abs(${x}) < ${squarable}, true)`;
  return `CASE WHEN bool_or(${beyond})${filter} THEN CAST('NaN' AS DOUBLE) ELSE kql_spread(coalesce(${name}(${safe})${filter}, 0)) END`;
}

function covarianceSql(call: SqlCall, name: string, filter: string): string {
  const [x, y] = [castSql(argAt(call, 0), "real"), castSql(argAt(call, 1), "real")];
  const isSafe = `(abs(${x}) < ${squarable} AND abs(${y}) < ${squarable})`;
  const safe = [x, y].map((side) => `CASE WHEN ${isSafe} THEN ${side} END`).join(", ");
  return `CASE WHEN bool_or(NOT coalesce(${isSafe}, true))${filter} THEN CAST('NaN' AS DOUBLE) ELSE kql_spread(coalesce(${name}(${safe})${filter}, 0)) END`;
}

function badPercentile([value, ...ranks]: readonly Expr[]): string | undefined {
  if (value?.type === "dynamic" || value?.type === "string")
    return "has no translation for this type";
  const isRank = (rank: Expr): boolean => {
    const number = literalNumber(rank);
    return number !== undefined && number >= 0 && number <= 100;
  };
  return ranks.every(isRank)
    ? undefined
    : "has no translation unless its ranks are constants from 0 to 100";
}

function percentileSql(call: SqlCall, index: number): string {
  const rank = (literalNumber(argAt(call, index).expr) ?? 0) / 100;
  return `CAST(quantile_disc(${argAt(call, 0).sql}, ${rank}) AS ${sqlTypes[call.type === "dynamic" ? argAt(call, 0).type : call.type]})`;
}

function percentilesSql(call: SqlCall): string {
  const { type } = argAt(call, 0);
  const elements = call.args.slice(1).map((_, index) => {
    const sql = percentileSql(call, index + 1);
    return `coalesce(${castSql({ ...argAt(call, 0), sql, type }, "dynamic")}, 'null')`;
  });
  return `('[' || ${elements.join(" || ',' || ")} || ']')`;
}
