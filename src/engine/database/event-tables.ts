import { scenarioColumn, eventColumn, scenariosTable } from "../../plan/passes/isolate/hidden.ts";
import type { Column } from "../../schema/types.ts";
import type { BatchScenario } from "../batch.ts";
import { createTable, storedColumns, type Database } from "./database.ts";
import { cellReader, type EventList } from "../event-lists.ts";
import type { RowWriter } from "./write-table.ts";

/** The events of scenarios in a database. */
export interface EventTables {
  /** The columns that a table has in the database, each with its name there. */
  stored(table: string): ReadonlyMap<string, string> | undefined;
  readonly ascii: boolean;
}

export interface EventsToStore {
  readonly scenarios: readonly BatchScenario[];
  /** The events of each table. */
  readonly lists: ReadonlyMap<string, EventList>;
  /** The columns that are wanted of each table. */
  readonly read: ReadonlyMap<string, readonly Column[]>;
}

/** Stores events with the number of the scenario and of the event in it, and the scenarios themselves. */
export async function storeEvents(
  database: Database,
  { scenarios, lists, read }: EventsToStore,
): Promise<EventTables> {
  const tables = new Map([
    [scenariosTable, await createTable(database, scenariosTable, [scenarioColumn])],
  ]);
  const writes = [
    database.write(scenariosTable, [scenarioColumn], (writer) => {
      for (const scenario of scenarios.keys()) {
        writer.set(0, scenario);
        writer.next();
      }
    }),
  ];
  for (const [table, list] of lists) {
    const columns = read.get(table) ?? [];
    const all = [scenarioColumn, eventColumn, ...columns];
    const names = await createTable(database, table, all);
    tables.set(table, names);
    const readers = columns.map((column) => cellReader(list, column, scenarios));
    writes.push(
      database.write(table, storedColumns(all, names), (writer) => {
        writeEvents(writer, list, readers);
      }),
    );
  }
  const written = await allOf(writes);
  return { stored: (table) => tables.get(table), ascii: written.every(({ ascii }) => ascii) };
}

/** The results of all; the first failure only once none is under way any more, as the database is closed after it. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

function writeEvents(
  writer: RowWriter,
  { events, scenarios, numbers }: EventList,
  readers: readonly ReturnType<typeof cellReader>[],
): void {
  for (let index = 0; index < events.length; index++) {
    writer.set(0, scenarios[index] ?? null);
    writer.set(1, numbers[index] ?? null);
    let column = 2;
    for (const read of readers) {
      writer.set(column, read(index));
      column += 1;
    }
    writer.next();
  }
}
