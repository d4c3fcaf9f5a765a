import type { SavedFunction } from "./functions/saved-function.ts";
import { listOf, type SyntaxNode } from "./syntax.ts";

/** A saved function as the binder expanded it for one call. */
export interface CalledFunction {
  readonly saved: SavedFunction;
  readonly body: SyntaxNode;
  /** Places in them are those of the function's own text. */
  readonly diagnostics: readonly Kusto.Language.Diagnostic[];
}

interface Call {
  readonly ReferencedSymbol: { readonly Name: string | null } | null;
  GetCalledFunctionBody(): SyntaxNode | null;
  GetCalledFunctionDiagnostics(): unknown;
}

/** Every call of one of `functions` in `root`, and in the bodies of those that it calls. */
export function calledFunctions(
  root: SyntaxNode,
  functions: ReadonlyMap<string, SavedFunction>,
): readonly CalledFunction[] {
  const found: CalledFunction[] = [];
  const visit = (node: SyntaxNode): void => {
    const call = node as unknown as Call;
    const saved = functions.get(call.ReferencedSymbol?.Name ?? "");
    const body = saved === undefined ? null : call.GetCalledFunctionBody();
    if (saved !== undefined && body !== null) {
      const diagnostics = listOf<Kusto.Language.Diagnostic>(call.GetCalledFunctionDiagnostics());
      found.push({ saved, body, diagnostics });
      visit(body);
    }
    for (let index = 0; index < node.ChildCount; index++) {
      const child = node.GetChild(index);
      if (child !== null && child.ChildCount > 0) visit(child);
    }
  };
  if (functions.size > 0) visit(root);
  return found;
}
