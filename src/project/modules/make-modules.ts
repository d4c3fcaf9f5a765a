import type { ScenarioSet } from "../../scenario/read-scenarios.ts";
import { scenariosDefined, type Defining } from "../../scenario/definitions/from-definition.ts";
import { readSource } from "../project-files.ts";
import { InputError } from "../../base/diagnostic.ts";
import { createModuleCache } from "./module-cache.ts";
import { moduleSettings, type ModuleOptions, type ModuleSettings } from "./module-options.ts";
import { eachInTurn, makeScenarios, moduleScenarios, type ScenarioModule } from "./run-modules.ts";

export interface MakeOptions extends ModuleOptions {
  /** Where compiled TypeScript, and scenarios of files that do not change, are kept between runs; nothing is kept where it is absent. */
  readonly cacheDir?: string;
  /** Whether the scenario with this id may be loaded: no other is made of a module. Absent: all may. */
  readonly wanted?: (id: string) => boolean;
}

/** The scenarios of a module, for the project around it. Throws an `InputError` where the module could not be run. */
export type OpenModule = (given: Defining) => ScenarioSet;

/** Runs the modules among `files`, which are scenario files by id, and gives the scenarios of each. A module that can only have one scenario runs where that is wanted. */
export async function makeModules(
  root: string,
  files: ReadonlyMap<string, string>,
  { wanted = () => true, cacheDir, ...options }: MakeOptions,
): Promise<ReadonlyMap<string, OpenModule>> {
  const made = new Map<string, OpenModule>();
  const modules = [...files]
    .filter(([, file]) => file.endsWith(".ts"))
    .map(([id, file]) => ({ id, file }));
  if (modules.length === 0) return made;
  const settings = moduleSettings(root, options, cacheDir);
  const cache = createModuleCache(settings);
  await eachInTurn(modules, async (module) => {
    made.set(module.id, await openModule(module, { settings, cache, wanted }));
  });
  return made;
}

interface Making {
  readonly settings: ModuleSettings;
  readonly cache: ReturnType<typeof createModuleCache>;
  readonly wanted: (id: string) => boolean;
}

async function openModule(
  module: ScenarioModule,
  { settings, cache, wanted }: Making,
): Promise<OpenModule> {
  const { id, file } = module;
  try {
    const { text } = readSource(settings.root, file);
    if (!/defineScenarios/.test(text) && !wanted(id)) return () => unopened(id);
    const kept = settings.modules === "allow" ? cache.read(module) : undefined;
    const made = kept ?? (await makeScenarios(module, settings, wanted));
    if (kept === undefined) cache.write(module, made);
    return (given) => scenariosDefined(moduleScenarios(made, file), given);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return () => {
      throw error;
    };
  }
}

function unopened(id: string): ScenarioSet {
  return {
    cases: [{ id }],
    read: () => {
      throw new Error(`the scenario ${id} was not to be loaded`);
    },
  };
}
