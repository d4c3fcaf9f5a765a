import type { YamlFile, YamlPath } from "../base/yaml.ts";
import { createProblems, type Problems } from "./model/problems.ts";
import { stepKinds } from "./steps/index.ts";

/** Throws for steps of `file` that say two things: their other keys could be of either. */
export function checkOneKind(file: YamlFile): void {
  const problems = createProblems(file);
  const { timeline } = mapOf(file.data);
  noteSteps(timeline, ["timeline"], problems);
  problems.check();
}

function noteSteps(steps: unknown, path: YamlPath, problems: Problems): void {
  if (!Array.isArray(steps)) return;
  for (const [index, item] of steps.entries()) {
    const step = mapOf(item);
    const place = [...path, index];
    noteSteps(step["steps"], [...place, "steps"], problems);
    const [kind, ...others] = stepKinds.filter(({ name }) => Object.hasOwn(step, name));
    for (const { name } of others) {
      if (kind === undefined || Object.hasOwn(kind.keys, name)) continue;
      problems.atKey([...place, name], "KT0517", {
        message: `the step says \`${kind.name}:\` and \`${name}:\`, and a step says one thing`,
        hint: "make two steps of it, each with `- ` before its first key",
      });
    }
  }
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  return isMap ? (value as Readonly<Record<string, unknown>>) : {};
}
