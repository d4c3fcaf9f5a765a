import { resolve } from "node:path";
import { repeatedGuids } from "../../atomic/checks/guids.ts";
import { readAtomics } from "../../atomic/read-atomics.ts";
import type { SidecarEntry } from "../../atomic/sidecar.ts";
import type { AtomicTechnique } from "../../atomic/types.ts";
import { InputError } from "../../base/diagnostic.ts";
import { listFiles, readSource } from "../project-files.ts";
import type { ModuleOptions } from "../modules/module-options.ts";
import { createProblemList } from "../problem-list.ts";
import { readSidecars } from "./sidecars.ts";

/** The atomic tests of a project, and what it knows of each. */
export interface ProjectAtomics {
  /** In the order of their ids. */
  readonly techniques: readonly AtomicTechnique[];
  /** By GUID; one for each test. */
  readonly entries: ReadonlyMap<string, SidecarEntry>;
}

/** Files of atomic tests below `folder`, relative to `root`: every YAML file in a folder called after a technique but the sidecar, also one with a wrong name. */
export function atomicFiles(root: string, folder = "atomics"): readonly string[] {
  return listFiles(root, folder).filter((file) => {
    const [name = "", parent = ""] = resolve(root, file).split(/[/\\]/).toReversed();
    return /\.ya?ml$/i.test(name) && name !== "kqltest.yaml" && /^T\d/i.test(parent);
  });
}

/** The atomic tests in `root`, by technique. Throws an `InputError` (KT0801 to KT0811) of all that breaks the format; sidecars are not looked at. */
export function loadTechniques(root: string): readonly AtomicTechnique[] {
  const problems = createProblemList();
  const techniques = atomicFiles(root).flatMap(
    (file) => problems.collect(() => [readTechnique(root, file)]) ?? [],
  );
  problems.list.push(...repeatedGuids(techniques));
  problems.throwIfAny();
  if (techniques.length > 0) return techniques.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  throw new InputError({
    code: "KT0811",
    message: "the folder has no atomic tests",
    hint: "put them in `atomics/<technique>/<technique>.yaml`, or name the folder above `atomics` with `--root`",
  });
}

/** The technique in `file` of `root`. Throws an `InputError` (KT0801 to KT0810). */
export function readTechnique(root: string, file: string): AtomicTechnique {
  return readAtomics(readSource(root, file), resolve(root, file));
}

/** The atomic tests of the project in `root` with their sidecars, checked against its rules, scenarios and expectations. Throws an `InputError` of all that is wrong. */
export async function loadAtomics(
  root: string,
  modules: ModuleOptions = {},
): Promise<ProjectAtomics> {
  const techniques = loadTechniques(root);
  const problems = createProblemList();
  const entries = await readSidecars(root, techniques, { problems, modules });
  problems.throwIfAny();
  return { techniques, entries };
}
