import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../base/diagnostic.ts";
import { hashOf, timeZone } from "../cache/files-hash.ts";
import { listFiles } from "../project-files.ts";
import { buildStamp, isBuilt, readCache, writeCache } from "../cache/cache-file.ts";
import { isModule, isSelfContained } from "./module-imports.ts";
import type { CaseVariables } from "../../scenario/definitions/module-scenarios.ts";
import type { ModuleSettings } from "./module-options.ts";
import type { MadeModule, ScenarioModule } from "./run-modules.ts";

/** What modules of a project made, kept between runs: a module that did not change is not run again. */
export interface ModuleCache {
  /** What the module made, all of its scenarios; undefined where that must be made. */
  read(module: ScenarioModule): MadeModule | undefined;
  /** Keeps what the module made, where that is all of its scenarios without an error. */
  write(module: ScenarioModule, made: MadeModule): void;
}

interface CachedModule {
  readonly inputs: string;
  readonly cases: readonly CaseVariables[] | null;
  readonly texts: readonly string[];
}

/** The folders whose modules scenarios may import from. */
const folders = ["scenarios", "rules", "fixtures", "tables", "functions", "organisations"];

/** The cache of a run with these settings; it keeps nothing where modules depend on more than themselves. */
export function createModuleCache({ root, cacheDir }: ModuleSettings): ModuleCache {
  const inputs = cacheDir === undefined || !isBuilt ? undefined : hashOfModules(root);
  if (cacheDir === undefined || inputs === undefined) {
    return { read: () => undefined, write: () => undefined };
  }
  const placeOf = ({ file }: ScenarioModule): string =>
    join(cacheDir, "modules", `made-${hashOf(file)}.json`);
  return {
    read: (module) => {
      const kept = readCache<CachedModule>(cacheDir, placeOf(module));
      if (kept?.inputs !== inputs) return undefined;
      return { cases: kept.cases, texts: new Map(kept.texts.entries()) };
    },
    write: (module, { cases, texts }) => {
      const whole = Array.from({ length: cases?.length ?? 1 }, (_, index) => texts.get(index));
      if (!whole.every((text) => typeof text === "string")) return;
      const kept: CachedModule = { inputs, cases, texts: whole };
      writeCache(cacheDir, placeOf(module), kept);
    },
  };
}

/** The modules of the project; undefined where a file among them is wrong, which is told where it is used. */
function moduleFiles(root: string): readonly string[] | undefined {
  try {
    return folders.flatMap((folder) => listFiles(root, folder)).filter(isModule);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** A hash of all modules that scenarios may be made of, under this build; undefined where one of them may depend on anything else. */
function hashOfModules(root: string): string | undefined {
  const files = moduleFiles(root);
  if (files === undefined) return undefined;
  // A name without an ending may mean a file of data.
  const isInside = (file: string): boolean =>
    isModule(file) && folders.includes(file.split("/", 1)[0] ?? "");
  const parts: string[] = [];
  for (const file of files) {
    const text = readFileSync(join(root, file), "utf8");
    if (!isSelfContained({ file, text }, isInside)) return undefined;
    parts.push(`${file}\0${hashOf(text)}`);
  }
  return hashOf([buildStamp(), timeZone(), ...parts].join("\0"));
}
