import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { columnsOf } from "../plan/columns.ts";
import type { Program } from "../plan/types.ts";
import type { Environment } from "../kql/bind.ts";
import type { Insertion } from "../kql/insertions.ts";
import type { Rule } from "../kql/rule.ts";
import type { Column } from "../schema/types.ts";
import type { RuleEnvironment } from "./environments.ts";

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
  const cached = file === undefined ? undefined : readPlan(file);
  if (cached !== undefined) return compiled(cached, rule, environment);
  const { compileQuery } = await import("../engine/compile.ts");
  const program = compileQuery(rule.kql, environment.catalog, environment);
  if (file !== undefined && cacheDir !== undefined) writePlan(file, cacheDir, program);
  return compiled(program, rule, environment);
}

function compiled(program: Program, { kql }: Rule, environment: Environment): CompiledRule {
  const columns = columnsOf(program.body);
  if (program.discovery === undefined) return { program, columns };
  return {
    program,
    columns,
    recompile: async (insertions) => {
      const { compileQuery } = await import("../engine/compile.ts");
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

// Run from source, any module may have changed since: nothing would tell an old plan from a new one.
const isBuilt = import.meta.url.endsWith(".js");

let stamp: string | undefined;

/** This build of kqltest: a new one may plan otherwise, even under the same version. A build writes every module anew. */
function buildStamp(): string {
  if (stamp === undefined) {
    const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    const { version } = JSON.parse(manifest) as { version: string };
    const { mtimeMs, size } = statSync(fileURLToPath(import.meta.url));
    stamp = `${version} ${mtimeMs} ${size}`;
  }
  return stamp;
}

function readPlan(file: string): Program | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Program;
  } catch {
    // Absent or cut short: it is compiled anew.
    return undefined;
  }
}

/** A cache that cannot be written (a read-only checkout) costs time and nothing else. */
function writePlan(file: string, cacheDir: string, program: Program): void {
  try {
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(join(cacheDir, ".gitignore"), "*\n");
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(program));
    renameSync(temporary, file);
  } catch {
    return;
  }
}
