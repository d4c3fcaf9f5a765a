import { columnsOf } from "../../../ir/columns.ts";
import { elementsOf, kindOf } from "../../../../kql/syntax.ts";
import { boundColumns, itemExpr, keep } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Item, Rel } from "../../../ir/types.ts";

export function planDistinct(
  node: Kusto.Language.Syntax.DistinctOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const row = lowering.over(input);
  const columns = boundColumns(node);
  const expressions = elementsOf(node.Expressions);
  const all = expressions.some((expression) => kindOf(expression) === "StarExpression");
  const keys: readonly Item[] = all
    ? keep(columnsOf(input), span)
    : expressions.map((expression, index) => ({
        name: columns[index]?.name ?? "",
        expr: itemExpr(expression, row),
      }));
  return { kind: "aggregate", input, keys, items: [], span };
}
