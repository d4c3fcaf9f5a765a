import { elementsOf } from "../../kql/syntax.ts";
import { columnsOf } from "../columns.ts";
import { boundColumns, itemExpr, itemName } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import type { Item, Rel } from "../types.ts";

export function planExtend(
  node: Kusto.Language.Syntax.ExtendOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const row = lowering.over(input);
  const existing = new Set(columnsOf(input).map((column) => column.name));
  const added = boundColumns(node).filter((column) => !existing.has(column.name));
  const items = elementsOf(node.Expressions).map((expression): Item => {
    const written = itemName(expression);
    // Which of the new columns an expression without a name gives, only their order says.
    const name = written !== undefined && existing.has(written) ? written : added.shift()?.name;
    return { name: name ?? written ?? "", expr: itemExpr(expression, row) };
  });
  return { kind: "extend", input, items, span: lowering.span(node) };
}
