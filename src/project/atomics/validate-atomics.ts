import { statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { repeatedGuids } from "../../atomic/checks/guids.ts";
import type { AtomicTechnique } from "../../atomic/types.ts";
import { InputError, type Diagnostic } from "../../base/diagnostic.ts";
import { atomicFiles, readTechnique } from "./load-atomics.ts";
import { fileProblem } from "../project-files.ts";
import type { ModuleOptions } from "../modules/module-options.ts";
import { createProblemList } from "../problem-list.ts";
import { isProject, readSidecars } from "./sidecars.ts";

/** What checking atomic tests found. */
export interface AtomicsValidation {
  /** Those that the format allows. */
  readonly techniques: readonly AtomicTechnique[];
  readonly problems: readonly Diagnostic[];
}

/**
 * Checks the atomic tests in `paths` (files, or folders with techniques below them; none: `atomics`), relative to
 * `root`. Where `root` is a project, those in its `atomics` must have sidecars. Throws an `InputError` (KT0811) where
 * there is nothing to check.
 */
export async function validateAtomics(
  root: string,
  paths: readonly string[],
  modules: ModuleOptions = {},
): Promise<AtomicsValidation> {
  const files = [...new Set((paths.length === 0 ? ["atomics"] : paths).flatMap(filesIn(root)))];
  if (files.length === 0) {
    throw new InputError({
      code: "KT0811",
      message: "there are no atomic tests to check",
      hint: "they are in `atomics/<technique>/<technique>.yaml`: name a file, or a folder with techniques below it",
    });
  }
  const problems = createProblemList();
  const techniques = files.flatMap(
    (file) => problems.collect(() => [readTechnique(root, file)]) ?? [],
  );
  problems.list.push(...guidsUsedElsewhere(root, files, techniques));
  if (isProject(root)) {
    const own = techniques.filter(({ source }) => source.file.startsWith("atomics/"));
    if (own.length > 0) await readSidecars(root, own, { problems, modules });
  }
  return { techniques, problems: problems.list };
}

function filesIn(root: string): (path: string) => readonly string[] {
  return (path) => {
    const found = statSync(resolve(root, path), { throwIfNoEntry: false });
    if (found?.isDirectory() === true) return atomicFiles(root, path === "" ? "." : path);
    if (found?.isFile() === true || path === "atomics") return found === undefined ? [] : [path];
    throw new InputError(
      fileProblem("KT0811", path, { message: "there is no such file or folder" }),
    );
  };
}

/** GUIDs of `techniques` that another test has too, in any file of the same folder: also where only some of its files are checked. */
function guidsUsedElsewhere(
  root: string,
  files: readonly string[],
  techniques: readonly AtomicTechnique[],
): readonly Diagnostic[] {
  const folders = new Set(
    files.map((file) => relative(root, dirname(dirname(resolve(root, file))))),
  );
  const others = [...folders]
    .flatMap((folder) => atomicFiles(root, folder === "" ? "." : folder))
    .filter((file) => !files.includes(file))
    // One that cannot be read has GUIDs that nobody knows; checking it is not what was asked for.
    .flatMap((file) => createProblemList().collect(() => [readTechnique(root, file)]) ?? []);
  const checked = new Set(techniques.map(({ source }) => source.file));
  return repeatedGuids([...others, ...techniques]).filter(
    ({ source }) => source !== undefined && checked.has(source.file),
  );
}
