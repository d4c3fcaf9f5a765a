import { InputError } from "../base/diagnostic.ts";
import { eventColumn, scenarioColumn, scenariosTable } from "../plan/passes/hidden.ts";
import type { Column } from "../schema/types.ts";
import type { ScenarioEvent } from "../scenario/types.ts";
import type { BatchScenario } from "./batch.ts";
import { createTable, storedColumns, type Database } from "./database.ts";
import { toDatabase } from "./values.ts";
import type { RowWriter } from "./write-table.ts";

/** The events of scenarios in a database. */
export interface EventTables {
  /** The columns that a table has in the database, each with its name there. */
  stored(table: string): ReadonlyMap<string, string> | undefined;
  readonly ascii: boolean;
}

/**
 * Stores the events of the tables in `read`, of each the columns it names, with the number of the scenario and of the
 * event in it; and the scenarios themselves.
 */
export async function storeEvents(
  database: Database,
  scenarios: readonly BatchScenario[],
  read: ReadonlyMap<string, readonly Column[]>,
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
  for (const [table, columns] of read) {
    const all = [scenarioColumn, eventColumn, ...columns];
    const names = await createTable(database, table, all);
    tables.set(table, names);
    writes.push(
      database.write(table, storedColumns(all, names), (writer) => {
        writeEvents(writer, scenarios, { table, columns });
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
  scenarios: readonly BatchScenario[],
  { table, columns }: { table: string; columns: readonly Column[] },
): void {
  const cells = columns.map(({ name, type }, index) => ({
    name,
    type,
    index: index + 2,
    convert: toDatabase[type],
  }));
  let scenario = -1;
  for (const { id, events } of scenarios) {
    scenario += 1;
    let number = -1;
    // Millions of times: without the pairs that `entries()` makes.
    for (const event of events) {
      number += 1;
      if (event.table !== table) continue;
      writer.set(0, scenario);
      writer.set(1, number);
      for (const { name, type, index, convert } of cells) {
        const value = convert(event.row[name]);
        if (value === undefined) refuseValue(id, event, { name, type });
        else writer.set(index, value);
      }
      writer.next();
    }
  }
}

function refuseValue(scenario: string, event: ScenarioEvent, { name, type }: Column): never {
  throw new InputError({
    code: "KT0312",
    message: `\`${event.table}.${name}\` of event \`${event.id}\` in scenario \`${scenario}\` is \`${JSON.stringify(event.row[name])}\`, which is no ${type}`,
  });
}
