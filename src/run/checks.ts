import { defined } from "../base/defined.ts";
import { InputError } from "../base/diagnostic.ts";
import { position } from "../base/source.ts";
import type { YamlPath } from "../base/yaml.ts";
import { judge } from "../expect/judge.ts";
import type { Expectation, ExpectationFile } from "../expect/types.ts";
import { verdictOf } from "../expect/verdict.ts";
import type { Rule } from "../kql/rules/rule.ts";
import type { EventOptions, Scenario, ScenarioEvent, Truth } from "../scenario/model/types.ts";
import { expectationPath } from "../project/find-expectations.ts";
import { requireSelection, type Project } from "../project/project.ts";
import { createProblemList } from "../project/problem-list.ts";
import { createSelector, type Selection } from "../project/selection.ts";
import type { Evaluation } from "./evaluate-rule.ts";
import type { CheckResult } from "./types.ts";

/** A scenario that a rule is run against, and what is expected of it. */
export interface PlannedCheck {
  readonly scenario: Scenario;
  readonly expectation: Expectation;
  /** Absent where nothing is written down for this check. */
  readonly file?: ExpectationFile;
}

export interface PlannedRule {
  readonly rule: Rule;
  readonly checks: readonly PlannedCheck[];
}

/** The checks of `project` that `selection` means, by rule, then scenario. Throws an `InputError` where there are none, or two rules or scenarios share a name. */
export function planChecks(project: Project, selection: Selection): readonly PlannedRule[] {
  const selector = createSelector(selection);
  const rules = byName("rule", project.rules, (rule) => rule.name);
  const scenarios = byName("scenario", project.scenarios, (scenario) => scenario.id);
  requireSelection(selector, [...rules.keys()], [...scenarios.keys()]);
  const files = new Map<string, Map<string, ExpectationFile>>();
  for (const file of project.expectations) {
    const ofRule = files.get(file.rule) ?? new Map<string, ExpectationFile>();
    files.set(file.rule, ofRule.set(file.scenario, file));
  }
  return [...rules.values()]
    .map((rule): PlannedRule => ({
      rule,
      checks: [...scenarios.values()]
        .filter(({ id }) => selector.selects(rule.name, id))
        .map((scenario): PlannedCheck => {
          const file = files.get(rule.name)?.get(scenario.id);
          return file === undefined
            ? { scenario, expectation: ideal[scenario.truth] }
            : { scenario, expectation: file.expectation, file };
        }),
    }))
    .filter(({ checks }) => checks.length > 0);
}

/** What a rule does that makes no mistake. */
const ideal: Readonly<Record<Truth, Expectation>> = {
  malicious: { verdict: "true-positive" },
  benign: { verdict: "true-negative" },
};

function byName<Item>(
  what: string,
  items: readonly Item[],
  nameOf: (item: Item) => string,
): ReadonlyMap<string, Item> {
  const sorted = items.toSorted((a, b) =>
    nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0,
  );
  const found = new Map(sorted.map((item) => [nameOf(item), item]));
  if (found.size === items.length && items.length > 0) return found;
  throw new InputError(
    items.length === 0
      ? { code: what === "rule" ? "KT0701" : "KT0702", message: `the project has no ${what}s` }
      : { code: "KT0706", message: `two ${what}s of the project have the same name` },
  );
}

/** The events of every planned scenario, made once for all rules; `onMade` is told of each with its rule. Throws one `InputError` of all that is wrong with any of them. */
export function generateAll<Rule extends PlannedRule>(
  planned: readonly Rule[],
  options: EventOptions,
  onMade: (rule: Rule, scenario: Scenario, events: readonly ScenarioEvent[]) => void,
): ReadonlyMap<Scenario, readonly ScenarioEvent[]> {
  const events = new Map<Scenario, readonly ScenarioEvent[]>();
  const problems = createProblemList();
  for (const rule of planned) {
    for (const { scenario } of rule.checks) {
      const made = events.get(scenario) ?? problems.collect(() => scenario.events(options)) ?? [];
      events.set(scenario, made);
      onMade(rule, scenario, made);
    }
  }
  problems.throwIfAny();
  return events;
}

/** Every check of `rule`, judged by what the rule did with its scenario, which has the same index in `evaluation`. */
export function checkRule(
  rule: Rule,
  wanted: readonly PlannedCheck[],
  evaluation: Evaluation,
): readonly CheckResult[] {
  const { columns } = evaluation;
  const lines = new Map<YamlPath, number>();
  return wanted.map(({ scenario, expectation, file }, index): CheckResult => {
    const { fired, rows, events } = evaluation.outcome(index);
    // Nothing in it is an attack that the rule is to find.
    const truth = file?.inScope === false ? "benign" : scenario.truth;
    const findings = judge({ truth, fired, columns, rows }, expectation);
    return {
      rule: rule.name,
      scenario: scenario.id,
      ...defined({ case: scenario.case }),
      truth: scenario.truth,
      ...(file?.inScope === false ? { inScope: false } : {}),
      verdict: verdictOf(truth, fired),
      expected: expectation.verdict,
      status: findings.length === 0 ? "passed" : "failed",
      known: expectation.known?.trim() ?? null,
      columns,
      rows,
      events,
      findings,
      ...placeOf(file, expectationPath(rule.name, scenario.id), lines),
    };
  });
}

/** Where the expectation stands; the line where the file has others as well. `lines` has those that are known, as many cases share one. */
function placeOf(
  file: ExpectationFile | undefined,
  path: string,
  lines: Map<YamlPath, number>,
): Pick<CheckResult, "expectationFile" | "expectationLine"> {
  if (file?.yaml === undefined || file.entry === undefined) return { expectationFile: path };
  const { source } = file.yaml;
  const known = lines.get(file.entry);
  const line = known ?? position(source.text, file.yaml.keySpan(file.entry).start).line;
  lines.set(file.entry, line);
  return { expectationFile: source.file, expectationLine: line };
}
