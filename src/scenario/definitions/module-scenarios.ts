import { InputError } from "../../base/diagnostic.ts";
import { createRandom } from "../../base/random.ts";
import type { Defined, ScenarioDefinition, Timeline, Tools } from "../define.ts";
import { seededFaker } from "../model/draw.ts";
import { namedCase } from "../expand/named-case.ts";
import type { VariableValue } from "../model/types.ts";
import { withoutClock } from "./without-clock.ts";

/** The values of one case by the names of its variables. */
export type CaseVariables = Readonly<Record<string, VariableValue>>;

/** The scenarios that a module defines, as data that can be handed to another process. */
export interface ModuleScenarios {
  /** The variables of each scenario; null where the module defines a single one. */
  readonly cases: readonly CaseVariables[] | null;
  /** The scenario with this number as a file would say it, in JSON. Throws an `InputError` without a place (KT0552, KT0553). */
  text(index: number): string;
}

/** What `module`, the exports of the scenario file with the id `id`, defines. Throws an `InputError` without a place (KT0551). */
export function scenariosIn(
  module: Readonly<Record<string, unknown>>,
  id: string,
): ModuleScenarios {
  const defined = Object.values(module).filter(isDefined);
  const [only] = defined;
  if (only === undefined || defined.length > 1) throw notOne(defined.length);
  if (only.kind === "kqltest-scenario") {
    const { definition } = only;
    return { cases: null, text: () => textOf(() => definition, id) };
  }
  const { cases, scenario } = only.definition;
  return {
    cases,
    text: (index) => {
      const variables = cases[index];
      if (variables === undefined) throw new Error(`no case ${index}`);
      return textOf(() => scenario(variables), id, variables);
    },
  };
}

function isDefined(value: unknown): value is Defined {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  return value.kind === "kqltest-scenario" || value.kind === "kqltest-scenarios";
}

function notOne(count: number): InputError {
  return count === 0
    ? new InputError({
        code: "KT0551",
        message: "the module exports no scenario",
        hint: "write `export const scenario = defineScenario({ … })`; a file whose name begins with `_` is none",
      })
    : new InputError({
        code: "KT0551",
        message: "the module exports several scenarios",
        hint: "write one `defineScenarios` with a case for each",
      });
}

/** The definition as a file would say it: made twice, because what differs from run to run cannot be replayed. */
function textOf(define: () => ScenarioDefinition, id: string, variables?: CaseVariables): string {
  const wanted =
    variables === undefined
      ? namedCase({ suffix: "", values: new Map() }, id)
      : namedCase({ values: new Map(Object.entries(variables)) }, id);
  const make = (): string => {
    try {
      const { timeline, ...rest } = withoutClock(define);
      const seed = wanted.seed(rest.seed);
      const steps = typeof timeline === "function" ? drawn(timeline, seed) : timeline;
      // The digits of a whole number of any size are a value of `long`.
      return JSON.stringify({ version: 1, ...rest, timeline: steps }, (_, value: unknown) =>
        typeof value === "bigint" ? String(value) : value,
      );
    } catch (error) {
      throw new InputError({
        code: "KT0552",
        message: `the scenario threw an error: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  };
  const first = make();
  if (first === make()) return first;
  throw new InputError({
    code: "KT0553",
    message: "the scenario is another one each time it is made",
    hint: "draw from `random` and `faker`, and keep nothing outside of the function",
  });
}

/** The steps of `timeline`; what it draws from begins at `seed`. */
function drawn(timeline: (tools: Tools) => Timeline, seed: number): Timeline {
  const tools = { random: createRandom(seed), faker: seededFaker(seed) };
  return withoutClock(() => timeline(tools));
}
