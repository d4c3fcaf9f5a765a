import type { Lowering } from "../lowering.ts";
import type { Rel } from "../types.ts";

/** `render`: how a client draws the rows, which stay what they are. */
export function planRender(
  _node: Kusto.Language.Syntax.RenderOperator,
  input: Rel,
  _lowering: Lowering,
): Rel {
  return input;
}
