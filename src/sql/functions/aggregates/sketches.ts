import type { Expr } from "../../../plan/ir/types.ts";
import { argAt, jsonAt, longAt } from "../../expressions/args.ts";
import { castSql } from "../../expressions/cast.ts";
import { literalNumber } from "../../expressions/literals.ts";
import { stringLiteral } from "../../text/quote.ts";
import type { AggregateFunction, FunctionTable, ScalarFunction, SqlCall } from "../../types.ts";
import { where } from "./basic-aggregates.ts";

const estimated = "it is exact, where Kusto estimates; the value itself is not shown";

/**
 * `hll` and `tdigest` keep all their values: what is asked of them then is exact. The plan sees to it that nothing but
 * the functions for them reads them.
 */
// oxfmt-ignore
export const sketches: { readonly scalars: FunctionTable<ScalarFunction>; readonly aggregates: FunctionTable<AggregateFunction> } = {
  aggregates: {
    hll: { refuse: (args) => badValue(args), sql: (call) => distinctSql(valueSql(call), ""), examples: [["dcount_hll(hll(x))", 2], ["dcount_hll(hll(s, 4))", 3]], differs: estimated },
    hll_if: { refuse: (args) => badValue(args), sql: (call) => distinctSql(valueSql(call), where(call, 1)), examples: [["dcount_hll(hll_if(x, x > 1))", 1]], differs: estimated },
    hll_merge: { sql: (call) => distinctSql(innerSql(call), ""), examples: [["dcount_hll(hll(x))", 2]], differs: estimated },
    tdigest: { refuse: (args) => badNumber(args), sql: (call) => listSql(weightedSql(call)), examples: [["percentile_tdigest(tdigest(x), 50)", 2], ["percentile_tdigest(tdigest(x, 10 - 4 * x), 60)", 1]], differs: estimated },
    tdigest_merge: { sql: (call) => listSql(innerSql(call)), examples: [["percentile_tdigest(tdigest(x), 0)", 1]], differs: estimated },
    merge_tdigest: { sql: (call) => listSql(innerSql(call)), examples: [["percentile_tdigest(tdigest(x), 100)", 2]], differs: estimated },
  },
  scalars: {
    dcount_hll: { sql: (call) => `kql_sketch_size(${jsonAt(call, 0)})`, examples: [["toscalar(range x from 1 to 5 step 1 | summarize h = hll(x % 3) | project dcount_hll(h))", 3]], differs: estimated },
    percentile_tdigest: { refuse: badRanks, sql: (call) => percentileSql(call), examples: [["toscalar(range x from 1 to 5 step 1 | summarize t = tdigest(x) | project percentile_tdigest(t, 50, typeof(long)))", 3]], differs: estimated },
    percentiles_array_tdigest: { refuse: badRanks, sql: (call) => `kql_tdigest_percentiles(${jsonAt(call, 0)}, '[${ranksOf(call.args.map(({ expr }) => expr)).join(", ")}]')`, examples: [["toscalar(range x from 1 to 5 step 1 | summarize t = tdigest(x) | project percentiles_array_tdigest(t, 20, 100))", [1, 5]]], differs: estimated },
    "$hll-merge": { sql: (call) => `kql_array_distinct(${mergedSql(call)}, ${most})`, examples: [["", null]] },
    "$tdigest-merge": { sql: (call) => mergedSql(call), examples: [["", null]] },
    "$hll-intersect": { sql: "kql_set_intersect('[' || $1 || ',' || $2 || ']')", examples: [["", null]] },
    "$unseen": { sql: "kql_unseen($1)", examples: [["", null]] },
  },
};

const most = Number.MAX_SAFE_INTEGER;

/** The values of a call as JSON, those that are null left out. */
function valueSql(call: SqlCall): string {
  return castSql(argAt(call, 0), "dynamic");
}

/** The elements of an array as they are written. */
function innerSql(call: SqlCall): string {
  return `substr(${jsonAt(call, 0)}, 2, length(${jsonAt(call, 0)}) - 2)`;
}

/** A number and its weight; those without either, and those that weigh nothing, are left out. */
function weightedSql(call: SqlCall): string {
  const weight = call.args.length > 1 ? longAt(call, 1) : "CAST(1 AS BIGINT)";
  return `(${valueSql(call)} || ',' || CAST(nullif(greatest(${weight}, 0), 0) AS VARCHAR))`;
}

/** Of no rows there is no such value. */
function listSql(element: string): string {
  return `CASE WHEN count(*) = 0 THEN NULL ELSE '[' || coalesce(string_agg(nullif(${element}, ''), ','), '') || ']' END`;
}

function distinctSql(element: string, filter: string): string {
  return `CASE WHEN count(*) = 0 THEN NULL ELSE kql_array_distinct('[' || coalesce(string_agg(nullif(${element}, ''), ',')${filter}, '') || ']', ${most}) END`;
}

/** All of several in one. */
function mergedSql(call: SqlCall): string {
  const inner = call.args.map(
    (_, at) => `nullif(${innerSql({ ...call, args: call.args.slice(at) })}, '')`,
  );
  return `('[' || array_to_string([${inner.join(", ")}], ',') || ']')`;
}

function badValue([value]: readonly Expr[]): string | undefined {
  return value?.type === "dynamic" ? "has no translation for this type" : undefined;
}

const numeric: ReadonlySet<string> = new Set(["int", "long", "real"]);

function badNumber([value]: readonly Expr[]): string | undefined {
  return value !== undefined && numeric.has(value.type) ? undefined : "has no translation for this type"; // oxfmt-ignore
}

function badRanks(args: readonly Expr[]): string | undefined {
  const ranks = ranksOf(args);
  const isRank = (rank: number): boolean => rank >= 0 && rank <= 100;
  return ranks.length > 0 && ranks.every(isRank)
    ? undefined
    : "has no translation unless its ranks are constants from 0 to 100";
}

/** The ranks behind the digest; one that is no constant is not a number. */
function ranksOf([, ...ranks]: readonly Expr[]): readonly number[] {
  return ranks
    .filter((rank) => rank.kind !== "literal" || rank.type !== "string")
    .flatMap((rank): readonly number[] => {
      if (rank.kind !== "literal" || rank.type !== "dynamic") return [literalNumber(rank) ?? NaN];
      // The type that is asked for.
      if (!String(rank.value).startsWith("[")) return [];
      const values: unknown = JSON.parse(String(rank.value));
      return Array.isArray(values) ? values.map(Number) : [NaN];
    });
}

function percentileSql(call: SqlCall): string {
  const [rank = 0] = ranksOf(call.args.map(({ expr }) => expr));
  const sql = `kql_tdigest_percentile(${jsonAt(call, 0)}, ${stringLiteral(String(rank))})`;
  return castSql({ ...argAt(call, 0), sql, type: "dynamic" }, call.type);
}
