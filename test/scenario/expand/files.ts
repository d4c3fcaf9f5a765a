import type { Source } from "../../../src/base/source.ts";
import { InputError, mergeCases, renderDiagnostic } from "../../../src/base/diagnostic.ts";
import { readScenarios, type ScenarioSet } from "../../../src/scenario/read-scenarios.ts";
import type { Scenario } from "../../../src/scenario/model/types.ts";

type Files = Readonly<Record<string, string>>;

/** What `s.yaml` among `files` describes. */
export function readFrom(files: Files): ScenarioSet {
  const source = { file: "s.yaml", text: files["s.yaml"] ?? "" };
  const readFile = (file: string): Source | undefined => {
    const text = files[file];
    return text === undefined ? undefined : { file, text };
  };
  return readScenarios(source, "s", { readFile });
}

/** All that `s.yaml` among `files` describes. */
export function scenariosOf(files: Files): readonly Scenario[] {
  const { cases, read } = readFrom(files);
  return cases.map(read);
}

/** What is wrong with any of them, as people read it. */
export function problemsIn(files: Files): string {
  const found: InputError[] = [];
  const collect = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      found.push(error);
      return undefined;
    }
  };
  const set = collect(() => readFrom(files));
  for (const one of set?.cases ?? []) collect(() => set?.read(one));
  const diagnostics = mergeCases(found.flatMap((error) => error.diagnostics));
  return diagnostics.map(renderDiagnostic).join("\n");
}
