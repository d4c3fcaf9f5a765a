import { defined } from "../base/defined.ts";
import { InputError } from "../base/diagnostic.ts";
import type { BatchScenario } from "../engine/batch.ts";
import type { EvaluateOptions } from "../engine/evaluate.ts";
import { createDeadline, isTimeout, type Deadline } from "../engine/limits.ts";
import type { Scenario, ScenarioEvent } from "../scenario/model/types.ts";
import { formatInstant } from "../schema/time.ts";
import { checkRule, type PlannedRule } from "./checks.ts";
import { evaluateRule } from "./evaluate-rule.ts";
import type { CompiledRule } from "./compile-rule.ts";
import type { MetamorphicQueue } from "./metamorphic/queue.ts";
import type { Project } from "../project/project.ts";
import type { ModuleSettings } from "../project/modules/module-options.ts";
import { compareWithReference, expectedRows } from "./reference/reference-check.ts";
import { ruleError } from "./rule-error.ts";
import type { RunOptions, CheckResult, ReferenceResult, RuleError } from "./types.ts";

export interface RunnableRule extends PlannedRule, CompiledRule {
  readonly metamorphicQueue?: MetamorphicQueue;
}

export interface RuleResult {
  readonly checks: readonly CheckResult[];
  readonly differences: readonly ReferenceResult[];
  readonly errors: readonly RuleError[];
}

export interface RuleRun {
  readonly now: bigint;
  readonly events: ReadonlyMap<Scenario, readonly ScenarioEvent[]>;
  readonly project: Project;
  readonly options: RunOptions;
  readonly modules: ModuleSettings;
}

interface TimedRun extends RuleRun {
  readonly deadline: Deadline;
}

/** One rule over all its scenarios: at once, except those that set `now` themselves. */
export async function runRule(rule: RunnableRule, run: RuleRun): Promise<RuleResult> {
  const deadline = createDeadline(run.options.limits?.timeoutMs ?? 0);
  const nows = new Set(rule.checks.map(({ scenario }) => scenario.now ?? run.now));
  const results: RuleResult[] = [];
  for (const now of nows) {
    const checks = rule.checks.filter(({ scenario }) => (scenario.now ?? run.now) === now);
    results.push(await runAt({ ...rule, checks }, { ...run, now, deadline }));
  }
  if (results.length === 1 && results[0] !== undefined) return results[0];
  const order = new Map(rule.checks.map(({ scenario }, index) => [scenario.id, index]));
  return {
    checks: results
      .flatMap(({ checks }) => checks)
      .toSorted((a, b) => (order.get(a.scenario) ?? 0) - (order.get(b.scenario) ?? 0)),
    differences: results.flatMap(({ differences }) => differences),
    errors: results.flatMap(({ errors }) => errors),
  };
}

async function runAt(rule: RunnableRule, run: TimedRun): Promise<RuleResult> {
  const scenarios = rule.checks.map(({ scenario }) => batchScenario(scenario, run));
  // The reference has a process of its own, which works while the database does.
  const [judged, reference] = await Promise.allSettled([
    judge(rule, scenarios, run),
    expectedRows(rule.rule, { scenarios, now: formatInstant(run.now) }, run.modules),
  ]);
  if (judged.status === "rejected") throw judged.reason;
  const { checks, errors } = judged.value;
  if (reference.status === "rejected") {
    const own = ruleError(rule.rule, reference.reason);
    return { checks, differences: [], errors: [...errors, own] };
  }
  if (reference.value === undefined) return { checks, differences: [], errors };
  const byScenario = new Map(
    scenarios.map(({ id }, index) => [id, reference.value?.[index] ?? []]),
  );
  const expected = checks.map(({ scenario }) => byScenario.get(scenario) ?? []);
  const { columns } = rule;
  return {
    checks,
    differences: compareWithReference(rule.rule, checks, { expected, columns }),
    errors,
  };
}

function batchScenario(scenario: Scenario, { events }: RuleRun): BatchScenario {
  return {
    id: scenario.id,
    events: events.get(scenario) ?? [],
    ...defined({ fixtures: scenario.fixtures }),
  };
}

type Judged = Pick<RuleResult, "checks" | "errors">;

/** The checks on `scenarios`, evaluated at once. Where that fails, those of them on which the rule can be run. */
async function judge(
  rule: RunnableRule,
  scenarios: readonly BatchScenario[],
  run: TimedRun,
): Promise<Judged> {
  try {
    const evaluation = await evaluateRule(rule, scenarios, evaluateOptions(run));
    return { checks: checkRule(rule.rule, rule.checks, evaluation), errors: [] };
  } catch (error) {
    const several = scenarios.length > 1 && error instanceof InputError && !isTimeout(error);
    if (several) return judgeEach(rule, scenarios, run);
    return { checks: [], errors: [ruleError(rule.rule, error)] };
  }
}

/** An error that so many scenarios have, and no other outcome, is taken for one of the rule. */
const enough = 20;

async function judgeEach(
  rule: RunnableRule,
  scenarios: readonly BatchScenario[],
  run: TimedRun,
): Promise<Judged> {
  const checks: CheckResult[] = [];
  const errors: RuleError[] = [];
  const texts = new Set<string>();
  for (const [index, scenario] of scenarios.entries()) {
    try {
      const evaluation = await evaluateRule(rule, [scenario], evaluateOptions(run));
      const planned = rule.checks.slice(index, index + 1);
      checks.push(...checkRule(rule.rule, planned, evaluation));
    } catch (error) {
      const found = ruleError(rule.rule, error, scenario.id);
      const inAll = { rule: found.rule, diagnostics: found.diagnostics };
      if (isTimeout(error)) return { checks, errors: [...errors, inAll] };
      errors.push(found);
      texts.add(String(error));
      const last = index === scenarios.length - 1 || errors.length === enough;
      if (last && checks.length === 0 && texts.size === 1) return { checks, errors: [inAll] };
    }
  }
  return { checks, errors };
}

function evaluateOptions({
  now,
  deadline,
  project: { fixtures },
  options: { missingFixtures, limits },
}: TimedRun): EvaluateOptions {
  return {
    now,
    deadline,
    ...defined({ limits, fixtures, missingFixtures }),
  };
}
