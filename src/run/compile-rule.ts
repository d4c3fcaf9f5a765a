import { createHash } from "node:crypto";
import { join } from "node:path";
import { columnsOf } from "../plan/ir/columns.ts";
import type { Program } from "../plan/ir/types.ts";
import type { Environment } from "../kql/bound-query.ts";
import type { Insertion } from "../kql/insertions.ts";
import type { Rule } from "../kql/rules/rule.ts";
import type { Column } from "../schema/types.ts";
import type { RuleEnvironment } from "./environments.ts";
import { buildStamp, isBuilt, readCache, writeCache } from "../project/cache/cache-file.ts";

/** A rule that is ready to run: its plan, and the columns of its rows. */
export interface CompiledRule {
  readonly program: Program;
  readonly columns: readonly Column[];
  /** The rule with the columns of its plugins written behind their calls, where they depend on data. */
  readonly recompile?: (insertions: readonly Insertion[]) => Promise<Program>;
}

export interface CompileOptions extends RuleEnvironment {
  /** Where plans are kept between runs; nothing is kept where it is absent. */
  readonly cacheDir?: string;
}

/** The plan of `rule`, from the cache where an equal text was compiled before: the parser is then not loaded at all. Throws an `InputError` for what is wrong with the KQL. */
export async function compileRule(
  rule: Rule,
  { cacheDir, environment, key }: CompileOptions,
): Promise<CompiledRule> {
  const file =
    cacheDir === undefined || !isBuilt ? undefined : join(cacheDir, `${cacheKey(rule, key)}.json`);
  const cached =
    file === undefined || cacheDir === undefined ? undefined : readCache<Program>(cacheDir, file);
  if (cached !== undefined) return compiled(cached, rule, environment);
  const { compileQuery } = await import("../engine/compile-query.ts");
  const program = compileQuery(rule.kql, environment.catalog, environment);
  if (file !== undefined && cacheDir !== undefined) writeCache(cacheDir, file, program);
  return compiled(program, rule, environment);
}

function compiled(program: Program, { kql }: Rule, environment: Environment): CompiledRule {
  const columns = columnsOf(program.body);
  if (program.discovery === undefined) return { program, columns };
  return {
    program,
    columns,
    recompile: async (insertions) => {
      const { compileQuery } = await import("../engine/compile-query.ts");
      return compileQuery(kql, environment.catalog, { ...environment, insertions });
    },
  };
}

/** What a plan depends on: the text, what it may refer to, and this version of kqltest. */
function cacheKey({ kql, dialect }: Rule, environment: string): string {
  return createHash("sha256")
    .update(JSON.stringify([kql.text, dialect, environment, buildStamp()]))
    .digest("hex");
}
