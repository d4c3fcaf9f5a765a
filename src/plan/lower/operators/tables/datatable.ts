import { elementsOf, type Expression } from "../../../../kql/syntax.ts";
import { boundColumns } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Expr, Rel } from "../../../ir/types.ts";

export function planDatatable(
  node: Kusto.Language.Syntax.DataTableExpression,
  lowering: Lowering,
): Rel {
  const columns = boundColumns(node);
  const values = elementsOf<Expression>(node.Values).map((value) => lowering.scalar(value));
  const rows: Expr[][] = [];
  for (let at = 0; at < values.length; at += columns.length) {
    const cells = values.slice(at, at + columns.length);
    rows.push(
      cells.map((cell, index) => ({
        kind: "cast",
        operand: cell,
        type: columns[index]?.type ?? cell.type,
        span: cell.span,
      })),
    );
  }
  if (rows.at(-1)?.length !== columns.length && rows.length > 0) {
    return lowering.refuse(node, {
      code: "KT0211",
      message: `the values do not fill rows of ${columns.length} columns`,
    });
  }
  return { kind: "values", columns, rows, span: lowering.span(node) };
}
