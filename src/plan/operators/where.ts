import { present } from "../../kql/syntax.ts";
import type { Lowering } from "../lowering.ts";
import type { Rel } from "../types.ts";

export function planWhere(
  node: Kusto.Language.Syntax.FilterOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const where = lowering.over(input).scalar(present(node.Condition));
  return { kind: "filter", input, where, span: lowering.span(node) };
}
