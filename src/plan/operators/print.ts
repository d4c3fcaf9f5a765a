import { elementsOf } from "../../kql/syntax.ts";
import { boundColumns, itemExprs } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import type { Rel } from "../types.ts";

export function planPrint(
  node: Kusto.Language.Syntax.PrintOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const columns = boundColumns(node);
  const exprs = elementsOf(node.Expressions).flatMap((expression) =>
    itemExprs(expression, lowering),
  );
  const items = exprs.map((expr, index) => ({ name: columns[index]?.name ?? "", expr }));
  return { kind: "project", input, items, span: lowering.span(node) };
}
