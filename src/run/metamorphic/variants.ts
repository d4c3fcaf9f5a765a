import type { BatchScenario } from "../../engine/batch.ts";
import type { Scenario, ScenarioEvent } from "../../scenario/types.ts";
import type { Story, Transformation } from "./transformation.ts";

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

/** Every scenario of `scenarios` in the words of every transformation that suits it and changes what the rule reads of it. */
export function variantsOf(
  scenarios: readonly Scenario[],
  transformations: readonly Transformation[],
  {
    storyOf,
    hasFixtures,
  }: {
    readonly storyOf: (scenario: Scenario) => Story;
    readonly hasFixtures: boolean;
  },
): readonly Variant[] {
  return scenarios.flatMap((scenario) => {
    const story = storyOf(scenario);
    const before = story.events;
    return transformations
      .filter((transformation) => suits(transformation, scenario, hasFixtures))
      .map((transformation): Variant => ({
        scenario,
        transformation,
        before,
        events: transformation.apply(story),
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
