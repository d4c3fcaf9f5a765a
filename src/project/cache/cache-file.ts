import { createHmac, timingSafeEqual } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { threadId } from "node:worker_threads";
import { cacheKey } from "./cache-key.ts";

/** The folder in which the project in `root` keeps what it can make again. */
export function cacheFolder(root: string): string {
  return resolve(root, ".kqltest/cache");
}

/** Run from source, any module may have changed since: nothing would tell what an old one has kept from what a new one would make. */
export const isBuilt: boolean = import.meta.url.endsWith(".js");

let stamp: string | undefined;

/** This build of kqltest with the packages it names, and this Node: another may make something else, even under the same version. A build writes every module anew, and a hash of them all. */
export function buildStamp(): string {
  stamp ??= [
    readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
    hashOfBuild(),
    statSync(fileURLToPath(import.meta.url)).mtimeMs,
    process.version,
  ].join("\0");
  return stamp;
}

/** Absent where kqltest runs from source. */
function hashOfBuild(): string | undefined {
  const file = new URL("../../build.json", import.meta.url);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Whether `data` comes back from JSON as it was: JSON has no -0, no infinity and nothing that is undefined. Looked through and not tried, for there may be megabytes of it. */
export function isPlain(data: unknown): boolean {
  if (data === null || typeof data === "string" || typeof data === "boolean") return true;
  if (typeof data === "number") return Number.isFinite(data) && !Object.is(data, -0);
  if (typeof data !== "object") return false;
  if (Array.isArray(data)) return Array.from<unknown>(data).every(isPlain);
  return Object.getPrototypeOf(data) === Object.prototype && Object.values(data).every(isPlain);
}

/** The data that was kept in `file` of `cacheDir` by this user; undefined where it is absent, cut short, edited, copied from elsewhere, or of another owner. */
export function readCache<T>(cacheDir: string, file: string): T | undefined {
  const key = cacheKey();
  if (key === undefined) return undefined;
  try {
    // A link among them, which a checkout may bring, leads anywhere.
    if (![dirname(cacheDir), cacheDir, file].every(isOwn)) return undefined;
    const written = readFileSync(file);
    const end = written.indexOf(lineFeed);
    const [seal, content] = [written.subarray(0, end), written.subarray(end + 1)];
    const expected = Buffer.from(sealOf(key, { cacheDir, file, content }));
    if (seal.length !== expected.length || !timingSafeEqual(seal, expected)) return undefined;
    return JSON.parse(content.toString("utf8")) as T;
  } catch {
    return undefined;
  }
}

/** Keeps `data` in `file` of `cacheDir`. A cache that cannot be written (a read-only checkout), or is of another owner, costs time and nothing else. */
export function writeCache(cacheDir: string, file: string, data: unknown): void {
  const key = cacheKey();
  if (key === undefined) return;
  try {
    const folders = [dirname(cacheDir), cacheDir, dirname(file)];
    // Before and after they are made: not through a link, and not into a folder of somebody else.
    if (!folders.every((folder) => isAbsent(folder) || isOwn(folder))) return;
    mkdirSync(dirname(file), { recursive: true });
    if (!folders.every(isOwn)) return;
    const ignored = join(cacheDir, ".gitignore");
    if (!existsSync(ignored)) writeFileSync(ignored, "*\n", { flag: "wx" });
    const content = Buffer.from(JSON.stringify(data));
    const temporary = `${file}.${process.pid}.${threadId}`;
    rmSync(temporary, { force: true });
    // Not through a link that somebody put there.
    writeFileSync(temporary, `${sealOf(key, { cacheDir, file, content })}\n`, { flag: "wx" });
    appendFileSync(temporary, content);
    renameSync(temporary, file);
  } catch {
    return;
  }
}

const lineFeed = 10;

/** Stands for what a file holds and for its name. Only who has the user's key can make it: a file that comes with a checkout has none that is right. */
function sealOf(
  key: Buffer,
  kept: { readonly cacheDir: string; readonly file: string; readonly content: Buffer },
): string {
  const name = relative(kept.cacheDir, kept.file).replaceAll("\\", "/");
  return createHmac("sha256", key).update(`${name}\0`).update(kept.content).digest("hex");
}

function isAbsent(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined;
}

/** Whether `path` is of this user, and no link. Windows has no numbers of users. */
function isOwn(path: string): boolean {
  const found = lstatSync(path);
  return (
    !found.isSymbolicLink() && (process.getuid === undefined || found.uid === process.getuid())
  );
}
