import { elementsOf } from "../../kql/syntax.ts";
import { boundColumns, itemExpr } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import type { Rel } from "../types.ts";

export function planPrint(
  node: Kusto.Language.Syntax.PrintOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const columns = boundColumns(node);
  const items = elementsOf(node.Expressions).map((expression, index) => ({
    name: columns[index]?.name ?? "",
    expr: itemExpr(expression, lowering),
  }));
  return { kind: "project", input, items, span: lowering.span(node) };
}
