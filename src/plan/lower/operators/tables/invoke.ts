import { elementsOf, isOpen, nameOf, present } from "../../../../kql/syntax.ts";
import { planTableCall, savedFunction } from "../../expressions/call.ts";
import { lookUp, type Lowering } from "../../lowering.ts";
import { outsideTable, refuseOutside } from "../../tables/missing-fixtures.ts";
import { planLookupCall } from "../../tables/lookup-calls.ts";
import { isSavedOutside, undeclared } from "../../tables/named-tables.ts";
import type { Rel } from "../../../ir/types.ts";

/** `invoke f(…)`: a function whose first argument is the table in front of the pipe. */
export function planInvoke(
  node: Kusto.Language.Syntax.InvokeOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const call = present(node.Function) as Kusto.Language.Syntax.FunctionCallExpression;
  const name = nameOf(present(call.Name));
  const args = elementsOf(present(call.ArgumentList).Expressions);
  const meaning = lookUp(lowering.scope, name);
  const isOwn = meaning !== undefined || lowering.bound.environment.functions?.has(name) === true;
  const found = isOwn ? undefined : planLookupCall(call, input, lowering);
  if (found !== undefined) return found;
  if (isSavedOutside(call, lowering)) return refuseOutside(call, undeclared(name, lowering));
  const declared = meaning?.kind === "function" ? meaning : savedFunction(call, lowering);
  if (declared !== undefined) {
    return planTableCall(call, declared, { args, lowering, piped: input });
  }
  if (isOpen(node)) return outsideTable(node, undeclared(name, lowering));
  return lowering.refuse(call, {
    code: "KT0208",
    message: `\`${name}\` has no translation as a table`,
  });
}
