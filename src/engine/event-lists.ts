import type { DuckDBValue } from "@duckdb/node-api";
import { InputError } from "../base/diagnostic.ts";
import type { ScenarioEvent } from "../scenario/model/types.ts";
import { isInstant } from "../schema/time.ts";
import type { Column } from "../schema/types.ts";
import type { BatchScenario } from "./batch.ts";
import { toDatabase } from "./database/database-values.ts";

/** Events of one table in the order of the batch, side by side with the numbers of their scenarios and their own in these. */
export interface EventList {
  readonly events: readonly ScenarioEvent[];
  readonly scenarios: readonly number[];
  readonly numbers: readonly number[];
}

interface GrowingList extends EventList {
  readonly events: ScenarioEvent[];
  readonly scenarios: number[];
  readonly numbers: number[];
}

/** The events of each of `tables`. */
export function listEvents(
  scenarios: readonly BatchScenario[],
  tables: Iterable<string>,
): ReadonlyMap<string, EventList> {
  const lists = new Map(Array.from(tables, (table) => [table, emptyList()]));
  let scenario = -1;
  for (const { events } of scenarios) {
    scenario += 1;
    let number = -1;
    // Millions of times: without the pairs that `entries()` makes.
    for (const event of events) {
      number += 1;
      const list = lists.get(event.table);
      if (list === undefined) continue;
      list.events.push(event);
      list.scenarios.push(scenario);
      list.numbers.push(number);
    }
  }
  return lists;
}

function emptyList(): GrowingList {
  return { events: [], scenarios: [], numbers: [] };
}

/** The events of `list` at `indexes`. */
export function pickEvents(list: EventList, indexes: readonly number[]): EventList {
  const picked = emptyList();
  for (const index of indexes) {
    const event = list.events[index];
    if (event === undefined) continue;
    picked.events.push(event);
    picked.scenarios.push(list.scenarios[index] ?? -1);
    picked.numbers.push(list.numbers[index] ?? -1);
  }
  return picked;
}

/**
 * Throws an `InputError` for a value in `columns` that is none of its type. An event that has no part in the answer is
 * not read otherwise, and its mistakes are to be told all the same. Any value can be a text: those are not looked at.
 */
export function checkEvents(
  list: EventList,
  columns: readonly Column[],
  batch: readonly BatchScenario[],
): void {
  for (const column of columns) {
    const { name, type } = column;
    if (type === "string" || type === "dynamic") continue;
    const read = cellReader(list, column, batch);
    for (let index = 0; index < list.events.length; index++) {
      const value = list.events[index]?.row[name];
      // The common case without the number that it stands for.
      if (type === "datetime" && typeof value === "string" && isInstant(value)) continue;
      read(index);
    }
  }
}

/** Reads the value of `column` in the event of `list` at an index, as DuckDB takes it. Throws an `InputError` for one that is none of its type. */
export function cellReader(
  { events, scenarios }: EventList,
  { name, type }: Column,
  batch: readonly BatchScenario[],
): (index: number) => DuckDBValue {
  const convert = toDatabase[type];
  return (index) => {
    const event = events[index];
    const value = convert(event?.row[name]);
    if (value !== undefined || event === undefined) return value ?? null;
    const scenario = batch[scenarios[index] ?? -1]?.id ?? "";
    throw new InputError({
      code: "KT0312",
      message: `\`${event.table}.${name}\` of event \`${event.id}\` in scenario \`${scenario}\` is \`${JSON.stringify(event.row[name])}\`, which is no ${type}`,
    });
  };
}
