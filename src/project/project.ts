import { defined } from "../base/defined.ts";
import { join, resolve } from "node:path";
import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import { suggestion } from "../base/text.ts";
import type { ExpectationFile } from "../expect/types.ts";
import type { Inputs } from "../kql/environment.ts";
import { readRule } from "../kql/rules/rule-file.ts";
import type { Rule } from "../kql/rules/rule.ts";
import type { Scenario } from "../scenario/model/types.ts";
import { discover, type Discovery } from "./rule-discovery.ts";
import { findExpectations, missingProblem, type Wanted } from "./find-expectations.ts";
import { fileProblem, readSource } from "./project-files.ts";
import { loadInputs } from "./inputs.ts";
import {
  indexScenarios,
  type IndexOptions,
  type ScenarioIndex,
} from "./scenarios/scenario-index.ts";
import type { ModuleOptions } from "./modules/module-options.ts";
import { cacheFolder } from "./cache/cache-file.ts";
import { createProblemList } from "./problem-list.ts";
import { createSelector, type Selection, type Selector } from "./selection.ts";

/** Rules, what happens, what the rules must do then, and what they refer to. Read from a folder, or made in memory. */
export interface Project extends Inputs {
  /** Absolute path of its folder; absent where it was made in memory. */
  readonly root?: string;
  readonly rules: readonly Rule[];
  readonly scenarios: readonly Scenario[];
  /** A check without one expects the rule to fire on what is malicious and on nothing else. */
  readonly expectations: readonly ExpectationFile[];
  /** Paths of the files beside the scenarios' own that they were made from; only in a project that was read from a folder. */
  readonly otherFiles?: readonly string[];
  /** Expectation files that belong to no rule or no scenario; only in a project loaded for an update. */
  readonly stale?: readonly Source[];
}

export interface LoadOptions extends Selection, ModuleOptions {
  /** Load even where expectations are missing or left over, for `planUpdate` to mend. */
  readonly update?: boolean;
  /** False: compile scenarios in TypeScript again, and keep nothing for the next run. */
  readonly cache?: boolean;
}

/** The part of the project in `folder` that `options` select. Throws one `InputError` of all that is wrong with it. */
export async function loadProject(folder: string, options: LoadOptions = {}): Promise<Project> {
  const root = resolve(folder);
  const discovery = discover(root);
  const selector = createSelector(options);
  const ruleNames = [...discovery.rules.keys()];
  const index = await indexScenarios(root, discovery.scenarios, {
    ...indexOptions(root, options),
    wanted: (id) => ruleNames.some((name) => selector.selects(name, id)),
  });
  requireChecks(discovery, index, selector);
  const problems = createProblemList();
  const rules = ruleNames
    .filter((name) => index.ids.some((id) => selector.selects(name, id)))
    .map((name) => problems.collect(() => loadRule(root, discovery, name)));
  const scenarios = index.ids
    .filter((id) => ruleNames.some((name) => selector.selects(name, id)))
    .flatMap((id) => problems.collect(() => index.load(id)) ?? []);
  const wanted: Wanted = {
    root,
    paths: new Set(discovery.expectations.keys()),
    index,
    scenarios: new Map(scenarios.map((scenario) => [scenario.id, scenario])),
    // What an entry that seems to be for nothing is for may be a scenario that could not be read.
    whole: isWhole(options) && problems.list.length === 0,
    lenient: options.update === true,
  };
  const found = ruleNames.map((rule) => {
    const selected = index.ids.filter((id) => selector.selects(rule, id));
    return { rule, ...findExpectations(rule, selected, { wanted, problems }) };
  });
  const inputs = problems.collect(() => loadInputs(root));
  const stale = staleFiles(discovery, selector);
  if (options.update !== true) {
    for (const { rule, missing } of found.filter((one) => one.missing.length > 0)) {
      const file = discovery.rules.get(rule)?.file ?? rule;
      problems.list.push(missingProblem(rule, file, missing));
    }
    problems.list.push(...leftOver(discovery, stale));
  }
  problems.throwIfAny();
  return {
    root,
    rules: rules.filter(isPresent),
    scenarios,
    expectations: found.flatMap(({ files }) => files),
    otherFiles: index.otherFiles(),
    ...inputs,
    ...(options.update === true ? { stale: stale.map((file) => readSource(root, file)) } : {}),
  };
}

function indexOptions(root: string, { cache, modules, onModuleOutput }: LoadOptions): IndexOptions {
  return {
    ...defined({ modules, onModuleOutput }),
    ...(cache === false ? {} : { cacheDir: cacheFolder(root) }),
  };
}

/** Whether every scenario is meant. */
function isWhole({ scenarios = [], filters = [] }: Selection): boolean {
  return scenarios.length === 0 && filters.length === 0;
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function loadRule(root: string, discovery: Discovery, name: string): Rule {
  const { file = "", reference } = discovery.rules.get(name) ?? {};
  const rule = readRule(readSource(root, file), name);
  return reference === undefined ? rule : { ...rule, reference: join(root, reference) };
}

/** Throws where there is nothing to check: a gate that tests nothing must not be green. */
function requireChecks(discovery: Discovery, index: ScenarioIndex, selector: Selector): void {
  const rules = [...discovery.rules.keys()];
  const scenarios = index.ids;
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
          ...defined({ hint }),
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

/** Whether there is the rule, and the scenario file or the folder of such files, that `owner` names. */
function isKnown(
  { rules, scenarios }: Discovery,
  owner: { readonly rule: string; readonly scenario: string },
): boolean {
  if (!rules.has(owner.rule)) return false;
  if (owner.scenario === "" || scenarios.has(owner.scenario)) return true;
  return [...scenarios.keys()].some((id) => id.startsWith(`${owner.scenario}/`));
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
