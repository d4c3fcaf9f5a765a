import { chmodSync, lstatSync, mkdtempSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const prefix = "kqltest-lab-";

/** A new folder below `temporary` that nobody else can read. */
export function makePrivateFolder(temporary: string): string {
  const folder = mkdtempSync(join(temporary, prefix));
  chmodSync(folder, 0o700);
  return folder;
}

/** Removes a folder that `makePrivateFolder` made. Leaves any other alone: a journal is a file that anyone may have written. */
export function removePrivateFolder(temporary: string, folder: string): void {
  if (!isPrivateFolder(temporary, folder)) return;
  rmSync(folder, { recursive: true, force: true });
}

/** Whether `folder` is there, and one that `makePrivateFolder` made. */
export function isPrivateFolder(temporary: string, folder: string): boolean {
  if (dirname(folder) !== temporary || !basename(folder).startsWith(prefix)) return false;
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
