import { columnsOf } from "../ir/columns.ts";
import { columnRef, keep } from "./items.ts";
import type { Lowering, Windows } from "./lowering.ts";
import type { Expr, Rel, WindowItem } from "../ir/types.ts";
import { mapParts } from "../ir/walk.ts";

/** What `mv-apply` calls the elements of a row, over which its subquery runs. */
export const elementsName = "$mv-apply source";

/** Names of the columns that window functions in scalars become, and values that are used several times. No query can name them. */
const prefix = "$window ";
const computedPrefix = "$computed ";

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
  const computed: Expr[] = [];
  /** Window functions are computed below the values that other scalars share. */
  const written = (expr: Expr): Expr =>
    expr.kind === "column" && expr.name.startsWith(computedPrefix)
      ? written(computed[Number(expr.name.slice(computedPrefix.length)) - 1] ?? expr)
      : mapParts(expr, written);
  const windows: Windows = {
    serialized: isSerialized(input, lowering),
    add: (item, span) => {
      const name = `${prefix}${items.length + 1}`;
      items.push({ ...item, args: item.args.map(written), name });
      return columnRef({ name, type: item.type }, span);
    },
    compute: (expr) => {
      computed.push(expr);
      const name = `${computedPrefix}${computed.length}`;
      return columnRef({ name, type: expr.type }, expr.span);
    },
  };
  const make = plan(lowering.over(input, windows));
  if (items.length === 0 && computed.length === 0) return make(input);
  const { span } = input;
  const numbered: Rel =
    items.length === 0
      ? input
      : { kind: "window", input, items, orderBy: [], partitionBy: [], span };
  // Each may read the ones before it, and an `extend` sees its input alone.
  const filled = computed.reduce<Rel>((below, expr, index) => {
    const item = { name: `${computedPrefix}${index + 1}`, expr };
    return { kind: "extend", input: below, items: [item], span };
  }, numbered);
  const rel = make(filled);
  const isOwn = (name: string): boolean =>
    name.startsWith(prefix) || name.startsWith(computedPrefix);
  const columns = columnsOf(rel).filter(({ name }) => !isOwn(name));
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
