import { createRequire } from "node:module";
import { join } from "node:path";
import type { createJiti as CreateJiti } from "jiti";
import { InputError } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import { defineScenario, defineScenarios } from "../scenario/define.ts";
import { scenariosDefined } from "../scenario/from-definition.ts";
import type { ScenarioSet } from "../scenario/read.ts";
import type { Surroundings } from "../scenario/types.ts";

const require = createRequire(import.meta.url);

/** The scenarios that a TypeScript file of the project defines, its JavaScript kept in `cacheDir`. Throws an `InputError` (KT0550, KT0551). */
export function loadGenerator(
  root: string,
  from: { readonly source: Source; readonly id: string; readonly project: Surroundings },
  { cacheDir }: { readonly cacheDir?: string } = {},
): ScenarioSet {
  const { source } = from;
  return scenariosDefined(importModule(join(root, source.file), source, cacheDir), from);
}

function importModule(
  path: string,
  source: Source,
  cacheDir: string | undefined,
): Readonly<Record<string, unknown>> {
  // Its compiler is heavy, and most projects have no scenarios in TypeScript.
  const { createJiti } = require("jiti") as { readonly createJiti: typeof CreateJiti };
  const load = createJiti(import.meta.url, {
    fsCache: cacheDir === undefined ? false : join(cacheDir, "scenarios"),
    // Another run in this process must see the file as it is then.
    moduleCache: false,
    // This very package, and of it what a scenario needs: no other copy is compiled for it.
    virtualModules: { kqltest: { defineScenario, defineScenarios } },
  });
  try {
    return load(path) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(
      { code: "KT0550", message: `the scenario cannot be loaded: ${reason}`, source },
      { cause: error },
    );
  }
}
