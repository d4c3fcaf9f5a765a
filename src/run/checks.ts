import { InputError, unreachable } from "../base/diagnostic.ts";
import { position } from "../base/source.ts";
import type { YamlPath } from "../base/yaml.ts";
import type { BatchResult, BatchScenario } from "../engine/batch.ts";
import { judge } from "../expect/judge.ts";
import type { Expectation, ExpectationFile, OutcomeRow } from "../expect/types.ts";
import { verdictOf } from "../expect/verdict.ts";
import type { Rule, Trigger } from "../kql/rules/rule.ts";
import type { EventOptions, Scenario, ScenarioEvent, Truth } from "../scenario/model/types.ts";
import type { Column, Row } from "../schema/types.ts";
import { expectationPath } from "../project/find-expectations.ts";
import { requireSelection, type Project } from "../project/project.ts";
import { createProblems } from "../project/problem-list.ts";
import { createSelector, type Selection } from "../project/selection.ts";
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
  const problems = createProblems();
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

/** Every check of `rule`, judged by the rows that it gave. `scenarios` are those of the batch, in the order of `wanted`. */
export function checkRule(
  rule: Rule,
  wanted: readonly PlannedCheck[],
  evaluated: { readonly scenarios: readonly BatchScenario[]; readonly batch: BatchResult },
): readonly CheckResult[] {
  const rowsOf = rowsByScenario(evaluated.batch, evaluated.scenarios);
  const columns = evaluated.batch.columns.map(({ name }) => name);
  const lines = new Map<YamlPath, number>();
  return wanted.map(({ scenario, expectation, file }, index): CheckResult => {
    const { rows, events } = rowsOf[index] ?? noRows;
    const fired = isAlert(rows.length, rule.trigger);
    // Nothing in it is an attack that the rule is to find.
    const truth = file?.inScope === false ? "benign" : scenario.truth;
    const findings = judge({ truth, fired, columns, rows }, expectation);
    return {
      rule: rule.name,
      scenario: scenario.id,
      ...(scenario.case === undefined ? {} : { case: scenario.case }),
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

/** Whether so many rows make an alert; any do where the rule does not say. */
export function isAlert(
  rows: number,
  trigger: Trigger = { operator: "gt", threshold: 0 },
): boolean {
  const { operator, threshold } = trigger;
  switch (operator) {
    case "gt":
      return rows > threshold;
    case "lt":
      return rows < threshold;
    case "eq":
      return rows === threshold;
    case "ne":
      return rows !== threshold;
    default:
      return unreachable(operator);
  }
}

export interface ScenarioRows {
  readonly rows: readonly OutcomeRow[];
  /** Ids of the events behind the rows, in the order of the timeline. */
  readonly events: readonly string[];
}

const noRows: ScenarioRows = { rows: [], events: [] };

/** The rows of the batch by the index of their scenario; most scenarios have none, and cost nothing. */
export function rowsByScenario(
  batch: BatchResult,
  scenarios: readonly BatchScenario[],
): readonly (ScenarioRows | undefined)[] {
  const found: ({ rows: OutcomeRow[]; behind: Set<number> } | undefined)[] = [];
  for (const { scenario, events, values } of batch.rows) {
    const ids = scenarios[scenario]?.events ?? [];
    const group = (found[scenario] ??= { rows: [], behind: new Set() });
    for (const index of events) group.behind.add(index);
    group.rows.push({
      row: rowOf(batch.columns, values),
      events: events.flatMap((index) => ids[index]?.id ?? []),
    });
  }
  return found.map((group, scenario) => {
    if (group === undefined) return undefined;
    const ids = scenarios[scenario]?.events ?? [];
    const inOrder = [...group.behind].toSorted((a, b) => a - b);
    return { rows: group.rows, events: inOrder.flatMap((index) => ids[index]?.id ?? []) };
  });
}

function rowOf(columns: readonly Column[], values: readonly Row[string][]): Row {
  const row: Record<string, Row[string]> = {};
  for (const [index, { name }] of columns.entries()) row[name] = values[index] ?? null;
  return row;
}
