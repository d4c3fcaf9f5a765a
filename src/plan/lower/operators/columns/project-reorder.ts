import type { Lowering } from "../../lowering.ts";
import type { Rel } from "../../../ir/types.ts";
import { keepBound } from "./project-away.ts";

export function planProjectReorder(
  node: Kusto.Language.Syntax.ProjectReorderOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  return keepBound(node, input, lowering);
}
