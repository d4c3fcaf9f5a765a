import { unreachable } from "../../base/diagnostic.ts";
import type { Column } from "../../schema/types.ts";
import type { Rel } from "./types.ts";

const known = new WeakMap<Rel, readonly Column[]>();

/** The columns that `rel` gives, in order. */
export function columnsOf(rel: Rel): readonly Column[] {
  let columns = known.get(rel);
  if (columns === undefined) {
    columns = compute(rel);
    known.set(rel, columns);
  }
  return columns;
}

function compute(rel: Rel): readonly Column[] {
  switch (rel.kind) {
    case "scan":
    case "reference":
    case "values":
      return rel.columns;
    case "range":
      return [rel.column];
    case "filter":
    case "sort":
    case "limit":
      return columnsOf(rel.input);
    case "extend":
      return placed(
        columnsOf(rel.input),
        rel.items.map(({ name, expr }) => ({ name, type: expr.type })),
      );
    case "expand": {
      const index: readonly Column[] =
        rel.index === undefined ? [] : [{ name: rel.index, type: "long" }];
      return placed(columnsOf(rel.input), [...rel.columns, ...index]);
    }
    case "number":
      return [...columnsOf(rel.input), { name: rel.column, type: "long" }];
    case "project":
      return rel.items.map(({ name, expr }) => ({ name, type: expr.type }));
    case "aggregate":
      return [...rel.keys, ...rel.items].map(({ name, expr }) => ({ name, type: expr.type }));
    case "window":
      return [...columnsOf(rel.input), ...rel.items.map(({ name, type }) => ({ name, type }))];
    case "sequence":
      return [
        ...columnsOf(rel.input),
        ...rel.declared.map(({ name, type }) => ({ name, type })),
        ...(rel.matchId === undefined ? [] : [{ name: rel.matchId, type: "long" as const }]),
      ];
    case "join":
      return rel.columns.map(({ name, type }) => ({ name, type }));
    case "union": {
      const [first] = rel.inputs;
      return first === undefined ? [] : columnsOf(first);
    }
    default:
      return unreachable(rel);
  }
}

/** `columns` with `added` behind them; one whose name is there already takes its place. */
function placed(columns: readonly Column[], added: readonly Column[]): readonly Column[] {
  const result = new Map(columns.map((column) => [column.name, column]));
  // A name that is there already keeps its place: a Map does the same.
  for (const { name, type } of added) result.set(name, { name, type });
  return [...result.values()];
}
