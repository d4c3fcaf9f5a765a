import { columnsOf } from "../../ir/columns.ts";
import { columnRef, keep } from "../../lower/items.ts";
import type { Expand, Expr, Rel } from "../../ir/types.ts";
import { concatLineage, lineageColumn, lineageRef, scenarioColumn } from "./hidden.ts";
import type { Isolated } from "./isolated.ts";

const itemName = "$element";

/**
 * A row's elements are its scenario's. Where nothing else orders rows they come by their lineage, and the elements of
 * one row have the same: so each adds its number to it, as what is no event.
 */
export function isolateExpand(
  rel: Expand,
  isolateRowwise: (indexed: Expand) => Isolated,
): Isolated {
  const index = rel.index ?? itemName;
  const isolated = isolateRowwise({ ...rel, index });
  const { span } = rel;
  if (!isolated.scoped) return { rel: only(isolated.rel, columnsOf(rel)), scoped: false };
  const number: Expr = {
    kind: "call",
    name: "$lineage-item",
    args: [columnRef({ name: index, type: "long" }, span)],
    type: "dynamic",
    span,
  };
  const lineage = concatLineage([lineageRef(span), number], span);
  const extended: Rel = {
    kind: "extend",
    input: isolated.rel,
    items: [{ name: lineageColumn.name, expr: lineage }],
    span,
  };
  const columns = [...columnsOf(rel), scenarioColumn, lineageColumn];
  return { rel: only(extended, columns), scoped: true };
}

function only(rel: Rel, columns: ReturnType<typeof columnsOf>): Rel {
  return { kind: "project", input: rel, items: keep(columns, rel.span), span: rel.span };
}
