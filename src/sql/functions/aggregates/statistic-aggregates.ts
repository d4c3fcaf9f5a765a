import type { Expr } from "../../../plan/ir/types.ts";
import { argAt, longAt } from "../../expressions/args.ts";
import { castSql } from "../../expressions/cast.ts";
import { literalNumber } from "../../expressions/literals.ts";
import { sqlTypes, type AggregateFunction, type FunctionTable, type SqlCall } from "../../types.ts";
import { where } from "./basic-aggregates.ts";

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
  percentiles_array: { refuse: badPercentile, sql: (call) => percentilesSql(call, 1), examples: [["percentiles_array(x, 0, 50, 100)", [1, 2, 2]], ["percentiles_array(x, dynamic([0, 100]))", [1, 2]]], differs: estimated },
  percentilew: { refuse: badWeighted, sql: (call) => percentileSql(call, 2), examples: [["percentilew(x, 4 - x, 50)", 2], ["percentilew(x, 10 - 4 * x, 60)", 1], ["percentilew(x, 0, 50)", null]], differs: estimated },
  percentilesw_array: { refuse: badWeighted, sql: (call) => percentilesSql(call, 2), examples: [["percentilesw_array(x, 10 - 4 * x, 50, 90)", [1, 2]]], differs: estimated },
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
  const numbers = ranks.map(ranksOf);
  const isRank = (rank: number): boolean => rank >= 0 && rank <= 100;
  return numbers.every((each) => each?.every(isRank) === true)
    ? undefined
    : "has no translation unless its ranks are constants from 0 to 100";
}

function badWeighted([value, , ...ranks]: readonly Expr[]): string | undefined {
  return badPercentile(value === undefined ? ranks : [value, ...ranks]);
}

/** The numbers of a constant, or of an array of them; undefined where it is neither. */
function ranksOf(expr: Expr): readonly number[] | undefined {
  const number = literalNumber(expr);
  if (number !== undefined) return [number];
  if (expr.kind !== "literal" || expr.type !== "dynamic") return undefined;
  const array: unknown = JSON.parse(String(expr.value));
  const isNumbers = (values: unknown): values is readonly number[] =>
    Array.isArray(values) && values.every((each) => typeof each === "number");
  return isNumbers(array) ? array : undefined;
}

/** The percentile whose rank is the argument at `index`; weights stand in front of the ranks that follow them. */
function percentileSql(call: SqlCall, index: number): string {
  const [rank = 0] = ranksOf(argAt(call, index).expr) ?? [];
  return rankSql(call, rank, index > 1 ? longAt(call, 1) : undefined);
}

function rankSql(call: SqlCall, rank: number, weight: string | undefined): string {
  const { sql, type } = argAt(call, 0);
  const found =
    weight === undefined
      ? `quantile_disc(${sql}, ${rank / 100})`
      : weightedSql(sql, weight, rank / 100);
  return `CAST(${found} AS ${sqlTypes[call.type === "dynamic" ? type : call.type]})`;
}

/** As if each value stood there as often as its weight says: the first up to which there are as many as the rank asks for. */
function weightedSql(value: string, weight: string, rank: number): string {
  const filter = `FILTER (WHERE ${value} IS NOT NULL AND ${weight} > 0)`;
  const pairs = `list({v: ${value}, w: CAST(${weight} AS HUGEINT)} ORDER BY ${value}) ${filter}`;
  // Rounded, so that 7 % of 100 are 7.
  const wanted = `greatest(1, ceil(round(sum(${weight}) ${filter} * CAST(${rank} AS DOUBLE), 6)))`;
  return `list_reduce(${pairs}, lambda a, e: CASE WHEN a.w >= ${wanted} THEN a ELSE {v: e.v, w: a.w + e.w} END).v`;
}

function percentilesSql(call: SqlCall, from: number): string {
  const { type } = argAt(call, 0);
  const weight = from > 1 ? longAt(call, 1) : undefined;
  const ranks = call.args.slice(from).flatMap(({ expr }) => ranksOf(expr) ?? []);
  const elements = ranks.map((rank) => {
    const sql = rankSql(call, rank, weight);
    return `coalesce(${castSql({ ...argAt(call, 0), sql, type }, "dynamic")}, 'null')`;
  });
  return `('[' || ${elements.join(" || ',' || ")} || ']')`;
}
