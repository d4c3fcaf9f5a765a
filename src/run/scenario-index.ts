import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Source } from "../base/source.ts";
import { InputError } from "../base/diagnostic.ts";
import type { NamedCase } from "../scenario/expand/open.ts";
import type { ReadFile } from "../scenario/expand/part.ts";
import { readScenarios, type ScenarioSet } from "../scenario/read.ts";
import type { Scenario, Surroundings } from "../scenario/types.ts";
import type { Catalog } from "../schema/tables.ts";
import { isFileInside, readSource } from "./files.ts";
import { loadGenerator } from "./generators.ts";
import { loadTables } from "./inputs.ts";

/** The scenarios of a project by name. Files are read once, and only those that may hold several, until one of theirs is asked for. */
export interface ScenarioIndex {
  /** Ids of all scenarios, those of one file together. */
  readonly ids: readonly string[];
  /** The cases of the file with this id; none where it describes a single scenario. */
  casesOf(file: string): readonly NamedCase[];
  /** Throws an `InputError` for what is wrong with it. */
  load(id: string): Scenario;
}

export interface IndexOptions {
  /** Where compiled TypeScript is kept between runs; nothing is kept where it is absent. */
  readonly cacheDir?: string;
}

/** The scenarios in `files`, by id. One whose cases cannot be told counts as a single scenario, and loading it says why. */
export function indexScenarios(
  root: string,
  files: ReadonlyMap<string, string>,
  options: IndexOptions = {},
): ScenarioIndex {
  const project = surroundings(root);
  const sets = new Map<string, ScenarioSet>();
  const open = (id: string, source: Source): ScenarioSet => {
    const { file } = source;
    const set =
      sets.get(id) ??
      (file.endsWith(".ts")
        ? loadGenerator(root, { file, id, project }, options)
        : readScenarios(source, id, project));
    sets.set(id, set);
    return set;
  };
  const casesOf = (id: string): readonly NamedCase[] => {
    const known = sets.get(id);
    const file = files.get(id);
    if (file === undefined) return [];
    const set =
      known ?? attempt(() => openIfSeveral(readSource(root, file), (source) => open(id, source)));
    return set?.cases.filter((one) => one.case !== undefined) ?? [];
  };
  const byId = new Map<string, NamedCase | undefined>();
  for (const id of files.keys()) {
    const cases = casesOf(id);
    if (cases.length === 0) byId.set(id, undefined);
    for (const one of cases) byId.set(one.id, one);
  }
  return {
    ids: [...byId.keys()],
    casesOf,
    load: (id) => {
      const named = byId.get(id);
      const fileId = named?.case?.file ?? id;
      const set = sets.get(fileId) ?? open(fileId, readSource(root, files.get(fileId) ?? ""));
      const wanted = named ?? set.cases[0];
      if (wanted === undefined) throw new Error(`no scenario ${id}`);
      return set.read(wanted);
    },
  };
}

/** Opens what may describe several scenarios; the text of any other need not be parsed to know its one name. */
function openIfSeveral(
  source: Source,
  open: (source: Source) => ScenarioSet,
): ScenarioSet | undefined {
  const several = source.file.endsWith(".ts") ? /defineScenarios/ : /matrix|vector/;
  return several.test(source.text) ? open(source) : undefined;
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
function surroundings(root: string): Surroundings {
  let tables: Catalog | undefined;
  return {
    readFile: projectFiles(root),
    get tables() {
      // A table that is wrong is told of where the project's inputs are loaded.
      tables ??= new Map(loadTables(root).map((table) => [table.name, table]));
      return tables;
    },
  };
}

/** The files of the project in `root`, each read once. */
function projectFiles(root: string): ReadFile {
  const read = new Map<string, Source>();
  return (file) => {
    const known = read.get(file);
    if (known !== undefined) return known;
    if (!existsSync(join(root, file)) || !isFileInside(root, file)) return undefined;
    const source = readSource(root, file);
    read.set(file, source);
    return source;
  };
}
