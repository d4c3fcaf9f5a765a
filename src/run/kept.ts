import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Run from source, any module may have changed since: nothing would tell what an old one has kept from what a new one would make. */
export const isBuilt: boolean = import.meta.url.endsWith(".js");

let stamp: string | undefined;

/** This build of kqltest with the packages it names, and this Node: another may make something else, even under the same version. A build writes every module anew, and a hash of them all. */
export function buildStamp(): string {
  stamp ??= [
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
    readKept<{ readonly hash: string }>(fileURLToPath(new URL("../build.json", import.meta.url)))
      ?.hash,
    statSync(fileURLToPath(import.meta.url)).mtimeMs,
    process.version,
  ].join("\0");
  return stamp;
}

/** Whether `data` comes back from JSON as it was: JSON has no -0, no infinity and nothing that is undefined. Looked through and not tried, for there may be megabytes of it. */
export function isPlain(data: unknown): boolean {
  if (data === null || typeof data === "string" || typeof data === "boolean") return true;
  if (typeof data === "number") return Number.isFinite(data) && !Object.is(data, -0);
  if (typeof data !== "object") return false;
  if (Array.isArray(data)) return Array.from<unknown>(data).every(isPlain);
  return Object.getPrototypeOf(data) === Object.prototype && Object.values(data).every(isPlain);
}

/** The data that was kept in `file`; undefined where it is absent or cut short. */
export function readKept<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch {
    return undefined;
  }
}

/** Keeps `data` in `file` of `cacheDir`. A cache that cannot be written (a read-only checkout) costs time and nothing else. */
export function writeKept(cacheDir: string, file: string, data: unknown): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const ignored = join(cacheDir, ".gitignore");
    if (!existsSync(ignored)) writeFileSync(ignored, "*\n");
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(data));
    renameSync(temporary, file);
  } catch {
    return;
  }
}
