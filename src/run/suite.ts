import { defined } from "../base/defined.ts";
import { missingFixturesOf } from "../kql/functions/missing-fixtures.ts";
import type { RunOptions, MetamorphicResult, RuleError, RunResult } from "./types.ts";
import { resolve } from "node:path";
import { InputError } from "../base/diagnostic.ts";
import type { Rule } from "../kql/rules/rule.ts";
import type { EventOptions } from "../scenario/model/types.ts";
import { formatInstant } from "../schema/time.ts";
import { generateAll, planChecks, type PlannedRule } from "./checks.ts";
import { compileRule, type CompileOptions } from "./compile-rule.ts";
import { declaredInputs, ruleEnvironments } from "./environments.ts";
import { unknownNamesIn } from "./unknown-names.ts";
import { readNow } from "../project/now.ts";
import { createMetamorphicQueue } from "./metamorphic/queue.ts";
import { moduleSettings } from "../project/modules/module-options.ts";
import { loadProject, type Project } from "../project/project.ts";
import { readRecordings } from "../project/read-recordings.ts";
import { ruleError } from "./rule-error.ts";
import { runRule, type RuleResult, type RuleRun, type RunnableRule } from "./run-rule.ts";
import { cacheFolder } from "../project/cache/cache-file.ts";
import { summarize } from "./summary.ts";
import type { RunThread } from "./thread.ts";

/** Runs rules against scenarios and judges what they did. Throws an `InputError` where the input is wrong; a rule that fails its expectations is a result, and so is one that cannot be run (`errors`). */
export async function runSuite(options: RunOptions = {}): Promise<RunResult> {
  const startedMs = performance.now();
  const project = options.project ?? (await loadProject(resolve(options.root ?? "."), options));
  const { outside: _, ...current } = options;
  const missingFixtures = missingFixturesOf(options);
  const result = await runProject(project, {
    ...current,
    ...defined({ missingFixtures }),
  });
  return { ...result, durationMs: Math.round(performance.now() - startedMs) };
}

/** `runSuite` on a project that is loaded and whose rules are as good as compiled; `thread` takes over what it can. */
export async function runProject(
  project: Project,
  options: RunOptions,
  thread?: RunThread,
): Promise<RunResult> {
  const startedMs = performance.now();
  const now = readNow(options.now);
  const planned = planChecks(project, options);
  const chosen = planned.flatMap(({ checks }) => checks.map(({ scenario }) => scenario));
  const recorded = await readRecordings(project.root, chosen);
  const cache = cacheDir(project, options);
  const environments = ruleEnvironments(declaredInputs(project), options.missingFixtures);
  const { compiled, errors } = await compileAll(planned, (rule) => ({
    ...cache,
    ...environments(rule.dialect),
  }));
  const rules = compiled.map((rule) =>
    withMetamorphicQueue(rule, { now, project, options, thread }),
  );
  const events = generateAll(
    rules,
    { ...eventOptions(now, options.seed), ...recorded },
    ({ metamorphicQueue }, scenario, made) => metamorphicQueue?.add(scenario, made),
  );
  if (options.update !== true) requireKnownNames(rules, events);

  const total = planned.reduce((sum, { checks }) => sum + checks.length, 0);
  const done: RuleResult[] = compiling(errors);
  const metamorphic: MetamorphicResult[] = [];
  let checked = 0;
  const modules = moduleSettings(project.root, options, cache.cacheDir);
  const bails = (result: RuleResult): boolean => options.bail === true && hasFailure(result);
  for (const planned of done.some(bails) ? [] : rules) {
    const { rule } = planned;
    const result = await runRule(planned, { now, events, project, options, modules });
    const kept = options.bail === true ? upToFailure(result) : result;
    done.push(kept);
    checked += kept.checks.length;
    options.onProgress?.({ rule: rule.name, done: checked, total });
    if (bails(kept)) break;
    if (planned.metamorphicQueue === undefined || kept.errors.length > 0) continue;
    try {
      metamorphic.push(await planned.metamorphicQueue.result(kept.checks));
    } catch (error) {
      done.push({ ...nothing, errors: [ruleError(rule, error)] });
    }
  }
  const checks = done.flatMap((result) => result.checks);
  const allErrors = done.flatMap((result) => result.errors);
  return {
    summary: summarize(checks, allErrors),
    checks,
    errors: allErrors,
    referenceDifferences: done.flatMap((result) => result.differences),
    ...(options.metamorphic === true
      ? {
          metamorphic: {
            variants: metamorphic.reduce((sum, { variants }) => sum + variants, 0),
            failures: metamorphic.flatMap(({ failures }) => failures),
          },
        }
      : {}),
    now: formatInstant(now),
    seed: options.seed ?? null,
    durationMs: Math.round(performance.now() - startedMs),
    stopped: done.some(bails) && checks.length < total,
  };
}

const nothing: RuleResult = { checks: [], differences: [], errors: [] };

function compiling(errors: readonly RuleError[]): RuleResult[] {
  return errors.map((error) => ({ ...nothing, errors: [error] }));
}

/** `rule`, ready to be asked about its scenarios in other words where the run wants that. */
function withMetamorphicQueue(
  rule: RunnableRule,
  run: Pick<RuleRun, "now" | "project" | "options"> & { readonly thread: RunThread | undefined },
): RunnableRule {
  const { now, project, options, thread } = run;
  const { missingFixtures, limits, filters = [], scenarios = [] } = options;
  if (options.metamorphic !== true) return rule;
  const metamorphicQueue = createMetamorphicQueue(rule, {
    options: {
      now,
      ...defined({ fixtures: project.fixtures, missingFixtures, limits }),
    },
    whole: filters.length === 0 && scenarios.length === 0,
    ...defined({ thread }),
  });
  return { ...rule, metamorphicQueue };
}

function cacheDir(project: Project, options: RunOptions): { cacheDir?: string } {
  if (project.root === undefined || options.cache === false) return {};
  return { cacheDir: cacheFolder(project.root) };
}

function eventOptions(now: bigint, seed: number | undefined): EventOptions {
  return seed === undefined ? { now } : { now, seed };
}

/** Every rule compiled that can be. */
async function compileAll(
  planned: readonly PlannedRule[],
  optionsOf: (rule: Rule) => CompileOptions,
): Promise<{ readonly compiled: readonly RunnableRule[]; readonly errors: readonly RuleError[] }> {
  const compiled: RunnableRule[] = [];
  const errors: RuleError[] = [];
  for (const rule of planned) {
    try {
      compiled.push({ ...rule, ...(await compileRule(rule.rule, optionsOf(rule.rule))) });
    } catch (error) {
      errors.push(ruleError(rule.rule, error));
    }
  }
  return { compiled, errors };
}

function requireKnownNames(...run: Parameters<typeof unknownNamesIn>): void {
  const unknown = unknownNamesIn(...run);
  if (unknown.length > 0) throw new InputError(unknown);
}

/** `result` up to and with its first check that failed, by its expectation or by its reference. */
function upToFailure(result: RuleResult): RuleResult {
  const differing = new Set(result.differences.map(({ scenario }) => scenario));
  const failed = result.checks.findIndex(
    ({ status, scenario }) => status === "failed" || differing.has(scenario),
  );
  if (failed < 0) return result;
  const checks = result.checks.slice(0, failed + 1);
  const scenarios = new Set(checks.map(({ scenario }) => scenario));
  const differences = result.differences.filter((one) => scenarios.has(one.scenario));
  return { ...result, checks, differences };
}

function hasFailure({ checks, differences, errors }: RuleResult): boolean {
  const failed = checks.some(({ status }) => status === "failed");
  return failed || differences.length > 0 || errors.length > 0;
}
