import { argAt } from "../expressions/args.ts";
import { castSql } from "../expressions/cast.ts";
import type { FunctionTable, ScalarFunction, SqlCall } from "../types.ts";

const differs =
  "seeded: the value depends on the instant of the run, the place of the call and the row's number";

/** Functions that draw. Their first arguments are the place of the call and the row's number, which the plan adds. */
// oxfmt-ignore
export const randomFunctions: FunctionTable<ScalarFunction> = {
  rand: { sql: (call) => randSql(call), differs, examples: [["rand() < 1", true], ["rand(1)", 0]] },
  new_guid: { sql: (call) => `kql_new_guid(${keySql(call)})`, differs, examples: [["gettype(new_guid())", "guid"], ["strlen(tostring(new_guid()))", 36]] },
};

/** What a draw depends on. */
function keySql(call: SqlCall): string {
  return `concat_ws(' ', ${call.context.now}, ${argAt(call, 0).sql}, ${argAt(call, 1).sql})`;
}

function randSql(call: SqlCall): string {
  const uniform = `kql_uniform(${keySql(call)})`;
  const count = call.args[2];
  return count === undefined ? uniform : `floor(${uniform} * ${castSql(count, "real")})`;
}
