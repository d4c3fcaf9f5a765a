import { hash32 } from "../base/random.ts";
import type { Source } from "../base/source.ts";
import { validateYaml } from "../base/validate.ts";
import { parseYaml } from "../base/yaml.ts";
import { generateEvents } from "./events.ts";
import type { ScenarioFile } from "./file.ts";
import { planIncident } from "./plan.ts";
import { createProblems } from "./problems.ts";
import { noteEarly, resolveIncident, tellsByClock } from "./resolve.ts";
import type { Scenario } from "./types.ts";

/** The scenario that the YAML of `source` describes. Throws an `InputError` that names every mistake and its place; events are made only when asked for. */
export function readScenario(source: Source, id: string): Scenario {
  const yaml = parseYaml(source, "KT0500");
  const file = validateYaml<ScenarioFile>(yaml, "scenario", "KT0501");
  const problems = createProblems(yaml);
  const resolved = resolveIncident(file, file.seed ?? hash32(id), problems);
  problems.check();
  const { incident } = resolved;
  return {
    id,
    title: file.title,
    ...(file.description === undefined ? {} : { description: file.description }),
    truth: file.truth,
    ...(file.technique === undefined ? {} : { technique: file.technique }),
    ...(incident.now === undefined ? {} : { now: incident.now }),
    source,
    events: (options) => {
      const at = { ...options, now: incident.now ?? options.now };
      if (tellsByClock(incident)) {
        // Only now is it known which comes first.
        const problems = createProblems(yaml);
        noteEarly(resolved, planIncident(incident, at).early, problems);
        problems.check();
      }
      return generateEvents(incident, at);
    },
  };
}
