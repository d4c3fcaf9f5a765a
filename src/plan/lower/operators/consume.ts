import { boundColumns } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import type { Rel } from "../../ir/types.ts";

/** `consume`: reads its input and gives nothing of it. */
export function planConsume(
  node: Kusto.Language.Syntax.ConsumeOperator,
  _input: Rel,
  lowering: Lowering,
): Rel {
  return { kind: "values", columns: boundColumns(node), rows: [], span: lowering.span(node) };
}
