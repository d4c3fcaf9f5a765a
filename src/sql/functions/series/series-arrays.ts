import { castSql } from "../../expressions/cast.ts";
import { argAt } from "../../expressions/args.ts";
import type {
  AggregateFunction,
  FunctionTable,
  ScalarFunction,
  SqlArg,
  SqlCall,
} from "../../types.ts";

/** What `make-series` computes with. The names begin with `$`, so that no query can call them. */
export const seriesArrays: {
  readonly scalars: FunctionTable<ScalarFunction>;
  readonly aggregates: FunctionTable<AggregateFunction>;
} = {
  scalars: {
    "$series-index": { sql: (call) => indexSql(call), examples: [["", null]] },
    "$series-last": { sql: (call) => lastSql(call), examples: [["", null]] },
    "$series-end": { sql: (call) => endSql(call), examples: [["", null]] },
  },
  aggregates: {
    $series: { sql: (call) => seriesSql(call), examples: [["", null]] },
    "$series-axis": { sql: (call) => axisSql(call), examples: [["", null]] },
  },
};

/** The number of the element that a value falls into: the whole steps from the origin, rounded down. */
function indexSql(call: SqlCall): string {
  const [value, origin, step] = [argAt(call, 0), argAt(call, 1), argAt(call, 2)];
  const distance = `(${value.sql} - ${origin.sql})`;
  if (isReal(value)) return `CAST(floor(${distance} / ${step.sql}) AS BIGINT)`;
  if (isPositive(step)) {
    return `(${distance} // ${step.sql} - CAST(${distance} % ${step.sql} < 0 AS BIGINT))`;
  }
  return `((${distance} - kql_mod(${distance}, ${step.sql})) // ${step.sql})`;
}

function isPositive({ expr }: SqlArg): boolean {
  return expr.kind === "literal" && Number(expr.value) > 0;
}

/** The number of the last element in front of an end, which is itself not included. */
function lastSql(call: SqlCall): string {
  const [end, origin, step] = [argAt(call, 0), argAt(call, 1), argAt(call, 2)];
  if (isReal(end)) {
    return `CAST(ceil((${end.sql} - ${origin.sql}) / ${step.sql}) - 1 AS BIGINT)`;
  }
  const before = { ...end, sql: `(${end.sql} - 1)` };
  return indexSql({ ...call, args: [before, origin, step] });
}

/** The greatest value that falls into an element. */
function endSql(call: SqlCall): string {
  const [last, origin, step] = [argAt(call, 0), argAt(call, 1), argAt(call, 2)];
  const end = `CAST(${origin.sql} AS HUGEINT) + (CAST(${last.sql} AS HUGEINT) + 1) * ${step.sql} - 1`;
  return `CAST(least(${end}, 9223372036854775807) AS BIGINT)`;
}

function isReal({ type }: SqlArg): boolean {
  return type === "real" || type === "decimal";
}

/** The first and last number of a series; where the query does not say them, those that have rows. */
function endsSql(call: SqlCall, at: number): readonly [first: string, last: string] {
  const [index, first, last] = [argAt(call, 0).sql, argAt(call, at), argAt(call, at + 1)];
  return [
    isNothing(first) ? `min(${index})` : first.sql,
    isNothing(last) ? `max(${index})` : last.sql,
  ];
}

function isNothing({ expr }: SqlArg): boolean {
  return expr.kind === "literal" && expr.value === null;
}

function seriesSql(call: SqlCall): string {
  const value = `coalesce(${castSql(argAt(call, 1), "dynamic")}, 'null')`;
  const fallback = `coalesce(${castSql(argAt(call, 2), "dynamic")}, 'null')`;
  const entries = `coalesce(string_agg(${argAt(call, 0).sql} || ' ' || ${value}, chr(10)), '')`;
  return `kql_series(${[entries, fallback, ...endsSql(call, 3)].join(", ")})`;
}

function axisSql(call: SqlCall): string {
  const [origin, step] = [argAt(call, 1), argAt(call, 2)];
  const [first, last] = endsSql(call, 3);
  const at = { ...origin, sql: `(${origin.sql} + i * ${step.sql})` };
  const values = `list_transform(range(${first}, kql_series_end(${first}, ${last})), lambda i: ${castSql(at, "dynamic")})`;
  return `'[' || array_to_string(${values}, ',') || ']'`;
}
