import { elementsOf, kindOf } from "../../../../kql/syntax.ts";
import { boundColumns, itemExprs, writtenNames } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Rel } from "../../../ir/types.ts";

export function planPrint(
  node: Kusto.Language.Syntax.PrintOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const columns = boundColumns(node);
  const exprs = elementsOf(node.Expressions).flatMap((expression) => {
    const values = itemExprs(expression, lowering);
    // Elsewhere the columns that are left keep the names of the function: here they are gone.
    const names = writtenNames(expression).length;
    return kindOf(expression).endsWith("NamedExpression") ? values.slice(0, names) : values;
  });
  const items = exprs.map((expr, index) => ({ name: columns[index]?.name ?? "", expr }));
  return { kind: "project", input, items, span: lowering.span(node) };
}
