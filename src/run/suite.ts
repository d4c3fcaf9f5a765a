import { resolve } from "node:path";
import { InputError } from "../base/diagnostic.ts";
import type { BatchScenario } from "../engine/batch.ts";
import { evaluateBatch } from "../engine/evaluate.ts";
import type { Rule } from "../kql/rule.ts";
import type { EventOptions, Scenario, ScenarioEvent } from "../scenario/types.ts";
import { inWorkspace } from "../scenario/workspace.ts";
import type { Dialect } from "../schema/tables.ts";
import { formatInstant } from "../schema/time.ts";
import { checkRule, generateAll, planChecks, type PlannedRule } from "./checks.ts";
import { compileRule, type CompiledRule, type CompileOptions } from "./compile.ts";
import { declaredInputs, ruleEnvironments } from "./environments.ts";
import { unknownNamesIn } from "./names.ts";
import { readNow } from "./now.ts";
import { createRetellings, type Retellings } from "./metamorphic/retellings.ts";
import {
  moduleSettings,
  type ModuleOptions,
  type ModuleSettings,
} from "./modules/module-options.ts";
import { createProblems, keep, type Problems } from "./problems.ts";
import { loadProject, type Project } from "./project.ts";
import { readRecordings } from "./recordings.ts";
import { compareWithReference, expectedRows } from "./reference-check.ts";
import type { Selection } from "./selection.ts";
import { summarize } from "./summary.ts";
import type { RunThread } from "./thread.ts";
import type { CheckResult, MetamorphicResult, ReferenceResult, RunResult } from "./types.ts";

export interface RunOptions extends Selection, ModuleOptions {
  /** The project's folder; `.` where neither it nor `project` is given. */
  readonly root?: string;
  /** A project made in memory, or loaded before. */
  readonly project?: Project;
  /** What `now()` is, ISO 8601. Fixed where it is absent, so that two runs give the same. */
  readonly now?: string;
  /** Added to the seed of every scenario. */
  readonly seed?: number;
  /** What answers for data that neither tables nor inputs hold. Default `refuse`. */
  readonly outside?: "refuse" | "empty";
  /** Stop at the first failure. */
  readonly bail?: boolean;
  /** False: compile every rule again, and keep nothing for the next run. */
  readonly cache?: boolean;
  /** True: also tell each scenario in other words, and fail where a verdict changes. Default false. */
  readonly metamorphic?: boolean;
  /** Run even where expectations are missing, left over or name what is not there, for `planUpdate` to mend. */
  readonly update?: boolean;
  onProgress?(progress: Progress): void;
}

/** How far a run is; told after each rule. */
export interface Progress {
  readonly rule: string;
  readonly done: number;
  readonly total: number;
}

/** Runs rules against scenarios and judges what they did. Throws an `InputError` where the input is wrong; a rule that fails its expectations is a result. */
export async function runSuite(options: RunOptions = {}): Promise<RunResult> {
  const startedMs = performance.now();
  const project =
    options.project ?? (await loadProject(resolve(options.root ?? "."), options, options));
  const result = await runProject(project, options);
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
  const environments = ruleEnvironments(declaredInputs(project), options.outside);
  const compiled = await compileAll(planned, (rule) => ({
    ...cache,
    ...environments(rule.dialect),
  }));
  const rules = compiled.map((rule) => withRetellings(rule, { now, project, options, thread }));
  const events = generateAll(
    rules,
    { ...eventOptions(now, options.seed), ...recorded },
    ({ retellings }, scenario, made) => retellings?.add(scenario, made),
  );
  if (options.update !== true) requireKnownNames(rules, events);

  const total = planned.reduce((sum, { checks }) => sum + checks.length, 0);
  const done: RuleResult[] = [];
  const metamorphic: MetamorphicResult[] = [];
  let checked = 0;
  const eventsOf = createEventLookup(events);
  const modules = moduleSettings(project.root, options, cache.cacheDir);
  const problems = createProblems();
  for (const planned of rules) {
    const { rule } = planned;
    const result = await runRule(planned, { now, eventsOf, project, options, modules, problems });
    const kept = options.bail === true ? upToFailure(result) : result;
    done.push(kept);
    checked += kept.checks.length;
    options.onProgress?.({ rule: rule.name, done: checked, total });
    if (options.bail === true && hasFailure(kept)) break;
    if (planned.retellings !== undefined) {
      metamorphic.push(await planned.retellings.result(kept.checks));
    }
  }
  // A reference that cannot be run says nothing of the other rules, but the run is no success.
  problems.throwIfAny();
  const checks = done.flatMap((result) => result.checks);
  return {
    summary: summarize(checks),
    checks,
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
    stopped: checks.length < total,
  };
}

interface RunnableRule extends PlannedRule, CompiledRule {
  readonly retellings?: Retellings;
}

interface RuleResult {
  readonly checks: readonly CheckResult[];
  readonly differences: readonly ReferenceResult[];
}

interface RuleRun {
  readonly now: bigint;
  readonly eventsOf: EventLookup;
  readonly project: Project;
  readonly options: RunOptions;
  readonly modules: ModuleSettings;
  /** What is wrong with references. */
  readonly problems: Problems;
}

/** One rule over all its scenarios: at once, but for those that say themselves what now is. */
async function runRule(rule: RunnableRule, run: RuleRun): Promise<RuleResult> {
  const nows = new Set(rule.checks.map(({ scenario }) => scenario.now ?? run.now));
  const results: RuleResult[] = [];
  for (const now of nows) {
    const checks = rule.checks.filter(({ scenario }) => (scenario.now ?? run.now) === now);
    results.push(await runAt({ ...rule, checks }, { ...run, now }));
  }
  if (results.length === 1 && results[0] !== undefined) return results[0];
  const order = new Map(rule.checks.map(({ scenario }, index) => [scenario.id, index]));
  return {
    checks: results
      .flatMap(({ checks }) => checks)
      .toSorted((a, b) => (order.get(a.scenario) ?? 0) - (order.get(b.scenario) ?? 0)),
    differences: results.flatMap(({ differences }) => differences),
  };
}

/** `rule`, ready to be asked about its scenarios in other words where the run wants that. */
function withRetellings(
  rule: RunnableRule,
  run: Pick<RuleRun, "now" | "project" | "options"> & { readonly thread: RunThread | undefined },
): RunnableRule {
  const { now, project, options, thread } = run;
  const { outside, filters = [], scenarios = [] } = options;
  if (options.metamorphic !== true) return rule;
  const retellings = createRetellings(rule, {
    options: {
      now,
      ...(project.fixtures === undefined ? {} : { fixtures: project.fixtures }),
      ...(outside === undefined ? {} : { outside }),
    },
    whole: filters.length === 0 && scenarios.length === 0,
    ...(thread === undefined ? {} : { thread }),
  });
  return { ...rule, retellings };
}

async function runAt(
  { rule, checks: planned, program, columns, recompile }: RunnableRule,
  { now, eventsOf, project, options, modules, problems }: RuleRun,
): Promise<RuleResult> {
  const scenarios = planned.map(({ scenario }): BatchScenario => ({
    id: scenario.id,
    events: eventsOf(scenario, rule.dialect),
    ...(scenario.fixtures === undefined ? {} : { fixtures: scenario.fixtures }),
  }));
  const { fixtures } = project;
  const { outside } = options;
  // Its process works while the database does.
  const reference = problems.collectAsync(() =>
    expectedRows(rule, { scenarios, now: formatInstant(now) }, modules),
  );
  const batch = await evaluateBatch(program, scenarios, {
    now,
    ...(fixtures === undefined ? {} : { fixtures }),
    ...(outside === undefined ? {} : { outside }),
    ...(recompile === undefined ? {} : { recompile }),
  });
  const checks = checkRule(rule, planned, { scenarios, batch });
  const expected = await reference;
  if (expected === undefined) return { checks, differences: [] };
  return { checks, differences: compareWithReference(rule, checks, { expected, columns }) };
}

/** The events of a scenario as a product has them. */
type EventLookup = (scenario: Scenario, dialect: Dialect) => readonly ScenarioEvent[];

function createEventLookup(events: ReadonlyMap<Scenario, readonly ScenarioEvent[]>): EventLookup {
  const workspace = new Map<Scenario, readonly ScenarioEvent[]>();
  return (scenario, dialect) => {
    const own = events.get(scenario) ?? [];
    if (dialect === "defender-xdr") return own;
    const known = workspace.get(scenario) ?? inWorkspace(own);
    workspace.set(scenario, known);
    return known;
  };
}

function cacheDir(project: Project, options: RunOptions): { cacheDir?: string } {
  if (project.root === undefined || options.cache === false) return {};
  return { cacheDir: resolve(project.root, ".kqltest/cache") };
}

function eventOptions(now: bigint, seed: number | undefined): EventOptions {
  return seed === undefined ? { now } : { now, seed };
}

/** Every rule compiled; throws one `InputError` of what is wrong with any of them. */
async function compileAll(
  planned: readonly PlannedRule[],
  optionsOf: (rule: Rule) => CompileOptions,
): Promise<readonly RunnableRule[]> {
  const runnable: RunnableRule[] = [];
  const problems = createProblems();
  for (const rule of planned) {
    try {
      runnable.push({ ...rule, ...(await compileRule(rule.rule, optionsOf(rule.rule))) });
    } catch (error) {
      keep(problems.list, error);
    }
  }
  problems.throwIfAny();
  return runnable;
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
  return { checks, differences: result.differences.filter((one) => scenarios.has(one.scenario)) };
}

function hasFailure({ checks, differences }: RuleResult): boolean {
  return differences.length > 0 || checks.some(({ status }) => status === "failed");
}
