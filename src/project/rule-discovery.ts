import type { Diagnostic } from "../base/diagnostic.ts";
import { fileProblem, listFiles } from "./project-files.ts";
import { createProblemList } from "./problem-list.ts";

/** The files of a project by what they hold, unread. Paths are relative to the project, in the order of their names. */
export interface Discovery {
  /** By rule name. */
  readonly rules: ReadonlyMap<string, { readonly file: string; readonly reference?: string }>;
  /** Files by scenario id. */
  readonly scenarios: ReadonlyMap<string, string>;
  /** Whose expectations each file has: of a rule for a scenario file, for a folder of them, or for all (the empty name). */
  readonly expectations: ReadonlyMap<string, { readonly rule: string; readonly scenario: string }>;
}

/** Finds the files of the project in the folder `root`. Throws an `InputError` (KT0701, KT0706) for files that cannot be told apart. */
export function discover(root: string): Discovery {
  const problems = createProblemList();
  const files = listFiles(root, "rules");
  const rules = uniqueBy(problems.list, "rule", ruleFiles(files));
  const scenarios = uniqueBy(
    problems.list,
    "scenario",
    scenarioFiles(listFiles(root, "scenarios")),
  );
  problems.list.push(...foldersWithoutRule(files, rules));
  problems.throwIfAny();
  return {
    rules: new Map(
      [...rules].map(([name, file]) => {
        const reference = `rules/${name}/reference.ts`;
        return [name, files.includes(reference) ? { file, reference } : { file }];
      }),
    ),
    scenarios,
    expectations: new Map(listFiles(root, "expected").flatMap(expectationOwner)),
  };
}

type Named = readonly [name: string, file: string];

function ruleFiles(files: readonly string[]): readonly Named[] {
  return files.flatMap((file): readonly Named[] => {
    const name = /^rules\/([^/]+)(?:\/rule)?\.(?:yaml|yml|json|kql)$/.exec(file)?.[1];
    return name === undefined ? [] : [[name, file]];
  });
}

function scenarioFiles(files: readonly string[]): readonly Named[] {
  return files.flatMap((file): readonly Named[] => {
    const id = /^scenarios\/(.+?)(?<!\.d)\.(?:ya?ml|ts)$/s.exec(file)?.[1];
    return id === undefined || isFragment(id) ? [] : [[id, file]];
  });
}

/** A file whose name begins with `_` is there for others to include, and no scenario itself. */
function isFragment(id: string): boolean {
  return /(^|\/)_[^/]*$/.test(id);
}

function expectationOwner(
  file: string,
): readonly (readonly [string, { readonly rule: string; readonly scenario: string }])[] {
  const match = /^expected\/([^/]+)(?:\/(.+))?\.yaml$/s.exec(file);
  return match === null ? [] : [[file, { rule: match[1] ?? "", scenario: match[2] ?? "" }]];
}

function uniqueBy(
  problems: Diagnostic[],
  what: string,
  files: readonly Named[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, file] of files) {
    const first = found.get(name);
    if (first === undefined) {
      found.set(name, file);
      continue;
    }
    problems.push(
      fileProblem("KT0706", file, {
        message: `the ${what} \`${name}\` is in \`${first}\` too`,
        hint: "delete or rename one of them",
      }),
    );
  }
  return found;
}

/** A folder whose rule file has another name would never be tested, and nobody would see it. */
function foldersWithoutRule(
  files: readonly string[],
  rules: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  const folders = new Set(files.flatMap((file) => /^rules\/([^/]+)\//.exec(file)?.[1] ?? []));
  return [...folders]
    .filter((folder) => !rules.has(folder))
    .map((folder) =>
      fileProblem("KT0701", `rules/${folder}`, {
        message: "the folder holds no `rule.yaml`, `rule.json` or `rule.kql`",
        hint: "a rule is `rules/<name>/rule.yaml` (or `.json`, `.kql`), or `rules/<name>.yaml`",
      }),
    );
}
