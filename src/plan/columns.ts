import { unreachable } from "../base/diagnostic.ts";
import type { Column } from "../schema/types.ts";
import type { Extend, Rel } from "./types.ts";

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
      return extended(rel);
    case "project":
      return rel.items.map(({ name, expr }) => ({ name, type: expr.type }));
    case "aggregate":
      return [...rel.keys, ...rel.items].map(({ name, expr }) => ({ name, type: expr.type }));
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

function extended({ input, items }: Extend): readonly Column[] {
  const columns = new Map(columnsOf(input).map((column) => [column.name, column]));
  // A name that is there already keeps its place: a Map does the same.
  for (const { name, expr } of items) columns.set(name, { name, type: expr.type });
  return [...columns.values()];
}
