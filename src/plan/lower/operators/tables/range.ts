import { present } from "../../../../kql/syntax.ts";
import { boundColumns } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Rel } from "../../../ir/types.ts";

export function planRange(
  node: Kusto.Language.Syntax.RangeOperator,
  _input: Rel,
  lowering: Lowering,
): Rel {
  const [column] = boundColumns(node);
  return {
    kind: "range",
    column: present(column),
    from: lowering.scalar(present(node.From)),
    to: lowering.scalar(present(node.To)),
    step: lowering.scalar(present(node.Step)),
    span: lowering.span(node),
  };
}
