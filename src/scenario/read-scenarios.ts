import { defined } from "../base/defined.ts";
import { InputError } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import { validateYaml } from "../base/validate.ts";
import type { YamlFile } from "../base/yaml.ts";
import type { Catalog } from "../schema/tables.ts";
import { generateEvents } from "./generate-events.ts";
import { inCase, openScenarioFile } from "./expand/open.ts";
import type { CaseName, NamedCase } from "./expand/named-case.ts";
import type { ScenarioFile } from "./format/scenario-file.ts";
import { fixturesOf } from "./resolve/scenario-fixtures.ts";
import { openOrganisation } from "./resolve/organisation-file.ts";
import { planIncident } from "./generate/plan-incident.ts";
import { createProblems } from "./model/problems.ts";
import { noteEarly, resolveIncident, tellsByClock } from "./resolve-incident.ts";
import { recordingsOf } from "./steps/recorded-files.ts";
import { checkOneKind } from "./two-kinds.ts";
import type { EventOptions, Scenario, Surroundings } from "./model/types.ts";

const noTables: Catalog = new Map();

/** A scenario that stands in no project. */
const alone: Surroundings = { readFile: () => undefined };

/** The scenarios of one file by name; each is read when it is asked for. */
export interface ScenarioSet {
  readonly cases: readonly CaseName[];
  /** One of `cases`. Throws an `InputError` that names every mistake and its place, with the case that shows it. */
  read(wanted: CaseName): Scenario;
}

/** The scenarios that the YAML of `source` describes: one, or one for each of its cases. `project` gives what it names. Throws an `InputError` for what is wrong whatever the case. */
export function readScenarios(
  source: Source,
  id: string,
  project: Surroundings = alone,
): ScenarioSet {
  const opened = openScenarioFile(source, id, project);
  const byId = new Map(opened.cases.map((one) => [one.id, one]));
  return {
    cases: opened.cases,
    read: (wanted) => {
      const one = byId.get(wanted.id);
      if (one === undefined) throw new Error(`no scenario ${wanted.id}`);
      return inCase(one, () => scenarioFrom(opened.fileOf(one), { ...one, source, project }));
    },
  };
}

/** The one scenario that the YAML of `source` describes. Throws an `InputError` that names every mistake and its place; events are made only when asked for. */
export function readScenario(source: Source, id: string, project?: Surroundings): Scenario {
  const { cases, read } = readScenarios(source, id, project);
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
  given: NamedCase & { readonly source: Source; readonly project: Surroundings },
): Scenario {
  checkOneKind(yaml);
  const file = validateYaml<ScenarioFile>(yaml, "scenario", "KT0501");
  const { project } = given;
  const problems = createProblems(yaml);
  const organisation = openOrganisation(file, project, problems);
  const { readFile: read, listFiles: list, tables = noTables } = project;
  const files = { owner: given.source.file, read, list, tables };
  const own = { seed: given.seed(file.seed), organisation, files };
  const resolved = resolveIncident(file, own, problems);
  const fixtures =
    file.fixtures === undefined ? undefined : fixturesOf(file.fixtures, yaml, { files, problems });
  problems.check();
  const { incident } = resolved;
  const recordings = recordingsOf(incident.steps);
  return {
    id: given.id,
    title: file.title,
    ...defined({ description: file.description }),
    truth: file.truth,
    ...defined({ technique: file.technique, now: incident.now }),
    source: given.source,
    ...defined({ fixtures }),
    ...(recordings.length === 0 ? {} : { recordings }),
    ...defined({ case: given.case }),
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
