import { elementsOf, kindOf, listOf, nameOf, present, textOf } from "../../../kql/syntax.ts";
import type { Expression, NamedParameter } from "../../../kql/syntax.ts";
import type { Lowering } from "../lowering.ts";
import type { Rel, Visualization } from "../../ir/types.ts";

/** `render`: how a client draws the rows, which stay what they are. */
export function planRender(
  _node: Kusto.Language.Syntax.RenderOperator,
  input: Rel,
  _lowering: Lowering,
): Rel {
  return input;
}

/** What the `render` at the end of a query asks for; undefined where there is none. */
export function visualizationOf(query: Expression): Visualization | undefined {
  if (kindOf(query) !== "PipeExpression") return undefined;
  const last = present((query as Kusto.Language.Syntax.PipeExpression).Operator);
  if (kindOf(last) !== "RenderOperator") return undefined;
  const { ChartType, Parameters, WithClause } = last as Kusto.Language.Syntax.RenderOperator;
  const parameters = [
    ...listOf<NamedParameter>(Parameters),
    ...elementsOf<NamedParameter>(WithClause?.Properties),
  ];
  return {
    chart: textOf(present(ChartType)),
    properties: Object.fromEntries(
      parameters.map(({ Name, Expression }) => [
        nameOf(present(Name)).toLowerCase(),
        valueOf(present(Expression)),
      ]),
    ),
  };
}

/** A text without its quotes, anything else as it is written. */
function valueOf(node: Expression): string {
  const { ConstantValue } = node as { readonly ConstantValue?: unknown };
  return typeof ConstantValue === "string" ? ConstantValue : textOf(node);
}
