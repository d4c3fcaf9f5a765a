import type { Surroundings } from "./types.ts";
import { createRandom } from "../base/random.ts";
import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import type { Defined, ScenarioDefinition } from "./define.ts";
import { definitionFile } from "./definition-file.ts";
import { seededFaker } from "./draw.ts";
import { reservedNames } from "./expand/cases.ts";
import { inCase, namedCase, type NamedCase } from "./expand/open.ts";
import { scenarioFrom, type ScenarioSet } from "./read.ts";
import { withoutClock } from "./without-clock.ts";

/** The file that defines scenarios, and those of the project that they may name. */
export interface Defining {
  readonly source: Source;
  readonly id: string;
  readonly project: Surroundings;
}

/** The scenarios that `module`, the exports of a TypeScript file, defines. Throws an `InputError` (KT0551). */
export function scenariosDefined(
  module: Readonly<Record<string, unknown>>,
  from: Defining,
): ScenarioSet {
  const { source, id } = from;
  const defined = Object.values(module).filter(isDefined);
  const [only] = defined;
  if (only === undefined || defined.length > 1) {
    throw fileError(source, "KT0551", {
      message:
        only === undefined
          ? "the module exports no scenario"
          : "the module exports several scenarios",
      hint:
        only === undefined
          ? "write `export const scenario = defineScenario({ … })`; a file whose name begins with `_` is none"
          : "write one `defineScenarios` with a case for each",
    });
  }
  if (only.kind === "kqltest-scenario") {
    return setOf(from, [[namedCase({ suffix: "", values: new Map() }, id), () => only.definition]]);
  }
  const { cases, scenario } = only.definition;
  const named = cases.map(
    (variables) =>
      [
        namedCase({ values: new Map(Object.entries(variables)) }, id),
        () => scenario(variables),
      ] as const,
  );
  checkNames(
    named.map(([one]) => one),
    source,
  );
  return setOf(from, named);
}

function isDefined(value: unknown): value is Defined {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  return value.kind === "kqltest-scenario" || value.kind === "kqltest-scenarios";
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

type Definitions = readonly (readonly [NamedCase, () => ScenarioDefinition])[];

function setOf({ source, project }: Defining, definitions: Definitions): ScenarioSet {
  const byId = new Map(definitions.map((definition) => [definition[0].id, definition]));
  return {
    cases: definitions.map(([one]) => one),
    read: ({ id }) => {
      const definition = byId.get(id);
      if (definition === undefined) throw new Error(`no scenario ${id}`);
      const [one, define] = definition;
      return inCase(one, () => {
        const { file, tell } = definitionFile(dataOf(define, one, source), source);
        return tell(() => {
          const scenario = scenarioFrom(file, { ...one, source, project });
          return { ...scenario, events: (options) => tell(() => scenario.events(options)) };
        });
      });
    },
  };
}

/** The definition as a file would say it: made twice, because what differs from run to run cannot be replayed. */
function dataOf(define: () => ScenarioDefinition, wanted: NamedCase, source: Source): unknown {
  const make = (): string => {
    try {
      const { timeline, ...rest } = withoutClock(define);
      const seed = wanted.seed(rest.seed);
      const tools = { random: createRandom(seed), faker: seededFaker(seed) };
      const steps = typeof timeline === "function" ? withoutClock(() => timeline(tools)) : timeline;
      // The digits of a whole number of any size are a value of `long`.
      return JSON.stringify({ version: 1, ...rest, timeline: steps }, (_, value: unknown) =>
        typeof value === "bigint" ? String(value) : value,
      );
    } catch (error) {
      throw fileError(source, "KT0552", {
        message: `the scenario threw an error: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  };
  const first = make();
  if (first === make()) return JSON.parse(first) as unknown;
  throw fileError(source, "KT0553", {
    message: "the scenario is another one each time it is made",
    hint: "draw from `random` and `faker`, and keep nothing outside of the function",
  });
}

function fileError(
  source: Source,
  code: string,
  text: Pick<Diagnostic, "message" | "hint">,
): InputError {
  return new InputError({ code, source: { file: source.file, text: "" }, ...text });
}
