import { present } from "../../../../kql/syntax.ts";
import type { Lowering } from "../../lowering.ts";
import { rowCount } from "../../row-count.ts";
import type { Rel } from "../../../ir/types.ts";

export function planTake(
  node: Kusto.Language.Syntax.TakeOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const count = rowCount(present(node.Expression), lowering);
  return { kind: "limit", input, count, keys: [], partitionBy: [], span: lowering.span(node) };
}
