import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";

/** Larger than any rule or scenario a person writes; reading more is a mistake, and parsing it would take minutes. */
const maxBytes = 16 * 2 ** 20;

/** The files below `folder` of the project as paths relative to `root`, with `/`, sorted. None where the folder is missing. Throws an `InputError` (KT0707) for a link that leads elsewhere, and for what is no file, such as a pipe. */
export function listFiles(root: string, folder: string): readonly string[] {
  const found: string[] = [];
  const walk = (path: string): void => {
    for (const entry of entriesOf(root, path)) {
      const child = `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(child);
      else if (entry.isFile()) found.push(child);
      else if (isFileInside(root, child)) found.push(child);
    }
  };
  walk(folder);
  return found.toSorted();
}

function entriesOf(root: string, path: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(join(root, path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    return refuseUnreadable(error, path);
  }
}

/** Throws what the system says of `file` as an `InputError` (KT0708); any other error as it is. */
function refuseUnreadable(error: unknown, file: string): never {
  if (!(error instanceof Error && "errno" in error && "code" in error)) throw error;
  const message = `it cannot be read (${String(error.code)})`;
  const hint = "look at its permissions";
  throw new InputError(fileProblem("KT0708", file, { message, hint }), { cause: error });
}

function readEntries(path: string) {
  return readdirSync(path, { withFileTypes: true });
}

/** True where `path`, which may be a link, is a file of the project. A project is what its folder holds: a link out of it, a folder, and what would have to be waited for are refused (KT0707). */
export function isFileInside(root: string, path: string): boolean {
  let problem: string | undefined;
  try {
    const target = relative(realpathSync(root), realpathSync(join(root, path)));
    const found = statSync(join(root, path));
    if (target.startsWith("..") || target.startsWith(sep)) problem = "leads out of the project";
    else if (found.isDirectory()) problem = "is a folder";
    else if (!found.isFile()) problem = "is a pipe or a device";
  } catch {
    problem = "leads nowhere";
  }
  if (problem === undefined) return true;
  throw new InputError(
    fileProblem("KT0707", path, {
      message: `the path ${problem}`,
      hint: "put the file itself there",
    }),
  );
}

/** The text of a file of the project. Throws an `InputError` (KT0708) where it cannot be read, is no text or too large. */
export function readSource(root: string, file: string): Source {
  const path = join(root, file);
  if (statSync(path).size > maxBytes) {
    throw new InputError(
      fileProblem("KT0708", file, { message: `the file is larger than ${maxBytes / 2 ** 20} MB` }),
    );
  }
  try {
    return { file, text: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    if (!(error instanceof TypeError)) refuseUnreadable(error, file);
    throw new InputError(
      fileProblem("KT0708", file, {
        message: "the file is not UTF-8 text",
        hint: "save it as UTF-8",
      }),
      { cause: error },
    );
  }
}

/** A diagnostic about a file as a whole. */
export function fileProblem(
  code: string,
  file: string,
  rest: Pick<Diagnostic, "message" | "hint">,
): Diagnostic {
  return { code, source: { file, text: "" }, ...rest };
}
