import type { Insertion } from "./insertions.ts";
import { loadKusto } from "./load.ts";
import { elementsOf, nameOf, present, type SyntaxNode } from "./syntax.ts";

/** The binder compares each argument of `case` with all others: so many it still binds quickly. */
const argumentsOfOne = 100;

/** A shorter query has no `case` of so many arguments. */
const shortQuery = 2000;

/**
 * What divides a `case` of very many branches: every fifty branches stand in a `case` of their own, which is the value
 * for the rest of the one before. With a thousand in one, the binder takes ten seconds.
 */
export function caseInsertions(query: string): readonly Insertion[] {
  if (query.length < shortQuery || !/\bcase\s*\(/.test(query)) return [];
  const found: Insertion[] = [];
  const visit = (node: SyntaxNode): void => {
    if (isCall(node)) found.push(...divided(node));
    for (let index = 0; index < node.ChildCount; index++) {
      const child = node.GetChild(index);
      if (child !== null) visit(child);
    }
  };
  const root = loadKusto().Language.KustoCode.Parse(query)?.Syntax;
  if (root !== null && root !== undefined) visit(root);
  // The last place first: no insertion moves another.
  return found.toSorted((a, b) => b.at - a.at);
}

function isCall(node: SyntaxNode): node is Kusto.Language.Syntax.FunctionCallExpression {
  return node.Kind === loadKusto().Language.Syntax.SyntaxKind.FunctionCallExpression;
}

function divided(call: Kusto.Language.Syntax.FunctionCallExpression): readonly Insertion[] {
  const list = present(call.ArgumentList);
  const { CloseParen } = list;
  const args = elementsOf(list.Expressions);
  if (args.length <= argumentsOfOne || CloseParen === null || nameOf(present(call.Name)) !== "case")
    return [];
  const starts = args.filter(
    (_, at) => at > 0 && at % argumentsOfOne === 0 && at < args.length - 1,
  );
  const opened = starts.map((arg): Insertion => ({ at: arg.TextStart, text: "case(" }));
  return [...opened, { at: CloseParen.TextStart, text: ")".repeat(starts.length) }];
}
