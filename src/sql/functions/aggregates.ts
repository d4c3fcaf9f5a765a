import { castSql } from "../cast.ts";
import type { AggregateFunction, FunctionTable, SqlArg, SqlCall } from "../types.ts";

function arg(call: SqlCall, index: number): SqlArg {
  const found = call.args[index];
  if (found === undefined) throw new Error(`${call.name} was called without argument ${index + 1}`);
  return found;
}

/** Aggregates. `examples` are over the rows `datatable(x:long, s:string)[1, "a", 2, "b", 2, ""]`. */
// oxfmt-ignore
export const basicAggregates: FunctionTable<AggregateFunction> = {
  count: { sql: "count(*)", examples: [["count()", 3]] },
  countif: { sql: (call) => `count(*) FILTER (WHERE ${castSql(arg(call, 0), "bool")})`, examples: [["countif(x > 1)", 2]] },
  min: { sql: "min($1)", examples: [["min(x)", 1]] },
  max: { sql: "max($1)", examples: [["max(x)", 2]] },
  arg_max: { sql: (call) => extremeSql(call, "max"), examples: [["arg_max(x, s)", 2]] },
  arg_min: { sql: (call) => extremeSql(call, "min"), examples: [["arg_min(x, s)", 1]] },
};

/** The second argument's value in the row that has the extreme of the first. */
function extremeSql(call: SqlCall, which: "min" | "max"): string {
  const [extreme, value] = [arg(call, 0), arg(call, 1)];
  if (extreme.sql === value.sql) return `${which}(${extreme.sql})`;
  return `arg_${which}_null(${value.sql}, ${extreme.sql})`;
}
