import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { InputError } from "../base/diagnostic.ts";
import { listFiles } from "./files.ts";
import { buildStamp, isBuilt, readKept, writeKept } from "./kept.ts";
import { isSelfContained } from "./module-imports.ts";
import type { Project } from "./project.ts";
import type { RunOptions } from "./suite.ts";
import { hasPassed } from "./summary.ts";
import type { RunResult } from "./types.ts";

export interface FolderRunOptions extends Omit<RunOptions, "project"> {
  readonly root: string;
}

/** A run in which everything passed, and what stands for all that it was made from. */
interface KeptRun {
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

/** With more than this, reading it all costs what it could save. */
const maxBytes = 64 * 2 ** 20;

/**
 * `runSuite` on the project in a folder; where nothing has changed since an equal run in which everything passed, the
 * result of that run, marked as `kept`. A run is a function of its files and options, so nothing is lost by it. What
 * could depend on anything else is not kept: modules that import packages, files from outside of the project's folders.
 */
export async function runUnlessKept(
  options: FolderRunOptions,
  { keeps = isBuilt }: { readonly keeps?: boolean } = {},
): Promise<RunResult> {
  const startedMs = performance.now();
  const since = (): number => Math.round(performance.now() - startedMs);
  const place = keeps ? placeOf(options) : undefined;
  const inputs = place === undefined ? undefined : hashOfInputs(options.root);
  if (place !== undefined && inputs !== undefined) {
    const kept = readKept<KeptRun>(place);
    if (kept?.inputs === inputs) return { ...kept.result, durationMs: since(), kept: true };
  }
  const [{ loadProject }, { runSuite }] = await Promise.all([
    import("./project.ts"),
    import("./suite.ts"),
  ]);
  const project = loadProject(options.root, options, options);
  const result = { ...(await runSuite({ ...options, project })), durationMs: since() };
  if (place !== undefined && inputs !== undefined && mayBeKept(project, result)) {
    // A file that was written in the meantime belongs to this run or to the next: nobody knows.
    if (hashOfInputs(options.root) === inputs) {
      writeKept(cacheDir(options.root), place, { inputs, result } satisfies KeptRun);
    }
  }
  return result;
}

function cacheDir(root: string): string {
  return join(root, ".kqltest/cache");
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
  return join(cacheDir(root), "runs", `${hashOf(JSON.stringify(rest))}.json`);
}

/** A hash of every file of the project; undefined where they are too large, or a link among them leads elsewhere. */
function hashOfInputs(root: string): string | undefined {
  try {
    const files = folders.flatMap((folder) => listFiles(root, folder));
    const bytes = files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
    if (bytes > maxBytes) return undefined;
    const parts = files.map((file) => `${file}\0${hashOf(readFileSync(join(root, file)))}`);
    return hashOf([buildStamp(), process.version, ...parts].join("\0"));
  } catch (error) {
    if (error instanceof InputError || isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function hashOf(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Whether `result` can be told again: it has passed, its files are all in the project's folders, and nothing of it is lost in JSON. */
function mayBeKept({ root, otherFiles = [] }: Project, result: RunResult): boolean {
  if (root === undefined || !hasPassed(result)) return false;
  const isInside = (file: string): boolean => folders.includes(file.split("/", 1)[0] ?? "");
  const modules = ["rules", "scenarios"]
    .flatMap((folder) => listFiles(root, folder))
    .filter((file) => file.endsWith(".ts"));
  return (
    otherFiles.every(isInside) &&
    modules.every((file) =>
      isSelfContained({ file, text: readFileSync(join(root, file), "utf8") }, isInside),
    ) &&
    isDeepStrictEqual(JSON.parse(JSON.stringify(result)), result)
  );
}
