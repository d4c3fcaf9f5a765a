import { loadKusto } from "./load.ts";
import { elementsOf, present, type Expression } from "./syntax.ts";

/** The bound expression of a constant in a text of its own: a default value of a saved function is not bound otherwise. */
export function bindConstant(text: string): Expression {
  const code = loadKusto().Language.KustoCode.ParseAndAnalyze(`print ${text}`);
  const root = code?.Syntax as Kusto.Language.Syntax.QueryBlock | undefined;
  const [statement] = elementsOf<Kusto.Language.Syntax.Statement>(present(root).Statements);
  const { Expression } = statement as Kusto.Language.Syntax.ExpressionStatement;
  const [value] = elementsOf((Expression as Kusto.Language.Syntax.PrintOperator).Expressions);
  return present(value);
}
