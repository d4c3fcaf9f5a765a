import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import type { createJiti as CreateJiti, Jiti, TransformOptions } from "jiti";
import { defineScenario, defineScenarios } from "../../scenario/define.ts";
import type { ModuleToRun } from "./messages.ts";

const require = createRequire(import.meta.url);

/** Under which `ModuleToRun.compiled` has the JavaScript of `source`, the text of the file `path`. */
export function sourceKey(path: string, source: string): string {
  return createHash("sha256").update(`${path}\0${source}`).digest("hex");
}

/** The compiler of TypeScript. It is heavy, and loads its larger half when it first compiles. */
export function openCompiler(options: Parameters<typeof CreateJiti>[1] = {}): Jiti {
  const { createJiti } = require("jiti") as { readonly createJiti: typeof CreateJiti };
  // Its own cache trusts whoever wrote the file: what is kept is kept by `compileModules`.
  return createJiti(import.meta.url, { fsCache: false, moduleCache: false, ...options });
}

/** The exports of a module, which runs. */
export async function loadModule(module: ModuleToRun): Promise<Readonly<Record<string, unknown>>> {
  const compiler = openCompiler();
  const transform = (options: TransformOptions): { readonly code: string } => {
    const { filename = "", source } = options;
    return {
      code: module.compiled.get(sourceKey(filename, source)) ?? compiler.transform(options),
    };
  };
  if (module.kind === "reference") {
    const jiti = openCompiler({ transform, alias: { kqltest: module.entry } });
    return jiti.import(module.path);
  }
  // This very package, and of it what a scenario needs: no other copy is compiled for it.
  const virtualModules = { kqltest: { defineScenario, defineScenarios } };
  return openCompiler({ transform, virtualModules })(module.path) as Readonly<
    Record<string, unknown>
  >;
}
