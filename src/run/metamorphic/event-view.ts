import { defined } from "../../base/defined.ts";
import { optimise, optimiseIsolated } from "../../plan/passes/index.ts";
import { columnsRead } from "../../plan/passes/columns-read.ts";
import type { Program } from "../../plan/ir/types.ts";
import type { ScenarioEvent } from "../../scenario/model/types.ts";
import { columnBehind } from "../../scenario/workspace.ts";
import type { Row, Value } from "../../schema/types.ts";
import type { EventView } from "./transformations/transformation.ts";

/** Makes of a scenario's events what `program` reads of them. Where its columns depend on its data, that is everything. */
export function createEventView(program: Program): (events: readonly ScenarioEvent[]) => EventView {
  if (program.discovery !== undefined) return (events) => ({ events, ...aboutAll(events) });
  const read = columnsRead(optimiseIsolated(program) ?? optimise(program));
  const columns = new Map(
    Array.from(read, ([table, own]) => {
      const names = own.flatMap(({ name }) => [name, columnBehind(name)]);
      return [table, [...new Set(names)]] as const;
    }),
  );
  const tables = [...columns.keys()];
  return (all) => {
    const events = all.flatMap((event): readonly ScenarioEvent[] => {
      const names = columns.get(event.table);
      return names === undefined ? [] : [{ ...event, row: picked(event.row, names) }];
    });
    return { events, tables, ...aboutAll(all) };
  };
}

function picked(row: Row, columns: readonly string[]): Row {
  const own: Record<string, Value> = {};
  for (const column of columns) {
    const value = row[column];
    if (value !== undefined) own[column] = value;
  }
  return own;
}

/** What an event view has of all columns of all events. */
function aboutAll(events: readonly ScenarioEvent[]): Pick<EventView, "names" | "start"> {
  const devices = new Set<string>();
  const deviceIds = new Set<string>();
  const accounts = new Set<string>();
  for (const { row } of events) {
    note(row["DeviceName"], devices);
    note(row["DeviceId"], deviceIds);
    // Thousands of rows of fifty columns: without the pairs that `Object.entries` makes.
    for (const column in row) if (column.endsWith("AccountName")) note(row[column], accounts);
  }
  const start = events.find(({ row }) => row["Timestamp"] !== undefined)?.row["Timestamp"];
  return {
    names: { devices: [...devices], deviceIds: [...deviceIds], accounts: [...accounts] },
    ...defined({ start }),
  };
}

function note(value: Value | undefined, texts: Set<string>): void {
  if (typeof value === "string" && value !== "") texts.add(value);
}
