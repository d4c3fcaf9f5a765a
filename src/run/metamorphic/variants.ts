import type { BatchScenario } from "../../engine/batch.ts";
import type { Scenario, ScenarioEvent } from "../../scenario/types.ts";
import type { Transformation } from "./transformation.ts";

/** The events of a scenario in other words. */
export interface Variant {
  readonly scenario: Scenario;
  readonly transformation: Transformation;
  readonly before: readonly ScenarioEvent[];
  readonly events: readonly ScenarioEvent[];
}

/** Whether `transformation` says the same of `scenario`: one with watchlists of its own may name there what it renames. */
function suits({ renames }: Transformation, scenario: Scenario, hasFixtures: boolean): boolean {
  return renames !== true || (!hasFixtures && scenario.fixtures === undefined);
}

/**
 * The variants of `scenarios`: every transformation for those that have a file of their own and for
 * the first case of a file, and one, taken in turns, for the next cases, as many as there are
 * transformations. Cases of one file differ in values; more of them cost more than they tell.
 */
export function variantsOf(
  scenarios: readonly Scenario[],
  transformations: readonly Transformation[],
  {
    eventsOf,
    hasFixtures,
  }: {
    readonly eventsOf: (scenario: Scenario) => readonly ScenarioEvent[];
    readonly hasFixtures: boolean;
  },
): readonly Variant[] {
  const seen = new Map<string, number>();
  return scenarios.flatMap((scenario) => {
    const number = scenario.case === undefined ? 0 : (seen.get(scenario.case.file) ?? 0);
    if (scenario.case !== undefined) seen.set(scenario.case.file, number + 1);
    // The second case gets the first of them; those after the last get none.
    const own = number === 0 ? transformations : transformations.slice(number - 1, number);
    if (own.length === 0) return [];
    const before = eventsOf(scenario);
    return own
      .filter((transformation) => suits(transformation, scenario, hasFixtures))
      .map((transformation): Variant => ({
        scenario,
        transformation,
        before,
        events: transformation.apply(before),
      }))
      .filter(({ events }) => events !== before);
  });
}

/** A variant as the engine takes it. */
export function batchScenario(
  { scenario }: Variant,
  events: readonly ScenarioEvent[],
): BatchScenario {
  return {
    id: scenario.id,
    events,
    ...(scenario.fixtures === undefined ? {} : { fixtures: scenario.fixtures }),
  };
}
