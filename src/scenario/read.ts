import { InputError } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import { validateYaml } from "../base/validate.ts";
import type { YamlFile } from "../base/yaml.ts";
import { generateEvents } from "./events.ts";
import { inCase, openScenarioFile, type NamedCase } from "./expand/open.ts";
import type { ReadFile } from "./expand/part.ts";
import type { ScenarioFile } from "./file.ts";
import { openOrganisation } from "./organisation-file.ts";
import { planIncident } from "./plan.ts";
import { createProblems } from "./problems.ts";
import { noteEarly, resolveIncident, tellsByClock } from "./resolve.ts";
import { recordingsOf } from "./steps/rows.ts";
import type { EventOptions, Scenario } from "./types.ts";

/** The scenarios of one file by name; each is read when it is asked for. */
export interface ScenarioSet {
  readonly cases: readonly NamedCase[];
  /** Throws an `InputError` that names every mistake and its place, with the case that shows it. */
  read(wanted: NamedCase): Scenario;
}

/** The scenarios that the YAML of `source` describes: one, or one for each of its cases. `readFile` gives the files that it names. Throws an `InputError` for what is wrong whatever the case. */
export function readScenarios(
  source: Source,
  id: string,
  readFile: ReadFile = () => undefined,
): ScenarioSet {
  const opened = openScenarioFile(source, id, readFile);
  return {
    cases: opened.cases,
    read: (wanted) =>
      inCase(wanted, () => scenarioFrom(opened.fileOf(wanted), { ...wanted, source, readFile })),
  };
}

/** The one scenario that the YAML of `source` describes. Throws an `InputError` that names every mistake and its place; events are made only when asked for. */
export function readScenario(source: Source, id: string, readFile?: ReadFile): Scenario {
  const { cases, read } = readScenarios(source, id, readFile);
  const [only, ...others] = cases;
  if (only !== undefined && others.length === 0) return read(only);
  throw new InputError({
    code: "KT0545",
    message: `the file describes ${cases.length} scenarios, and one is wanted`,
    source,
  });
}

/** The scenario that the data of `yaml` describes, which has no variables any more. */
export function scenarioFrom(
  yaml: YamlFile,
  given: NamedCase & { readonly source: Source; readonly readFile: ReadFile },
): Scenario {
  const file = validateYaml<ScenarioFile>(yaml, "scenario", "KT0501");
  const problems = createProblems(yaml);
  const organisation = openOrganisation(file, given.readFile, problems);
  const files = { owner: given.source.file, read: given.readFile };
  const own = { seed: given.seed(file.seed), organisation, files };
  const resolved = resolveIncident(file, own, problems);
  problems.check();
  const { incident } = resolved;
  const recordings = recordingsOf(incident.steps);
  return {
    id: given.id,
    title: file.title,
    ...(file.description === undefined ? {} : { description: file.description }),
    truth: file.truth,
    ...(file.technique === undefined ? {} : { technique: file.technique }),
    ...(incident.now === undefined ? {} : { now: incident.now }),
    source: given.source,
    ...(recordings.length === 0 ? {} : { recordings }),
    ...(given.case === undefined ? {} : { case: given.case }),
    events: (options) => {
      const at = { ...options, now: incident.now ?? options.now };
      // Only now is it known which comes first.
      if (tellsByClock(incident)) inCase(given, () => checkClock(resolved, at, yaml));
      return generateEvents(incident, at);
    },
  };
}

function checkClock(
  resolved: ReturnType<typeof resolveIncident>,
  options: EventOptions,
  yaml: YamlFile,
): void {
  const problems = createProblems(yaml);
  noteEarly(resolved, planIncident(resolved.incident, options).early, problems);
  problems.check();
}
