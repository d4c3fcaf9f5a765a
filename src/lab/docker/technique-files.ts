import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { atomicsFolder } from "./container-machine.ts";
import type { PackedFile } from "./tar.ts";

/** The files of the technique in `folder`, an absolute path, where scripts in a container look for them. Links are left out: they lead to files of this machine. */
export function techniqueFiles(folder: string, technique: string): readonly PackedFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .toSorted()
    .flatMap((name) => {
      const path = join(folder, name);
      const status = lstatSync(path);
      if (!status.isFile()) return [];
      const inside = posix.join(atomicsFolder, technique, name.split(sep).join("/"));
      return [{ path: inside.slice(1), content: readFileSync(path), mode: status.mode & 0o777 }];
    });
}
