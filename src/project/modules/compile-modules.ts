import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Jiti } from "jiti";
import { readCache, writeCache } from "../cache/cache-file.ts";
import { importedNames } from "./module-imports.ts";
import { openCompiler, sourceKey } from "./load-module.ts";
import type { ModuleToRun } from "./messages.ts";

/** The JavaScript of the module at `path` and of all that it imports by a relative path, by `sourceKey`, from the cache where an equal text was compiled before. What cannot be compiled is left out: the module's own process says why. */
export function compileModules(
  path: string,
  kind: ModuleToRun["kind"],
  cacheDir: string | undefined,
): ReadonlyMap<string, string> {
  const compiled = new Map<string, string>();
  const seen = new Set<string>();
  const open = [path];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const source = readFileSync(next, "utf8");
    const code = compileModule({ path: next, source, kind }, cacheDir);
    if (code !== undefined) compiled.set(sourceKey(next, source), code);
    for (const name of importedNames(source)) {
      const found = /^\.{1,2}\//.test(name) ? resolveModule(next, name) : undefined;
      if (found !== undefined) open.push(found);
    }
  }
  return compiled;
}

interface ModuleSource {
  readonly path: string;
  readonly source: string;
  readonly kind: ModuleToRun["kind"];
}

let compiler: Jiti | undefined;

function compileModule(
  { path, source, kind }: ModuleSource,
  cacheDir: string | undefined,
): string | undefined {
  const file =
    cacheDir === undefined
      ? undefined
      : join(cacheDir, "modules", `${kind}-${sourceKey(path, source)}.json`);
  const kept =
    cacheDir === undefined || file === undefined ? undefined : readCache<unknown>(cacheDir, file);
  if (typeof kept === "string") return kept;
  const code = transform({ path, source, kind });
  if (code === undefined) return undefined;
  if (cacheDir !== undefined && file !== undefined) writeCache(cacheDir, file, code);
  return code;
}

function transform({ path, source, kind }: ModuleSource): string | undefined {
  compiler ??= openCompiler();
  const options = { filename: path, source, ts: /\.[cm]?tsx?$/.test(path), jsx: false };
  try {
    const code = compiler.transform({ ...options, async: kind === "reference" });
    // What jiti makes of a text that it cannot read throws where it runs.
    return code.includes("__JITI_ERROR__") ? undefined : code;
  } catch {
    return undefined;
  }
}

const endings = ["", ".ts", ".mts", ".js", ".mjs", "/index.ts", "/index.js"];

/** The file that `name` means in the module at `path`; undefined where that is for the module's process to find. */
function resolveModule(path: string, name: string): string | undefined {
  const base = resolve(dirname(path), name);
  const candidates = [...endings.map((ending) => `${base}${ending}`), base.replace(/js$/, "ts")];
  return candidates.find(
    (file) => /\.[cm]?[jt]s$/.test(file) && existsSync(file) && statSync(file).isFile(),
  );
}
