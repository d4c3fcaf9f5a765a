import { defined } from "../base/defined.ts";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { configFile } from "../project/config-file.ts";
import { hashOf, hashOfFiles } from "../project/cache/files-hash.ts";
import { listFiles } from "../project/project-files.ts";
import {
  cacheFolder,
  isBuilt,
  isPlain,
  readCache,
  writeCache,
} from "../project/cache/cache-file.ts";
import { isModule, isSelfContained } from "../project/modules/module-imports.ts";
import type { Project } from "../project/project.ts";
import type { RunOptions, RunResult } from "./types.ts";
import { hasPassed } from "./summary.ts";

export interface FolderRunOptions extends Omit<RunOptions, "project"> {
  readonly root: string;
}

/** A run in which everything passed, and what stands for all that it was made from. */
interface CachedRun {
  readonly inputs: string;
  readonly result: RunResult;
}

/** The folders whose files are a project. */
const folders = [
  "rules",
  "scenarios",
  "expected",
  "organisations",
  "tables",
  "functions",
  "fixtures",
];

/**
 * `runSuite` on the project in a folder; where nothing has changed since an equal run in which everything passed, the
 * result of that run, marked as `cached`. A run is a function of its files and options, so nothing is lost by it. What
 * could depend on anything else is not kept: modules that import packages, files from outside of the project's folders.
 */
export async function runCached(
  options: FolderRunOptions,
  { keeps = isBuilt }: { readonly keeps?: boolean } = {},
): Promise<RunResult> {
  const startedMs = performance.now();
  const since = (): number => Math.round(performance.now() - startedMs);
  const place = keeps ? placeOf(options) : undefined;
  const inputs = place === undefined ? undefined : hashOfInputs(options.root);
  if (place !== undefined && inputs !== undefined) {
    const kept = readCache<CachedRun>(cacheFolder(options.root), place);
    if (kept?.inputs === inputs) return { ...kept.result, durationMs: since(), cached: true };
  }
  const { project, ...found } = await runFolder(options, keeps);
  const result = { ...found.result, durationMs: since() };
  if (place !== undefined && inputs !== undefined && isCacheable(project, result)) {
    // A file that was written in the meantime belongs to this run or to the next: nobody knows.
    if (hashOfInputs(options.root) === inputs) {
      writeCache(cacheFolder(options.root), place, { inputs, result } satisfies CachedRun);
    }
  }
  return result;
}

/** A hash of all that a run is made from but its options; undefined where that cannot be known. */
function hashOfInputs(root: string): string | undefined {
  const files = hashOfFiles(root, folders);
  const settings = join(root, configFile);
  if (files === undefined || !existsSync(settings)) return files;
  return hashOf(`${files}\0${readFileSync(settings, "utf8")}`);
}

/** The run itself. Its modules are loaded here: a run that is told again needs none of them. */
async function runFolder(
  options: FolderRunOptions,
  keeps: boolean,
): Promise<{ readonly project: Project; readonly result: RunResult }> {
  const { root, missingFixtures } = options;
  const thread = keeps ? (await import("./thread.ts")).createThread() : undefined;
  const order = {
    root,
    cacheDir: cacheFolder(root),
    ...defined({ missingFixtures }),
  };
  const compiling = isWhole(options) ? thread?.compile(order) : undefined;
  try {
    const { loadProject } = await import("../project/project.ts");
    const { runProject } = await import("./suite.ts");
    const project = await loadProject(root, options);
    await compiling;
    return { project, result: await runProject(project, options, thread) };
  } finally {
    await thread?.stop();
  }
}

/** Whether all rules are to run, and their plans may be kept. */
function isWhole({ rules = [], filters = [], cache }: FolderRunOptions): boolean {
  return rules.length === 0 && filters.length === 0 && cache !== false;
}

/** Where the run with these options is kept: one result for each set of options, so that the cache does not grow with every change. */
function placeOf({
  root,
  cache,
  update,
  onProgress,
  ...rest
}: FolderRunOptions): string | undefined {
  if (cache === false || update === true || onProgress !== undefined) return undefined;
  return join(cacheFolder(root), "runs", `${hashOf(JSON.stringify(rest))}.json`);
}

/** Whether `result` can be told again: it has passed, its files are all in the project's folders, and nothing of it is lost in JSON. */
function isCacheable({ root, otherFiles = [] }: Project, result: RunResult): boolean {
  if (root === undefined || !hasPassed(result)) return false;
  const isInside = (file: string): boolean => folders.includes(file.split("/", 1)[0] ?? "");
  // Whatever its folder and language, a module that none imports costs a run, and one that is overlooked the truth.
  const modules = folders.flatMap((folder) => listFiles(root, folder)).filter(isModule);
  return (
    otherFiles.every(isInside) &&
    modules.every((file) =>
      isSelfContained({ file, text: readFileSync(join(root, file), "utf8") }, isInside),
    ) &&
    isPlain(result)
  );
}
