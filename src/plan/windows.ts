import { columnsOf } from "./columns.ts";
import { columnRef, keep } from "./items.ts";
import type { Lowering, Windows } from "./lowering.ts";
import type { Rel } from "./types.ts";
import type { WindowItem } from "./window-types.ts";

/** What `mv-apply` calls the elements of a row, over which its subquery runs. */
export const elementsName = "$mv-apply source";

/** Names of the columns that window functions in scalars become. No query can name them. */
const prefix = "$window ";

/**
 * What an operator that works row by row makes of `input`. `plan` lowers its scalars over `row`; the window functions in
 * them are made below the operator, as columns that its result does not have.
 */
export function overRows(
  input: Rel,
  lowering: Lowering,
  plan: (row: Lowering) => (rows: Rel) => Rel,
): Rel {
  const items: WindowItem[] = [];
  const windows: Windows = {
    serialized: isSerialized(input, lowering),
    add: (item, span) => {
      const name = `${prefix}${items.length + 1}`;
      items.push({ ...item, name });
      return columnRef({ name, type: item.type }, span);
    },
  };
  const make = plan(lowering.over(input, windows));
  if (items.length === 0) return make(input);
  const { span } = input;
  const rel = make({ kind: "window", input, items, orderBy: [], partitionBy: [], span });
  const columns = columnsOf(rel).filter(({ name }) => !name.startsWith(prefix));
  if (columns.length === columnsOf(rel).length) return rel;
  return { kind: "project", input: rel, items: keep(columns, rel.span), span: rel.span };
}

/** True where the rows of `rel` have an order that the query gave them. */
export function isSerialized(rel: Rel, lowering: Lowering): boolean {
  switch (rel.kind) {
    case "sort":
    case "range":
      return true;
    case "limit":
      return rel.keys.length > 0 || isSerialized(rel.input, lowering);
    case "filter":
    case "extend":
    case "project":
    case "window":
    case "sequence":
    case "expand":
    case "number":
      return isSerialized(rel.input, lowering);
    case "reference": {
      // The elements of an array come in its order.
      if (rel.name === elementsName) return true;
      const table = lowering.boundTable(rel.name);
      return table !== undefined && isSerialized(table, lowering);
    }
    default:
      return false;
  }
}
