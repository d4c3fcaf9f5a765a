import type { FilledTest } from "../../../atomic/fill-test.ts";
import { testLabel, type AtomicTest } from "../../../atomic/types.ts";
import { longest, oneLine, pad } from "../../../report/layout.ts";

/** `test` for people, with everything of it that would run. */
export function renderTest(test: AtomicTest, filled: FilledTest): string {
  const facts: readonly (readonly [string, string])[] = [
    ["guid", test.guid],
    ["platforms", test.platforms.join(", ")],
    ["executor", filled.elevated ? `${filled.executor}, elevated` : filled.executor],
    ...Object.entries(filled.arguments).map(([name, value]): readonly [string, string] => [
      `#{${name}}`,
      oneLine(value),
    ]),
  ];
  const width = longest(facts.map(([name]) => name));
  return [
    `${testLabel(test)} ${oneLine(test.name)}`,
    ...facts.map(([name, value]) => `  ${pad(name, width)}  ${value}`.trimEnd()),
    "",
    test.description.trim(),
    ...filled.dependencies.flatMap(({ description, check, get }) => [
      ...script(`needs (${filled.dependencyExecutor}): ${oneLine(description)}`, check),
      ...(get === null ? [] : script(`to get it (${filled.dependencyExecutor})`, get)),
    ]),
    ...script(
      `${filled.executor === "manual" ? "steps" : "command"} (${filled.executor})`,
      filled.command,
    ),
    ...(filled.cleanup === null ? [] : script(`cleanup (${filled.executor})`, filled.cleanup)),
    "",
  ].join("\n");
}

/** A script under a line that says what it is; unindented, so that it can be copied as it is. */
export function script(title: string, text: string): readonly string[] {
  return ["", `── ${title} ${"─".repeat(Math.max(3, 76 - title.length))}`, text.trimEnd()];
}
