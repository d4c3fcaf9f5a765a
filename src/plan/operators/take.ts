import { present } from "../../kql/syntax.ts";
import type { Lowering } from "../lowering.ts";
import type { Rel } from "../types.ts";

export function planTake(
  node: Kusto.Language.Syntax.TakeOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const count = lowering.scalar(present(node.Expression));
  return { kind: "limit", input, count, keys: [], partitionBy: [], span: lowering.span(node) };
}
