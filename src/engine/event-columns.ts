import type { DuckDBValue } from "@duckdb/node-api";
import { eventColumn, scenarioColumn } from "../plan/passes/hidden.ts";
import type { Column } from "../schema/types.ts";
import type { BatchScenario } from "./batch.ts";
import type { StoredColumn } from "./database.ts";
import { toDatabase } from "./values.ts";

/** The events of all scenarios by table, as columns: those of `read` that any event has, and the scenario and the event of each row. Tables without events are left out. */
export function eventColumns(
  scenarios: readonly BatchScenario[],
  read: ReadonlyMap<string, readonly Column[]>,
): ReadonlyMap<string, readonly StoredColumn[]> {
  const builders = new Map(Array.from(read, ([table, columns]) => [table, createBuilder(columns)]));
  for (const [scenario, { events }] of scenarios.entries()) {
    for (const [event, { table, row }] of events.entries()) {
      builders.get(table)?.add(row, scenario, event);
    }
  }
  return new Map(
    Array.from(builders, ([table, builder]) => [table, builder.columns()] as const).filter(
      ([, columns]) => (columns[0]?.values.length ?? 0) > 0,
    ),
  );
}

interface Builder {
  columns(): readonly StoredColumn[];
  add(row: BatchScenario["events"][number]["row"], scenario: number, event: number): void;
}

function createBuilder(read: readonly Column[]): Builder {
  const scenarios: DuckDBValue[] = [];
  const events: DuckDBValue[] = [];
  const columns = read.map((column) => ({ ...column, values: [] as DuckDBValue[] }));
  const present = new Set<string>();
  return {
    columns: () => [
      { ...scenarioColumn, values: scenarios },
      { ...eventColumn, values: events },
      ...columns.filter(({ name }) => present.has(name)),
    ],
    add(row, scenario, event) {
      scenarios.push(scenario);
      events.push(event);
      for (const { name, type, values } of columns) {
        if (row[name] !== undefined) present.add(name);
        const value = toDatabase(row[name], type);
        if (value === undefined) {
          throw new Error(
            `${name} of an event holds ${JSON.stringify(row[name])}, which is no ${type}`,
          );
        }
        values.push(value);
      }
    },
  };
}
