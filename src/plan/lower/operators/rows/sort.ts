import { elementsOf, kindOf, present, textOf, type Expression } from "../../../../kql/syntax.ts";
import type { Lowering } from "../../lowering.ts";
import type { Rel, SortKey } from "../../../ir/types.ts";

export function planSort(
  node: Kusto.Language.Syntax.SortOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const row = lowering.over(input);
  const keys = elementsOf(node.Expressions).map((expression) => planSortKey(expression, row));
  return { kind: "sort", input, keys, span: lowering.span(node) };
}

/** A key of `sort` or `top`: descending unless it says otherwise, nulls first where ascending. */
export function planSortKey(node: Expression, lowering: Lowering): SortKey {
  if (kindOf(node) !== "OrderedExpression") {
    return { expr: lowering.scalar(node), descending: true, nullsFirst: false };
  }
  const { Expression, Ordering } = node as Kusto.Language.Syntax.OrderedExpression;
  const ordering = Ordering === null ? "" : textOf(Ordering).toLowerCase();
  const descending = !/^asc\b/.test(ordering);
  const nulls = /\bnulls\s+(first|last)/.exec(ordering)?.[1];
  return {
    expr: lowering.scalar(present(Expression)),
    descending,
    nullsFirst: nulls === undefined ? !descending : nulls === "first",
  };
}
