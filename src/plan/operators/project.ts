import { elementsOf } from "../../kql/syntax.ts";
import { boundColumns, itemExpr } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import type { Rel } from "../types.ts";

export function planProject(
  node: Kusto.Language.Syntax.ProjectOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const row = lowering.over(input);
  const columns = boundColumns(node);
  const items = elementsOf(node.Expressions).map((expression, index) => ({
    name: columns[index]?.name ?? "",
    expr: itemExpr(expression, row),
  }));
  return { kind: "project", input, items, span: lowering.span(node) };
}
