import { optimise, optimiseIsolated } from "../../plan/passes/index.ts";
import { columnsRead } from "../../plan/reads.ts";
import type { Program } from "../../plan/types.ts";
import type { ScenarioEvent } from "../../scenario/types.ts";
import { columnBehind } from "../../scenario/workspace.ts";
import type { Row, Value } from "../../schema/types.ts";
import type { Story } from "./transformation.ts";

/** Makes of a scenario's events what `program` reads of them. Where its columns depend on its data, that is everything. */
export function storyTeller(program: Program): (events: readonly ScenarioEvent[]) => Story {
  if (program.discovery !== undefined) {
    return (events) => ({ events, whole: events, reads: () => true });
  }
  const read = columnsRead(optimiseIsolated(program) ?? optimise(program));
  const columns = new Map(
    Array.from(read, ([table, own]) => {
      const names = own.flatMap(({ name }) => [name, columnBehind(name)]);
      return [table, [...new Set(names)]] as const;
    }),
  );
  const reads: Story["reads"] = (table) => columns.has(table);
  return (whole) => {
    const events = whole.flatMap((event): readonly ScenarioEvent[] => {
      const names = columns.get(event.table);
      return names === undefined ? [] : [{ ...event, row: picked(event.row, names) }];
    });
    return { events, whole, reads };
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
