import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Source } from "../../base/source.ts";
import { InputError } from "../../base/diagnostic.ts";
import { fileIdOf } from "../../scenario/expand/case-name.ts";
import type { CaseName } from "../../scenario/expand/named-case.ts";
import type { ReadFile } from "../../scenario/model/nearest-file.ts";
import { readScenarios, type ScenarioSet } from "../../scenario/read-scenarios.ts";
import type { Scenario, Surroundings } from "../../scenario/model/types.ts";
import type { Catalog } from "../../schema/tables.ts";
import { isFileInside, listFiles, readSource } from "../project-files.ts";
import { loadTables } from "../inputs.ts";
import { isBuilt } from "../cache/cache-file.ts";
import { cachedScenarios, type CacheableFile } from "../cache/scenario-cache.ts";
import { makeModules, type MakeOptions } from "../modules/make-modules.ts";

/** The scenarios of a project by name. Files are read once, and only those that may hold several, until one of theirs is asked for. */
export interface ScenarioIndex {
  /** Ids of all scenarios, those of one file together. */
  readonly ids: readonly string[];
  /** Whether there is a scenario `id`; of the files, only the one that would describe it is read. */
  has(id: string): boolean;
  /** The cases of the file with this id; none where it describes a single scenario. */
  casesOf(file: string): readonly CaseName[];
  /** Throws an `InputError` for what is wrong with it. */
  load(id: string): Scenario;
  /** Paths of the files beside the scenarios' own that have been asked for so far. */
  otherFiles(): readonly string[];
}

/** Where something is kept between runs, and which scenarios of modules may be loaded. */
export type IndexOptions = MakeOptions;

/** The scenarios in `files`, by id. Modules run here, in processes of their own. A file whose cases cannot be told counts as a single scenario, and loading it says why. */
export async function indexScenarios(
  root: string,
  files: ReadonlyMap<string, string>,
  options: IndexOptions = {},
): Promise<ScenarioIndex> {
  const running = makeModules(root, files, options);
  const others = projectFiles(root);
  const project = surroundings(root, others.read);
  const sets = new Map<string, ScenarioSet>();
  let modules: Awaited<typeof running> = new Map();
  const open = (id: string): ScenarioSet => {
    const file = files.get(id);
    const known = sets.get(id);
    if (known !== undefined || file === undefined) return known ?? noScenarios;
    const given = { id, source: readSource(root, file), project };
    const set = modules.get(id)?.(given) ?? openSet(given, options);
    sets.set(id, set);
    return set;
  };
  const namesIn = (id: string): readonly CaseName[] => attempt(() => open(id).cases) ?? [{ id }];
  // While modules run elsewhere, the other files that may hold several scenarios are read.
  for (const [id, file] of files) if (!file.endsWith(".ts")) attempt(() => open(id));
  modules = await running;
  const fileOf = (id: string): string => (files.has(id) ? id : fileIdOf(id));
  let ids: readonly string[] | undefined;
  return {
    get ids() {
      ids ??= [...files.keys()].flatMap(namesIn).map(({ id }) => id);
      return ids;
    },
    has: (id) => files.has(fileOf(id)) && namesIn(fileOf(id)).some((one) => one.id === id),
    casesOf: (id) => namesIn(id).filter((one) => one.case !== undefined),
    load: (id) => open(fileOf(id)).read({ id }),
    otherFiles: others.paths,
  };
}

const noScenarios: ScenarioSet = {
  cases: [],
  read: ({ id }) => {
    throw new Error(`no scenario ${id}`);
  },
};

/** The scenarios of one YAML file. One that surely describes a single scenario is not parsed before that is asked for. */
function openSet(given: Omit<CacheableFile, "open">, { cacheDir }: IndexOptions): ScenarioSet {
  const { id, source } = given;
  const set = (): ScenarioSet => {
    if (cacheDir === undefined || !isBuilt) return readScenarios(source, id, given.project);
    const open: CacheableFile["open"] = (project) => readScenarios(source, id, project);
    return cachedScenarios({ ...given, open }, cacheDir);
  };
  if (/matrix|vector/.test(source.text)) return set();
  return {
    cases: [{ id }],
    read: () => {
      const opened = set();
      const [only] = opened.cases;
      if (only === undefined) throw new Error(`no scenario ${id}`);
      return opened.read(only);
    },
  };
}

/** What `read` gives; undefined where the input is wrong, which is told when it is asked for. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** What scenarios of the project in `root` may refer to. */
function surroundings(root: string, readFile: ReadFile): Surroundings {
  let tables: Catalog | undefined;
  return {
    readFile,
    listFiles: (folder) => listFiles(root, folder),
    get tables() {
      // A table that is wrong is told of where the project's inputs are loaded.
      tables ??= new Map(loadTables(root).map((table) => [table.name, table]));
      return tables;
    },
  };
}

/** The files of the project in `root`, each read once, and the paths of all that were asked for. */
function projectFiles(root: string): {
  readonly read: ReadFile;
  readonly paths: () => readonly string[];
} {
  const known = new Map<string, Source | undefined>();
  const find = (file: string): Source | undefined =>
    existsSync(join(root, file)) && isFileInside(root, file) ? readSource(root, file) : undefined;
  return {
    read: (file) => {
      if (!known.has(file)) known.set(file, find(file));
      return known.get(file);
    },
    paths: () => [...known.keys()],
  };
}
