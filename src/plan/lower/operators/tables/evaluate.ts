import { kindOf, nameOf, present } from "../../../../kql/syntax.ts";
import type { Lowering } from "../../lowering.ts";
import { plugins } from "../../plugins/index.ts";
import type { Rel } from "../../../ir/types.ts";

/** `evaluate plugin(…)`. */
export function planEvaluate(
  node: Kusto.Language.Syntax.EvaluateOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const call = present(node.FunctionCall);
  const name = kindOf(call) === "FunctionCallExpression" ? nameOf(present(call.Name)) : "";
  const plugin = plugins[name];
  if (plugin !== undefined) return plugin.plan({ node, call, input, lowering });
  return lowering.refuse(node, {
    code: "KT0257",
    message: `plugin \`${name}\` has no translation`,
    hint: "docs/operators.md lists the ones that have",
  });
}
