import { actorsOf } from "./actors.ts";
import type { ScenarioFile, StepFile } from "./file.ts";
import type { Incident, Step } from "./incident.ts";
import type { Problems } from "./problems.ts";
import { stepKinds } from "./steps/index.ts";
import type { StepKind } from "./steps/step.ts";
import { noDelays, planTimes } from "./timeline.ts";

/** `file` with its references resolved; mistakes go to `problems`, and the result counts only where there are none. */
export function resolveIncident(file: ScenarioFile, seed: number, problems: Problems): Incident {
  const actors = actorsOf(file, problems);
  const steps: Step[] = [];
  const ids = new Map<string, number>();
  const counts = new Map<string, number>();
  if (file.timeline.length === 0) {
    const hint = "write at least one step";
    problems.at(["timeline"], "KT0516", { message: "the timeline is empty", hint });
  }
  file.timeline.forEach((step, index) => {
    const kind = kindOfStep(step);
    const path = ["timeline", index];
    if (kind === undefined) {
      problems.at(path, "KT0517", {
        message: "the step does not say what happens",
        hint: `write one of ${kindNames}`,
      });
      return;
    }
    const count = (counts.get(kind.name) ?? 0) + 1;
    counts.set(kind.name, count);
    const id = step.id ?? `${kind.name}-${count}`;
    if (ids.has(id)) {
      problems.at([...path, "id"], "KT0506", { message: `two steps are called \`${id}\`` });
    }
    steps.push(kind.resolve(step, { id, path }, { actors, steps, ids, problems }));
    ids.set(id, steps.length - 1);
  });
  if (steps.length === file.timeline.length) checkOrder(steps, problems);
  const domain = file.domain === undefined ? {} : { domain: file.domain };
  return { seed, ...domain, ...actors, steps };
}

const kindNames = stepKinds.map(({ name }) => `\`${name}:\``).join(", ");

/** The kind whose key the step has. */
function kindOfStep(step: StepFile): StepKind | undefined {
  return stepKinds.find(({ name }) => name in step);
}

/** Even without any delay between steps, nothing may come before the process it belongs to. */
function checkOrder(steps: readonly Step[], problems: Problems): void {
  for (const index of planTimes(steps, noDelays).early) {
    problems.at(["timeline", index, "at"], "KT0511", {
      message: `the step \`${steps[index]?.id}\` comes before its process starts`,
      hint: "write a later time, or leave `at` out",
    });
  }
}
