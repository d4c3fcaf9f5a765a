import { cacheFolder } from "../../project/cache/cache-file.ts";
import { defined } from "../../base/defined.ts";
import type { SidecarEntry } from "../../atomic/sidecar.ts";
import { testLabel, type AtomicTest } from "../../atomic/types.ts";
import { InputError, type Diagnostic } from "../../base/diagnostic.ts";
import { suggestion } from "../../base/text.ts";
import type { Inputs } from "../../kql/environment.ts";
import type { Rule } from "../../kql/rules/rule.ts";
import { readRule } from "../../kql/rules/rule-file.ts";
import type { Scenario } from "../../scenario/model/types.ts";
import { atomicFiles, loadTechniques } from "../../project/atomics/load-atomics.ts";
import { discover, type Discovery } from "../../project/rule-discovery.ts";
import { readSource } from "../../project/project-files.ts";
import { loadInputs } from "../../project/inputs.ts";
import type { ModuleOptions } from "../../project/modules/module-options.ts";
import { createProblemList } from "../../project/problem-list.ts";
import { indexScenarios } from "../../project/scenarios/scenario-index.ts";
import { createSelector } from "../../project/selection.ts";
import { readSidecarOf } from "../../project/atomics/sidecars.ts";

/** What of a project a recording is judged by. */
export interface JudgingProject extends Inputs {
  /** Absolute path of its folder; absent where it was made in memory. */
  readonly root?: string;
  readonly rules: readonly Rule[];
  /** Absent where nothing is demanded. */
  readonly test?: ClaimedTest;
}

/** An atomic test, what its sidecar demands, and the scenario that claims what it records. */
export interface ClaimedTest {
  readonly test: AtomicTest;
  readonly entry: SidecarEntry;
  readonly twin: Scenario;
}

export interface JudgingOptions extends ModuleOptions {
  /** Rules by their whole name; `*` is any part of it. Absent: all. */
  readonly rules?: readonly string[];
  /** GUID of the atomic test that ran; absent: nothing is demanded. */
  readonly guid?: string;
}

/** What the project in `root` has to judge a recording by. Throws an `InputError` of all that is wrong with it (KT0864 for the test). */
export async function loadJudgingProject(
  root: string,
  options: JudgingOptions,
): Promise<JudgingProject> {
  const discovery = discover(root);
  const problems = createProblemList();
  const rules = chosenRules(discovery, options.rules ?? []).map((name) =>
    problems.collect(() =>
      readRule(readSource(root, discovery.rules.get(name)?.file ?? name), name),
    ),
  );
  const inputs = problems.collect(() => loadInputs(root));
  const { guid } = options;
  const test =
    guid === undefined
      ? undefined
      : await problems.collectAsync(async () => {
          const claimed = claimedEntry(root, discovery, guid);
          return {
            ...claimed,
            twin: await twinOf(claimed, { root, scenarios: discovery.scenarios }, options),
          };
        });
  problems.throwIfAny();
  return {
    ...inputs,
    root,
    rules: rules.filter((rule) => rule !== undefined),
    ...defined({ test }),
  };
}

function chosenRules({ rules }: Discovery, patterns: readonly string[]): readonly string[] {
  const names = [...rules.keys()].toSorted();
  if (names.length === 0) {
    throw new InputError({
      code: "KT0701",
      message: "the project has no rules",
      hint: "put a rule in `rules/<name>/rule.yaml` or `rules/<name>.kql`, or name the project's folder with `--root`",
    });
  }
  const selector = createSelector({ rules: patterns });
  const unmatched = selector.unmatched(names, []);
  if (unmatched.length === 0) return names.filter((name) => selector.selects(name, ""));
  throw new InputError(
    unmatched.map((pattern): Diagnostic => {
      const hint = suggestion(pattern, names);
      const help = hint === undefined ? {} : { hint };
      return { code: "KT0703", message: `no rule matches \`${pattern}\``, ...help };
    }),
  );
}

function claimedEntry(
  root: string,
  discovery: Discovery,
  guid: string,
): Pick<ClaimedTest, "test" | "entry"> {
  const techniques = atomicFiles(root).length === 0 ? [] : loadTechniques(root);
  const technique = techniques.find(({ tests }) => tests.some((test) => test.guid === guid));
  const test = technique?.tests.find((one) => one.guid === guid);
  if (technique === undefined || test === undefined) {
    throw unclaimed(`the project has no atomic test \`${guid}\``);
  }
  const label = testLabel(test);
  const entry = readSidecarOf(root, technique).get(guid);
  if (entry === undefined) throw unclaimed(`no sidecar has an entry for \`${label}\``);
  const unknown = [...entry.mustFire, ...entry.mustNotFire].find(
    (rule) => !discovery.rules.has(rule),
  );
  if (unknown !== undefined) {
    throw unclaimed(`the sidecar of \`${label}\` names \`${unknown}\`, which is no rule`);
  }
  return { test, entry };
}

/** The scenario that claims what the test records. */
async function twinOf(
  { test, entry: { scenario } }: Pick<ClaimedTest, "test" | "entry">,
  { root, scenarios }: Pick<Discovery, "scenarios"> & { readonly root: string },
  { modules, onModuleOutput }: ModuleOptions,
): Promise<Scenario> {
  const index = await indexScenarios(root, scenarios, {
    cacheDir: cacheFolder(root),
    ...defined({ modules, onModuleOutput }),
    wanted: (id) => id === scenario,
  });
  if (index.has(scenario)) return index.load(scenario);
  throw unclaimed(`the twin of \`${testLabel(test)}\`, \`${scenario}\`, is no scenario`);
}

function unclaimed(message: string): InputError {
  return new InputError({
    code: "KT0864",
    message,
    hint: "name the test that ran with `--atomic`, or judge nothing but the rules with `--no-atomic`",
  });
}
