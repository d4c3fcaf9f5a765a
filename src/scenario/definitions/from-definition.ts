import { InputError, type Diagnostic } from "../../base/diagnostic.ts";
import type { Source } from "../../base/source.ts";
import { definitionFile } from "./definition-file.ts";
import { reservedNames } from "../expand/cases.ts";
import { namedCase, type NamedCase } from "../expand/named-case.ts";
import { inCase } from "../expand/open.ts";
import type { ModuleScenarios } from "./module-scenarios.ts";
import { scenarioFrom, type ScenarioSet } from "../read-scenarios.ts";
import type { Surroundings } from "../model/types.ts";

/** The file that defines scenarios, and those of the project that they may name. */
export interface Defining {
  readonly source: Source;
  readonly id: string;
  readonly project: Surroundings;
}

/** The scenarios that a module made, read like a file. Throws an `InputError` (KT0545). */
export function scenariosDefined(made: ModuleScenarios, from: Defining): ScenarioSet {
  const { source, id, project } = from;
  const named = namedCases(made, id);
  if (made.cases !== null) checkNames(named, source);
  const indexes = new Map(named.map((one, index) => [one.id, index]));
  return {
    cases: named,
    read: ({ id: wanted }) => {
      const index = indexes.get(wanted);
      const one = index === undefined ? undefined : named[index];
      if (index === undefined || one === undefined) throw new Error(`no scenario ${wanted}`);
      return inCase(one, () => {
        const data: unknown = JSON.parse(made.text(index));
        const { file, tell } = definitionFile(data, source);
        return tell(() => {
          const scenario = scenarioFrom(file, { ...one, source, project });
          return { ...scenario, events: (options) => tell(() => scenario.events(options)) };
        });
      });
    },
  };
}

function namedCases({ cases }: ModuleScenarios, id: string): readonly NamedCase[] {
  if (cases === null) return [namedCase({ suffix: "", values: new Map() }, id)];
  return cases.map((variables) => namedCase({ values: new Map(Object.entries(variables)) }, id));
}

function checkNames(cases: readonly NamedCase[], source: Source): void {
  const seen = new Set<string>();
  const problems: string[] = cases.length === 0 ? ["there are no cases"] : [];
  for (const { id, case: one } of cases) {
    if (seen.has(id)) problems.push(`two cases are called \`${id}\``);
    seen.add(id);
    const reserved = Object.keys(one?.variables ?? {}).find((name) => reservedNames.includes(name));
    if (reserved !== undefined) problems.push(`\`${reserved}\` cannot be a variable`);
  }
  const [message] = problems;
  if (message !== undefined) throw fileError(source, "KT0545", { message });
}

function fileError(
  source: Source,
  code: string,
  text: Pick<Diagnostic, "message" | "hint">,
): InputError {
  return new InputError({ code, source: { file: source.file, text: "" }, ...text });
}
