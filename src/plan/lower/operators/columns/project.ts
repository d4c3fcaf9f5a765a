import { elementsOf } from "../../../../kql/syntax.ts";
import { boundColumns, itemExprs } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Rel } from "../../../ir/types.ts";
import { overRows } from "../../windows.ts";

export function planProject(
  node: Kusto.Language.Syntax.ProjectOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const columns = boundColumns(node);
  return overRows(input, lowering, (row) => {
    const exprs = elementsOf(node.Expressions).flatMap((expression) => itemExprs(expression, row));
    const items = exprs.map((expr, index) => ({ name: columns[index]?.name ?? "", expr }));
    return (rows) => ({ kind: "project", input: rows, items, span: lowering.span(node) });
  });
}
