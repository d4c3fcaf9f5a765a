import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Run from source, any module may have changed since: nothing would tell what an old one has kept from what a new one would make. */
export const isBuilt: boolean = import.meta.url.endsWith(".js");

let stamp: string | undefined;

/** This build of kqltest: a new one may make something else, even under the same version. A build writes every module anew. */
export function buildStamp(): string {
  if (stamp === undefined) {
    const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    const { version } = JSON.parse(manifest) as { version: string };
    const { mtimeMs, size } = statSync(fileURLToPath(import.meta.url));
    stamp = `${version} ${mtimeMs} ${size}`;
  }
  return stamp;
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
    writeFileSync(join(cacheDir, ".gitignore"), "*\n");
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(data));
    renameSync(temporary, file);
  } catch {
    return;
  }
}
