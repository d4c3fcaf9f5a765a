import { join } from "node:path";
import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import { suggestion } from "../base/text.ts";
import { readExpectation } from "../expect/read.ts";
import type { ExpectationFile } from "../expect/types.ts";
import type { Inputs } from "../kql/environment.ts";
import { readRule } from "../kql/rule-file.ts";
import type { Rule } from "../kql/rule.ts";
import { readScenario } from "../scenario/read.ts";
import type { Scenario } from "../scenario/types.ts";
import { discover, type Discovery } from "./discovery.ts";
import { fileProblem, readSource } from "./files.ts";
import { loadInputs } from "./inputs.ts";
import { createProblems } from "./problems.ts";
import { createSelector, type Selection, type Selector } from "./selection.ts";

/** Rules, what happens, what the rules must do then, and what they refer to. Read from a folder, or made in memory. */
export interface Project extends Inputs {
  /** Absolute path of its folder; absent where it was made in memory. */
  readonly root?: string;
  readonly rules: readonly Rule[];
  readonly scenarios: readonly Scenario[];
  /** A check without one expects the rule to fire on what is malicious and on nothing else. */
  readonly expectations: readonly ExpectationFile[];
  /** Expectation files that belong to no rule or no scenario; only in a project loaded for an update. */
  readonly stale?: readonly Source[];
}

export interface LoadOptions {
  /** Load even where expectations are missing or left over, for `planUpdate` to mend. */
  readonly update?: boolean;
}

/** Where the expectation of a check is kept, relative to the project. */
export function expectationPath(rule: string, scenario: string): string {
  return `expected/${rule}/${scenario}.yaml`;
}

/** The part of the project in the folder `root` that `selection` means. Throws one `InputError` of all that is wrong with it. */
export function loadProject(
  root: string,
  selection: Selection = {},
  options: LoadOptions = {},
): Project {
  const discovery = discover(root);
  const selector = createSelector(selection);
  requireChecks(discovery, selector);
  const problems = createProblems();
  const ruleNames = [...discovery.rules.keys()];
  const scenarioIds = [...discovery.scenarios.keys()];
  const rules = ruleNames
    .filter((name) => scenarioIds.some((id) => selector.selects(name, id)))
    .map((name) => problems.collect(() => loadRule(root, discovery, name)));
  const scenarios = scenarioIds
    .filter((id) => ruleNames.some((name) => selector.selects(name, id)))
    .map((id) => problems.collect(() => loadScenario(root, discovery, id)));
  const expectations = [...discovery.expectations]
    .filter(([, { rule, scenario }]) => selector.selects(rule, scenario))
    .filter(([, owner]) => isKnown(discovery, owner))
    .map(([file, { rule, scenario }]) =>
      problems.collect(() => readExpectation(readSource(root, file), rule, scenario)),
    );
  const inputs = problems.collect(() => loadInputs(root));
  const stale = staleFiles(discovery, selector);
  if (options.update !== true) {
    problems.list.push(...missing(discovery, selector), ...leftOver(discovery, stale));
  }
  problems.throwIfAny();
  return {
    root,
    rules: rules.filter(isPresent),
    scenarios: scenarios.filter(isPresent),
    expectations: expectations.filter(isPresent),
    ...inputs,
    ...(options.update === true ? { stale: stale.map((file) => readSource(root, file)) } : {}),
  };
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function loadScenario(root: string, discovery: Discovery, id: string): Scenario {
  return readScenario(readSource(root, discovery.scenarios.get(id) ?? ""), id);
}

function loadRule(root: string, discovery: Discovery, name: string): Rule {
  const { file = "", reference } = discovery.rules.get(name) ?? {};
  const rule = readRule(readSource(root, file), name);
  return reference === undefined ? rule : { ...rule, reference: join(root, reference) };
}

/** Throws where there is nothing to check: a gate that tests nothing must not be green. */
function requireChecks(discovery: Discovery, selector: Selector): void {
  const rules = [...discovery.rules.keys()];
  const scenarios = [...discovery.scenarios.keys()];
  const problems: Diagnostic[] = [];
  if (rules.length === 0) {
    problems.push({
      code: "KT0701",
      message: "the project has no rules",
      hint: "put a rule in `rules/<name>/rule.yaml` or `rules/<name>.kql`, or name the project's folder with `--root`",
    });
  }
  if (scenarios.length === 0) {
    problems.push({
      code: "KT0702",
      message: "the project has no scenarios",
      hint: "say what happens in `scenarios/<technique>/<name>.yaml`",
    });
  }
  if (problems.length > 0) throw new InputError(problems);
  requireSelection(selector, rules, scenarios);
}

/** Throws where a pattern means nothing, or all of them together do. */
export function requireSelection(
  selector: Selector,
  rules: readonly string[],
  scenarios: readonly string[],
): void {
  const unmatched = selector.unmatched(rules, scenarios);
  if (unmatched.length > 0) {
    throw new InputError(
      unmatched.map((pattern): Diagnostic => {
        const hint = suggestion(pattern, [...rules, ...scenarios]);
        return {
          code: "KT0703",
          message: `no rule or scenario matches \`${pattern}\``,
          ...(hint === undefined ? {} : { hint }),
        };
      }),
    );
  }
  if (rules.some((rule) => scenarios.some((scenario) => selector.selects(rule, scenario)))) return;
  throw new InputError({
    code: "KT0703",
    message: "the filters together leave no check",
    hint: "take one of them away",
  });
}

function isKnown(discovery: Discovery, owner: { rule: string; scenario: string }): boolean {
  return discovery.rules.has(owner.rule) && discovery.scenarios.has(owner.scenario);
}

function missing(discovery: Discovery, selector: Selector): readonly Diagnostic[] {
  return [...discovery.rules].flatMap(([rule, { file }]) => {
    const without = [...discovery.scenarios.keys()].filter(
      (id) => selector.selects(rule, id) && !discovery.expectations.has(expectationPath(rule, id)),
    );
    if (without.length === 0) return [];
    const shown = without.slice(0, 5).map((id) => `\`${id}\``);
    const more = without.length > shown.length ? ` and ${without.length - shown.length} more` : "";
    return [
      fileProblem("KT0704", file, {
        message: `the rule has no expectation for ${shown.join(", ")}${more}`,
        hint: `\`kqltest --update\` writes what the rule does now to \`expected/${rule}/\`; read it before it is committed`,
      }),
    ];
  });
}

function staleFiles(discovery: Discovery, selector: Selector): readonly string[] {
  return [...discovery.expectations]
    .filter(([, owner]) => selector.selects(owner.rule, owner.scenario))
    .filter(([, owner]) => !isKnown(discovery, owner))
    .map(([file]) => file);
}

function leftOver(discovery: Discovery, stale: readonly string[]): readonly Diagnostic[] {
  return stale.map((file) => {
    const owner = discovery.expectations.get(file) ?? { rule: "", scenario: "" };
    const [what, name, candidates] = discovery.rules.has(owner.rule)
      ? (["scenario", owner.scenario, discovery.scenarios] as const)
      : (["rule", owner.rule, discovery.rules] as const);
    const guess = suggestion(name, [...candidates.keys()]);
    return fileProblem("KT0705", file, {
      message: `the expectation is left over: there is no ${what} \`${name}\``,
      hint: `${guess === undefined ? "" : `${guess} else `}delete it, or let \`kqltest --update\` do so`,
    });
  });
}
