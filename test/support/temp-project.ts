import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of `files` (path to text) below `parent` that is removed when the test is over. */
export function tempFolder(
  files: Readonly<Record<string, string>> = {},
  parent: string = tmpdir(),
): string {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "kqltest-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFiles(folder, files);
  return folder;
}

/** A copy of the project in `test/fixtures/starter`, in which everything passes, with `files` changed. */
export function starterProject(files: Readonly<Record<string, string>> = {}): string {
  const folder = tempFolder();
  copyStarter(folder, files);
  return folder;
}

/** Puts a copy of the project in `test/fixtures/starter` into `folder`, with `files` changed. */
export function copyStarter(folder: string, files: Readonly<Record<string, string>>): void {
  cpSync(resolve(import.meta.dirname, "../fixtures/starter"), folder, { recursive: true });
  writeFiles(folder, files);
}

/** Writes `files` (path to text) below `folder`. */
function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
