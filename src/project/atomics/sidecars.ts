import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { checkSidecar } from "../../atomic/checks/check-sidecar.ts";
import { readSidecar, type Sidecar, type SidecarEntry } from "../../atomic/sidecar.ts";
import type { AtomicTechnique } from "../../atomic/types.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { Scenario } from "../../scenario/model/types.ts";
import { discover, type Discovery } from "../rule-discovery.ts";
import { findExpectations } from "../find-expectations.ts";
import { fileProblem, listFiles, readSource } from "../project-files.ts";
import type { ModuleOptions } from "../modules/module-options.ts";
import { createProblemList, type ProblemList } from "../problem-list.ts";
import { indexScenarios, type IndexOptions } from "../scenarios/scenario-index.ts";

/** Whether `root` is a project, whose atomic tests have sidecars, and not a bare collection of them. */
export function isProject(root: string): boolean {
  return ["rules", "scenarios"].some((folder) => listFiles(root, folder).length > 0);
}

/** What the sidecars of `techniques` say, by GUID; what is wrong with them goes to `problems` (KT0820 to KT0827). */
export async function readSidecars(
  root: string,
  techniques: readonly AtomicTechnique[],
  { problems, modules = {} }: { readonly problems: ProblemList; readonly modules?: ModuleOptions },
): Promise<ReadonlyMap<string, SidecarEntry>> {
  const discovery = problems.collect(() => discover(root));
  if (discovery === undefined) return new Map();
  const files = new Set(listFiles(root, "atomics"));
  const twins = await openTwins(root, discovery, {
    problems,
    options: { ...modules, wanted: isNamed(root, techniques) },
  });
  problems.list.push(...ownerless(files));
  const nameable = {
    rules: [...discovery.rules.keys()],
    scenarios: twins.ids,
    truthOf: (id: string) => twins.load(id)?.truth,
  };
  const entries = techniques.flatMap((technique) => {
    const file = `${dirname(technique.source.file)}/kqltest.yaml`;
    const sidecar = files.has(file)
      ? problems.collect(() => readSidecar(readSource(root, file)))
      : undefined;
    // A sidecar that cannot be read has told so already; that its entries are missing is no news.
    if (files.has(file) && sidecar === undefined) return [];
    problems.list.push(...checkSidecar(technique, sidecar, nameable));
    if (sidecar === undefined) return [];
    problems.list.push(...contradictions(sidecar, twins));
    return [...sidecar.entries];
  });
  return new Map(entries);
}

/** What the sidecar of `technique` says, by GUID, unchecked against rules and scenarios; empty where it has none. Throws an `InputError` (KT0820, KT0821). */
export function readSidecarOf(
  root: string,
  { source }: AtomicTechnique,
): ReadonlyMap<string, SidecarEntry> {
  const file = `${dirname(source.file)}/kqltest.yaml`;
  return existsSync(join(root, file)) ? readSidecar(readSource(root, file)).entries : new Map();
}

/** The scenarios that tests may have as twins. */
interface Twins {
  readonly ids: readonly string[];
  /** The scenario; undefined where there is none, or it cannot be read. */
  load(id: string): Scenario | undefined;
  /** What the expectation of `rule` for it says; undefined where none can be read, which every test run tells. */
  verdict(rule: string, id: string): string | undefined;
}

/** Whether a sidecar of `techniques` has a scenario with this id as a twin. */
function isNamed(root: string, techniques: readonly AtomicTechnique[]): (id: string) => boolean {
  // What is wrong with one is told where it is read for good.
  const unread = createProblemList();
  const twins = techniques.flatMap((technique) => [
    ...(unread.collect(() => readSidecarOf(root, technique))?.values() ?? []),
  ]);
  const ids = new Set(twins.map(({ scenario }) => scenario));
  return (id) => ids.has(id);
}

async function openTwins(
  root: string,
  discovery: Discovery,
  { problems, options }: { readonly problems: ProblemList; readonly options: IndexOptions },
): Promise<Twins> {
  const index = await indexScenarios(root, discovery.scenarios, options);
  const loaded = new Map<string, Scenario | undefined>();
  const load = (id: string): Scenario | undefined => {
    if (index.ids.includes(id) && !loaded.has(id)) {
      loaded.set(
        id,
        problems.collect(() => index.load(id)),
      );
    }
    return loaded.get(id);
  };
  const paths = new Set(discovery.expectations.keys());
  return {
    ids: index.ids,
    load,
    verdict: (rule, id) => {
      const scenario = load(id);
      if (scenario === undefined) return undefined;
      const scenarios = new Map([[id, scenario]]);
      const wanted = { root, paths, index, scenarios, whole: false, lenient: true };
      const found = findExpectations(rule, [id], { wanted, problems: createProblemList() });
      return found.files[0]?.expectation.verdict;
    },
  };
}

/** Entries that ask of a rule what the expectation for the twin says it does not do (KT0827). A run of the test would fail, whatever it records. */
function contradictions({ entries, yaml, keys }: Sidecar, twins: Twins): readonly Diagnostic[] {
  const asked = [...entries.values()].flatMap((entry) =>
    (["mustFire", "mustNotFire"] as const).flatMap((key) =>
      entry[key].map((rule, index) => ({ entry, key, rule, index })),
    ),
  );
  return asked.flatMap(({ entry, key, rule, index }) => {
    const verdict = twins.verdict(rule, entry.scenario);
    if (verdict === undefined || verdict.endsWith("-positive") === (key === "mustFire")) return [];
    const other = key === "mustFire" ? "mustNotFire" : "mustFire";
    return [
      {
        code: "KT0827",
        message: `\`${key}\` names \`${rule}\`, but with the twin it is a ${verdict}`,
        source: yaml.source,
        span: yaml.span([keys.get(entry.guid) ?? entry.guid, key, index]),
        hint: `name it under \`${other}\`, or mend the expectation`,
      },
    ];
  });
}

/** Sidecars in a folder without atomic tests: nobody would read them. */
function ownerless(files: ReadonlySet<string>): readonly Diagnostic[] {
  return [...files]
    .filter((file) => basename(file) === "kqltest.yaml")
    .filter((file) => !files.has(`${dirname(file)}/${basename(dirname(file))}.yaml`))
    .map((file) =>
      fileProblem("KT0823", file, {
        message: "there are no atomic tests beside the sidecar",
        hint: "delete it",
      }),
    );
}
