import { defined } from "../../base/defined.ts";
import { InputError } from "../../base/diagnostic.ts";
import { suggestion } from "../../base/text.ts";
import type { Scenario, ScenarioEvent } from "../../scenario/model/types.ts";
import { discover } from "../rule-discovery.ts";
import type { ModuleOptions } from "../modules/module-options.ts";
import { readNow } from "../now.ts";
import { createProblemList } from "../problem-list.ts";
import { indexScenarios } from "./scenario-index.ts";
import { readRecordings } from "../read-recordings.ts";
import { createSelector } from "../selection.ts";

export interface ScenarioOptions extends ModuleOptions {
  /** The project's folder. */
  readonly root: string;
  /** Scenarios by a part of their id, with a `*`, or by the path of their file. Empty: all. */
  readonly filters: readonly string[];
  /** What `now()` is, ISO 8601; fixed where it is absent. */
  readonly now?: string;
  readonly seed?: number;
}

/** A scenario with its events at one instant. */
export interface GeneratedScenario {
  readonly scenario: Scenario;
  readonly events: readonly ScenarioEvent[];
}

/** The scenarios that `filters` name, whatever rules there are. Throws an `InputError` of all that is wrong with them, or where there is none. */
export async function generateScenarios(
  options: ScenarioOptions,
): Promise<readonly GeneratedScenario[]> {
  const { root, filters, seed } = options;
  const now = readNow(options.now);
  const scenarios = await loadScenarios(root, filters, options);
  const problems = createProblemList();
  const recorded = await readRecordings(root, scenarios);
  const generated = scenarios.map((scenario) =>
    problems.collect(() => {
      const own = seed === undefined ? { now } : { now, seed };
      return { scenario, events: scenario.events({ ...own, ...recorded }) };
    }),
  );
  problems.throwIfAny();
  return generated.filter((one) => one !== undefined);
}

/** The scenarios that `filters` name, without their events. Throws like `generateScenarios`. */
export async function loadScenarios(
  root: string,
  filters: readonly string[],
  { modules, onModuleOutput }: ModuleOptions = {},
): Promise<readonly Scenario[]> {
  const selector = createSelector({ filters });
  const index = await indexScenarios(root, discover(root).scenarios, {
    ...defined({ modules, onModuleOutput }),
    wanted: (id) => selector.selects("", id),
  });
  const { ids } = index;
  const unmatched = filters.filter((filter) => !ids.some((id) => matches(filter, id)));
  if (unmatched.length > 0 || ids.length === 0) throw noScenario(unmatched, ids);
  const problems = createProblemList();
  const scenarios = ids
    .filter((id) => selector.selects("", id))
    .flatMap((id) => problems.collect(() => index.load(id)) ?? []);
  problems.throwIfAny();
  return scenarios;
}

function matches(filter: string, id: string): boolean {
  return createSelector({ filters: [filter] }).selects("", id);
}

function noScenario(unmatched: readonly string[], ids: readonly string[]): InputError {
  if (ids.length === 0) {
    return new InputError({
      code: "KT0702",
      message: "the project has no scenarios",
      hint: "say what happens in `scenarios/<technique>/<name>.yaml`",
    });
  }
  return new InputError(
    unmatched.map((filter) => {
      const hint = suggestion(filter, ids);
      return {
        code: "KT0703",
        message: `no scenario matches \`${filter}\``,
        ...defined({ hint }),
      };
    }),
  );
}
