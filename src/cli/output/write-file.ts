import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { badPath } from "../usage.ts";

/** Writes `text` to `path` whole or not at all: readers see the old file or the new one. Makes folders that are missing; never replaces a folder. */
export function writeFileWhole(path: string, text: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw badPath({ message: `\`${path}\` is a folder`, hint: "name a file to write to" });
  }
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    makeFolder(dirname(path));
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw badPath({ message: `\`${path}\` cannot be written: ${(error as Error).message}` }, error);
  }
}

/** Makes `folder` and those above it. Node's own way to do so never ends in `/proc`, where no folder can be made. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { recursive: false });
}
