import type { YamlPath } from "../base/yaml.ts";
import type { AtomicTestFile } from "./technique-file.ts";

/** A text of a test in which `#{name}` stands for an argument, and its place below the test. */
export interface TemplateText {
  readonly path: YamlPath;
  readonly text: string;
}

/** The texts of a test that something runs, or a person follows. */
export function commandTexts(test: AtomicTestFile): readonly TemplateText[] {
  const { command, steps, cleanup_command } = test.executor;
  const own: readonly (readonly [string, string | null | undefined])[] = [
    ["command", command],
    ["steps", steps],
    ["cleanup_command", cleanup_command],
  ];
  return [
    ...own.flatMap(([key, text]) => textAt(["executor", key], text)),
    ...(test.dependencies ?? []).flatMap((dependency, index) => [
      ...textAt(["dependencies", index, "prereq_command"], dependency.prereq_command),
      ...textAt(["dependencies", index, "get_prereq_command"], dependency.get_prereq_command),
    ]),
  ];
}

/** The descriptions of a test's dependencies: runners fill them in too, but nothing runs them. */
export function describingTexts(test: AtomicTestFile): readonly TemplateText[] {
  return (test.dependencies ?? []).flatMap((dependency, index) =>
    textAt(["dependencies", index, "description"], dependency.description),
  );
}

function textAt(path: YamlPath, text: string | null | undefined): readonly TemplateText[] {
  return text === null || text === undefined || text === "" ? [] : [{ path, text }];
}
