import type { Source } from "../../base/source.ts";
import { posix } from "node:path";
import { nearest } from "../../base/text.ts";

/** The files below a folder of the project, by their paths in it. */
export type ListFiles = (folder: string) => readonly string[];

/** A file that another names and that is not there. */
interface Missing {
  /** The path in the project that was looked for. */
  readonly file: string;
  /** The file that names it. */
  readonly owner: string;
  /** The endings that such a file may have, each with its dot. */
  readonly endings: readonly string[];
  /** The folder that it must be in; absent: anywhere. */
  readonly below?: string;
}

/** Longer lists say nothing. */
const mostListed = 8;

/** A hint for a file that is not there: the one that is most like it, or those of its folder; undefined where there are none. Paths are written as the owner would. */
export function fileSuggestion(missing: Missing, list: ListFiles | undefined): string | undefined {
  const { file, owner, endings, below } = missing;
  const folder = posix.dirname(file);
  const own = posix.dirname(owner);
  const [top = "."] = own.split("/");
  // The project's own folder also holds what it depends on.
  const folders = new Set([folder, top].filter((one) => one !== "."));
  const found = [...new Set([...folders].flatMap((one) => list?.(one) ?? []))].filter(
    (path) =>
      path !== owner &&
      endings.includes(posix.extname(path)) &&
      (below === undefined || path.startsWith(`${below}/`)),
  );
  const name = posix.basename(file);
  const beside = found.filter((path) => posix.dirname(path) === folder);
  const guess =
    withNameLike(name, beside) ??
    found.find((path) => posix.basename(path) === name) ??
    withNameLike(name, found);
  const written = (path: string): string => `\`${posix.relative(own, path)}\``;
  if (guess !== undefined) return `did you mean ${written(guess)}?`;
  if (beside.length === 0 || beside.length > mostListed) return undefined;
  return `possible: ${beside.map(written).join(", ")}`;
}

function withNameLike(name: string, files: readonly string[]): string | undefined {
  const names = new Map(files.map((path) => [posix.basename(path), path]));
  return names.get(nearest(name, names.keys()) ?? "");
}

/** The other files of the project, by their path in it; undefined for one that is not there. Throws an `InputError` for one that is no text. */
export type ReadFile = (path: string) => Source | undefined;
