import type { Column } from "../../schema/types.ts";
import { eventColumn, scenarioColumn, scenariosTable } from "./isolate/hidden.ts";
import type { Item, Program, Rel } from "../ir/types.ts";
import { relationsIn } from "../ir/walk.ts";

/** The columns that `program` reads of each table of events, the hidden ones left out. */
export function columnsRead(program: Program): ReadonlyMap<string, readonly Column[]> {
  const read = new Map<string, Map<string, Column>>();
  const roots = [...program.bindings.map(({ rel }) => rel), program.body];
  for (const rel of roots.flatMap(relationsIn)) {
    if (rel.kind !== "scan" || rel.fixture !== undefined || rel.table === scenariosTable) continue;
    const columns = read.get(rel.table) ?? new Map<string, Column>();
    for (const column of rel.columns) {
      if (column.name !== scenarioColumn.name && column.name !== eventColumn.name) {
        columns.set(column.name, column);
      }
    }
    read.set(rel.table, columns);
  }
  return new Map(Array.from(read, ([table, columns]) => [table, [...columns.values()]]));
}

/** `program` without what only its rows' values and their order need: it gives as many rows, each with one constant. */
export function countingProgram({ bindings, body }: Program): Program {
  const { span } = body;
  const one: Item = { name: "$one", expr: { kind: "literal", value: true, type: "bool", span } };
  return {
    bindings,
    body: { kind: "project", input: inAnyOrder(body), items: [one], span },
  };
}

/** `rel` without a sort that no operator above it looks at. */
function inAnyOrder(rel: Rel): Rel {
  switch (rel.kind) {
    case "sort":
      return inAnyOrder(rel.input);
    case "project":
    case "extend":
      return { ...rel, input: inAnyOrder(rel.input) };
    default:
      return rel;
  }
}
