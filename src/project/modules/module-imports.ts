import { posix } from "node:path";
import type { Source } from "../../base/source.ts";

/** Names of what differs from one process, machine or moment to the next. */
const reachesOut =
  /\b(?:process|require|eval|Function|fetch|global|globalThis|performance|crypto|navigator|Intl|__dirname|__filename|localeCompare|toLocale\w*)\b|\bimport\s*\(|\bimport\.meta\b|\bMath\s*\.\s*random\b/;

/** Lines that are a comment and nothing else. */
const commentLines = /^\s*(?:\/\/(?!.*\$\{).*|\/\*(?:(?!\*\/).)*\*\/\s*)$/gm;

/** `process` as the key of a step, which is no use of Node's. */
const processKey = /([{,]\s*["']?)process(["']?\s*\??:)/g;

/** `Date` where it is given a time: the clock is what it gives without one. */
const datesGiven = /\bDate\.(?:parse|UTC)\b|\bnew\s+Date\s*\(\s*(?=[^\s)])/g;

/** What a module is imported from: `import … from "x"`, `export … from "x"`, `import "x"`. A comment has one end only, or a module could make this take for ever. */
const importedFrom = /\b(?:from|import)(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/.*\n)*(["'])(.*?)\1/g;

/** The names that the module `text` imports from, read as words and not as code. */
export function importedNames(text: string): readonly string[] {
  return Array.from(text.matchAll(importedFrom), ([, , name = ""]) => name);
}

/** Whether `file` is code that a module of a project may be made of. */
export function isModule(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file);
}

/**
 * Whether the module in `source` surely depends on nothing but itself, kqltest and files for which `isInside` holds.
 * It is read as words and not as code: a module that only mentions something else counts as one that uses it.
 */
export function isSelfContained(
  { file, text }: Source,
  isInside: (file: string) => boolean,
): boolean {
  const words = text.replace(commentLines, "").replace(processKey, "$1$2").replace(datesGiven, "");
  if (reachesOut.test(words) || /\bDate\b/.test(words)) return false;
  return importedNames(text).every(
    (name) =>
      name === "kqltest" ||
      (/^\.{1,2}\//.test(name) && isInside(posix.join(posix.dirname(file), name))),
  );
}
