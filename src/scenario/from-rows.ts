import { defined } from "../base/defined.ts";
import type { Fixtures } from "../schema/fixtures.ts";
import type { Tables } from "../schema/types.ts";
import type { Scenario, ScenarioEvent, Truth } from "./model/types.ts";

/** A scenario's rows and what is known of them. */
export interface RowsScenario {
  readonly id: string;
  /** Default: the id. */
  readonly title?: string;
  readonly truth: Truth;
  readonly technique?: string;
  /** Rows as they are: their times do not move with `now`. */
  readonly rows: Tables;
  readonly fixtures?: Fixtures;
}

/** A scenario made of given rows, table after table. Its events are called `<table>-<n>`. */
export function scenarioFromRows(given: RowsScenario): Scenario {
  const { id, title = id, truth, technique, rows, fixtures } = given;
  const events = Object.entries(rows).flatMap(([table, list]) =>
    list.map((row, index): ScenarioEvent => ({ id: `${table}-${index + 1}`, table, row })),
  );
  return {
    id,
    title,
    truth,
    ...defined({ technique, fixtures }),
    source: { file: id, text: "" },
    events: () => events,
  };
}
