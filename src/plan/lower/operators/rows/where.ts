import { present } from "../../../../kql/syntax.ts";
import type { Lowering } from "../../lowering.ts";
import type { Rel } from "../../../ir/types.ts";
import { overRows } from "../../windows.ts";

export function planWhere(
  node: Kusto.Language.Syntax.FilterOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  return overRows(input, lowering, (row) => {
    const where = row.scalar(present(node.Condition));
    return (rows) => ({ kind: "filter", input: rows, where, span: lowering.span(node) });
  });
}
