import { randomBytes } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

const bytes = 32;

let known: Buffer | null | undefined;

/** The secret with which this user's caches are sealed, made when it is first needed and kept outside of all projects; undefined where there is no place for it that only the user can write, and then nothing is cached. */
export function cacheKey(): Buffer | undefined {
  known ??= findKey(keyFolder()) ?? null;
  return known ?? undefined;
}

/** The folder of this user's caches, as the system has it. */
function keyFolder(): string | undefined {
  const { XDG_CACHE_HOME: linux = "", LOCALAPPDATA: windows = "" } = process.env;
  if (process.platform === "win32") return windows === "" ? undefined : join(windows, "kqltest");
  // A relative path is to be ignored, by the specification.
  if (linux.startsWith("/")) return join(linux, "kqltest");
  const home = homedir();
  if (!home.startsWith("/")) return undefined;
  return join(home, process.platform === "darwin" ? "Library/Caches" : ".cache", "kqltest");
}

function findKey(folder: string | undefined): Buffer | undefined {
  if (folder === undefined) return undefined;
  const file = join(folder, "cache.key");
  return readKey(folder, file) ?? makeKey(folder, file);
}

function makeKey(folder: string, file: string): Buffer | undefined {
  try {
    makeFolder(dirname(folder));
    makeFolder(folder);
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, randomBytes(bytes).toString("hex"), { mode: 0o600, flag: "wx" });
    renameSync(temporary, file);
    return readKey(folder, file);
  } catch {
    return undefined;
  }
}

/** One level and no more: Node never comes back from `recursive` where the system says that a folder is missing whatever it makes, as in `/proc`. */
function makeFolder(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
}

function readKey(folder: string, file: string): Buffer | undefined {
  try {
    if (!isPrivate(folder) || !isPrivate(file)) return undefined;
    const key = Buffer.from(readFileSync(file, "utf8"), "hex");
    return key.length === bytes ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Whether nobody but this user can write `path`, and if it is a file, read it. */
function isPrivate(path: string): boolean {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return false;
  if (process.getuid === undefined) return true;
  return found.uid === process.getuid() && (found.mode & (found.isFile() ? 0o077 : 0o022)) === 0;
}
