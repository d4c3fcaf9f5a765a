import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import { validateYaml } from "../base/validate.ts";
import { parseYaml, type YamlFile } from "../base/yaml.ts";

/** What a sidecar says of one test, as it is written. `schemas/atomic-sidecar.schema.json` describes the same shape. */
export interface SidecarEntryFile {
  readonly scenario: string;
  /** Default: `malicious`. */
  readonly class?: TestClass;
  readonly mustFire?: readonly string[];
  readonly mustNotFire?: readonly string[];
  readonly marker: string;
  readonly sinkhole?: Readonly<Record<string, string>>;
}

/** Whether a test attacks, or does lawful work that looks like it. */
export type TestClass = "malicious" | "benign";

/** What kqltest knows of a test beyond the format of Atomic Red Team. */
export interface SidecarEntry {
  /** The test's, in lower case. */
  readonly guid: string;
  /** Id of the scenario that claims what this test does: its twin. */
  readonly scenario: string;
  readonly class: TestClass;
  /** Rules that must fire on what a run of the test records. */
  readonly mustFire: readonly string[];
  /** Rules that must stay silent on it. */
  readonly mustNotFire: readonly string[];
  /** The input argument whose value tells a run from others in the telemetry. */
  readonly marker: string;
  /** Input arguments that are network targets, each with the web service it stands for where that name leads to a sinkhole. */
  readonly sinkhole: Readonly<Record<string, string>>;
}

/** The sidecar of a technique: `atomics/<technique>/kqltest.yaml`. */
export interface Sidecar {
  /** By GUID in lower case. */
  readonly entries: ReadonlyMap<string, SidecarEntry>;
  /** For the places of mistakes. */
  readonly yaml: YamlFile;
  /** GUIDs as they are written, by GUID in lower case. */
  readonly keys: ReadonlyMap<string, string>;
}

/** The sidecar in `source`. Throws an `InputError` (KT0820, KT0821). */
export function readSidecar(source: Source): Sidecar {
  const yaml = parseYaml(source, "KT0820");
  const file = validateYaml<Readonly<Record<string, SidecarEntryFile>>>(
    yaml,
    "atomic-sidecar",
    "KT0820",
  );
  const problems: Diagnostic[] = [];
  const keys = new Map<string, string>();
  for (const [key, entry] of Object.entries(file)) {
    problems.push(...entryProblems(yaml, key, entry));
    if (keys.has(key.toLowerCase())) {
      problems.push({
        code: "KT0821",
        message: "the GUID has an entry already",
        source,
        span: yaml.keySpan([key]),
        hint: "delete one of them",
      });
    }
    keys.set(key.toLowerCase(), key);
  }
  if (problems.length > 0) throw new InputError(problems);
  const entries = Object.entries(file).map(([key, entry]) => entryOf(key.toLowerCase(), entry));
  return { entries: new Map(entries.map((entry) => [entry.guid, entry])), yaml, keys };
}

function entryOf(guid: string, entry: SidecarEntryFile): SidecarEntry {
  return {
    guid,
    scenario: entry.scenario,
    class: entry.class ?? "malicious",
    mustFire: entry.mustFire ?? [],
    mustNotFire: entry.mustNotFire ?? [],
    marker: entry.marker,
    sinkhole: entry.sinkhole ?? {},
  };
}

/** An entry asks something of a rule, and no rule for both (KT0821). */
function entryProblems(
  yaml: YamlFile,
  key: string,
  { mustFire = [], mustNotFire = [] }: SidecarEntryFile,
): readonly Diagnostic[] {
  const { source } = yaml;
  if (mustFire.length + mustNotFire.length === 0) {
    return [
      {
        code: "KT0821",
        message: "the entry asks nothing of any rule",
        source,
        span: yaml.keySpan([key]),
        hint: "name rules under `mustFire` or `mustNotFire`",
      },
    ];
  }
  return mustNotFire.flatMap((rule, index) =>
    mustFire.includes(rule)
      ? [
          {
            code: "KT0821",
            message: `the rule \`${rule}\` cannot both fire and stay silent`,
            source,
            span: yaml.span([key, "mustNotFire", index]),
            hint: "take it out of one list",
          },
        ]
      : [],
  );
}
