import { defined } from "../../base/defined.ts";
import type { BatchScenario } from "../../engine/batch.ts";
import type { ScenarioEvent } from "../../scenario/model/types.ts";
import type { Fixtures } from "../../schema/fixtures.ts";
import type { EventView, Transformation } from "./transformations/transformation.ts";

/** A scenario that is to be told in other words. Plain data. */
export interface VariantSource {
  readonly id: string;
  readonly view: EventView;
  /** What `now()` is for it, in ticks, where the run's does not hold. */
  readonly now?: bigint;
  readonly fixtures?: Fixtures;
}

/** The events of a scenario in other words. */
export interface Variant {
  readonly scenario: VariantSource;
  readonly transformation: Transformation;
  readonly events: readonly ScenarioEvent[];
}

/** Whether `transformation` says the same of `scenario`: one with watchlists of its own may name there what it renames. */
function suits({ renames }: Transformation, { fixtures }: VariantSource, shared: boolean): boolean {
  return renames !== true || (!shared && fixtures === undefined);
}

/** Every scenario of `scenarios` in the words of every transformation that suits it and changes what the rule reads of it. */
export function variantsOf(
  scenarios: readonly VariantSource[],
  transformations: readonly Transformation[],
  { hasFixtures }: { readonly hasFixtures: boolean },
): readonly Variant[] {
  return scenarios.flatMap((scenario) =>
    transformations
      .filter((transformation) => suits(transformation, scenario, hasFixtures))
      .map((transformation): Variant => ({
        scenario,
        transformation,
        events: transformation.apply(scenario.view),
      }))
      .filter(({ events }) => events !== scenario.view.events),
  );
}

/** A variant as the engine takes it. */
export function batchScenario(
  { scenario: { id, fixtures } }: Variant,
  events: readonly ScenarioEvent[],
): BatchScenario {
  return { id, events, ...defined({ fixtures }) };
}
