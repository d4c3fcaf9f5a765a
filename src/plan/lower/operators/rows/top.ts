import { present } from "../../../../kql/syntax.ts";
import type { Lowering } from "../../lowering.ts";
import { rowCount } from "../../row-count.ts";
import type { Rel } from "../../../ir/types.ts";
import { planSortKey } from "./sort.ts";

/** `top n by key`: the first n rows of the sorted input, in that order. */
export function planTop(
  node: Kusto.Language.Syntax.TopOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const keys = [planSortKey(present(node.ByExpression), lowering.over(input))];
  const count = rowCount(present(node.Expression), lowering);
  return { kind: "limit", input, count, keys, partitionBy: [], span: lowering.span(node) };
}
