import { defined } from "../../base/defined.ts";
import { availableParallelism } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../base/diagnostic.ts";
import { namedCase } from "../../scenario/expand/named-case.ts";
import type {
  CaseVariables,
  ModuleScenarios,
} from "../../scenario/definitions/module-scenarios.ts";
import { fileProblem } from "../project-files.ts";
import { compileModules } from "./compile-modules.ts";
import type { ModuleProblem, ModuleToRun } from "./messages.ts";
import type { ModuleSettings } from "./module-options.ts";
import { openModuleProcess, type ModuleProcess } from "./module-process.ts";
import { casesOf, madeOf } from "./replies.ts";

/** A scenario file in TypeScript. */
export interface ScenarioModule {
  /** Path relative to the project. */
  readonly file: string;
  readonly id: string;
}

// A reference may import from "kqltest": that is this very package, built or not.
const ownExtension = extname(fileURLToPath(import.meta.url));
const entry = fileURLToPath(new URL(`../../index${ownExtension}`, import.meta.url));

/** What `use` gives of a process for the module `file`, with the order to load it. Throws an `InputError` about the file (KT0713 where modules are refused). */
export async function withModule<T>(
  { file, id, kind, path }: ScenarioModule & Pick<ModuleToRun, "kind" | "path">,
  settings: ModuleSettings,
  use: (process: ModuleProcess, open: { kind: "open"; module: ModuleToRun }) => Promise<T>,
): Promise<T> {
  requireAllowed(file, settings);
  const { limitMs, cacheDir, onModuleOutput } = settings;
  const process = openModuleProcess({ file, limitMs });
  let output = "";
  try {
    const compiled = compileModules(path, kind, cacheDir);
    const module: ModuleToRun = { kind, path, id, entry, compiled, limitMs };
    const result = await use(process, { kind: "open", module });
    output = process.end();
    return result;
  } finally {
    process.end();
    if (output !== "") onModuleOutput?.(file, output);
  }
}

function requireAllowed(file: string, { modules }: ModuleSettings): void {
  if (modules === "allow") return;
  throw new InputError(
    fileProblem("KT0713", file, {
      message: "scenarios and references in TypeScript are not allowed here",
      hint: "write it as YAML, or allow it: `modules: allow` in `kqltest.config.yaml`, and no `--no-modules`",
    }),
  );
}

/** What a module made: its cases, and of those that were wanted their texts. */
export interface MadeModule {
  readonly cases: readonly CaseVariables[] | null;
  /** By the number of the case; absent where it was not wanted. */
  readonly texts: ReadonlyMap<number, string | ModuleProblem>;
}

/** Runs a scenario file in a process of its own, and makes those of its scenarios whose ids are `wanted`. Throws an `InputError` about the file. */
export function makeScenarios(
  module: ScenarioModule,
  settings: ModuleSettings,
  wanted: (id: string) => boolean,
): Promise<MadeModule> {
  const { id } = module;
  const path = join(settings.root, module.file);
  return withModule({ ...module, path, kind: "scenario" }, settings, async (process, open) => {
    const { cases } = await process.ask([open], (reply) => ({ cases: casesOf(reply) }));
    const ids = cases?.map((values) => namedCase({ values: new Map(Object.entries(values)) }, id));
    const indexes = (ids ?? [{ id }]).flatMap((one, index) => (wanted(one.id) ? [index] : []));
    const texts = new Map<number, string | ModuleProblem>();
    if (indexes.length === 0) return { cases, texts };
    return process.ask([{ kind: "make", indexes }], (reply) => {
      for (const text of madeOf(reply, indexes.length - texts.size)) {
        texts.set(indexes[texts.size] ?? 0, text);
      }
      return texts.size === indexes.length ? { cases, texts } : undefined;
    });
  });
}

/** `made` as scenarios of `file`, whose problems are told where they are asked for. */
export function moduleScenarios({ cases, texts }: MadeModule, file: string): ModuleScenarios {
  return {
    cases,
    text: (index) => {
      const text = texts.get(index);
      if (typeof text === "string") return text;
      if (text === undefined) throw new Error(`scenario ${index} of ${file} was not made`);
      const { code, message, hint } = text;
      throw new InputError(fileProblem(code, file, { message, ...defined({ hint }) }));
    },
  };
}

/** Calls `run` for each of `items`, several at a time: each is a process, and there are so many cores. */
export async function eachInTurn<T>(
  items: readonly T[],
  run: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker));
}
