import type { Program } from "../plan/ir/types.ts";
import { bindingName } from "./text/identifiers.ts";
import { relSql } from "./rel.ts";
import type { SqlContext, SqlSetting } from "./types.ts";

/** One SQL statement that gives the rows of `program`. */
export function programSql(program: Program, setting: SqlSetting): string {
  const context: SqlContext = { ...setting, relSql };
  const bindings = program.bindings.map(({ name, rel, materialized }) => {
    // DuckDB would choose for itself; KQL says which tables are to be evaluated once.
    const hint = materialized ? "MATERIALIZED" : "NOT MATERIALIZED";
    return `${bindingName(name)} AS ${hint} (\n${relSql(rel, context)}\n)`;
  });
  const body = relSql(program.body, context);
  return bindings.length === 0 ? body : `WITH ${bindings.join(",\n")}\n${body}`;
}
