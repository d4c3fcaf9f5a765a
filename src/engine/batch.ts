import type { Fixtures } from "../schema/fixtures.ts";
import type { Column, Value } from "../schema/types.ts";
import type { ScenarioEvent } from "../scenario/model/types.ts";

/** The events of one scenario, as the engine needs them. */
export interface BatchScenario {
  readonly id: string;
  readonly events: readonly ScenarioEvent[];
  /** What answers, in this scenario alone, for data that is in no table; before and beside what all of them have. */
  readonly fixtures?: Fixtures;
}

/** One output row of a rule that was evaluated over many scenarios at once. */
export interface BatchRow {
  /** Index of the scenario in the batch. */
  readonly scenario: number;
  /** Ascending indexes into that scenario's events: the row's lineage. */
  readonly events: readonly number[];
  /** Values in the order of the columns. */
  readonly values: readonly Value[];
}

export interface BatchResult {
  readonly columns: readonly Column[];
  /** In the order of the rule's own sort within each scenario; scenarios ascending. */
  readonly rows: readonly BatchRow[];
}
