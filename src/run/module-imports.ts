import { posix } from "node:path";
import type { Source } from "../base/source.ts";

/** What a module may hold that makes it depend on more than its own text and that of the files it names. */
const reachesOut =
  /\bprocess\s*[.[?]|\b(?:require|eval|Function|fetch|import)\s*\(|\bglobalThis\b|\bimport\.meta\b/;

/** What a module is imported from: `import … from "x"`, `export … from "x"`, `import "x"`. */
const importedFrom = /\b(?:from|import)\s*(["'])(.*?)\1/g;

/**
 * Whether the TypeScript in `source` surely depends on nothing but itself, kqltest and files for which `isInside` holds.
 * It is read as words and not as code: a module that only mentions something else counts as one that uses it.
 */
export function isSelfContained(
  { file, text }: Source,
  isInside: (file: string) => boolean,
): boolean {
  if (reachesOut.test(text)) return false;
  return Array.from(text.matchAll(importedFrom), ([, , name = ""]) => name).every(
    (name) =>
      name === "kqltest" ||
      (/^\.{1,2}\//.test(name) && isInside(posix.join(posix.dirname(file), name))),
  );
}
