import { elementsOf, kindOf, nameOf, parameterText, present, type SyntaxNode } from "./syntax.ts";

/**
 * `query` with what Kusto itself reads otherwise than the binder written so that the binder understands it; undefined
 * where there is nothing to do. Every character keeps its place, so that places in the result are those of the query.
 */
export function repair(
  query: string,
  root: SyntaxNode,
  { diagnostics, isLookup }: Reparable,
): string | undefined {
  for (const { Code, Start, Length } of diagnostics) {
    const token = (root as Kusto.Language.Syntax.SyntaxNode).GetTokenAt(Start);
    const node = token?.Parent ?? null;
    const wildcard = query.slice(Start, Start + Length).includes("*");
    const change =
      Code === "KS205" || (Code === "KS142" && wildcard)
        ? missingOperand(node)
        : Code === "KS142"
          ? lookupKey(node, Length, isLookup)
          : undefined;
    if (change !== undefined) {
      return query.slice(0, change.start) + change.text + query.slice(change.end);
    }
  }
  return undefined;
}

interface Reparable {
  readonly diagnostics: readonly Kusto.Language.Diagnostic[];
  /** True for a function that looks rows up by a column. */
  readonly isLookup: (name: string) => boolean;
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A table of a fuzzy union that does not exist: its operand counts for nothing, as long as another one is left. */
function missingOperand(start: SyntaxNode | null): Change | undefined {
  for (let node = start; node?.Parent !== null && node?.Parent !== undefined; node = node.Parent) {
    const list = node.Parent.Parent ?? null;
    const union = list?.Parent ?? null;
    if (union === null || kindOf(union) !== "UnionOperator") continue;
    const { Expressions, Parameters } = union as Kusto.Language.Syntax.UnionOperator;
    if (parameterText(Parameters, "isfuzzy") !== "true") continue;
    const operands = elementsOf<SyntaxNode>(Expressions);
    const at = operands.findIndex((operand) => operand === node);
    const neighbour = operands[at + 1] ?? operands[at - 1];
    if (at < 0 || neighbour === undefined) continue;
    // The comma goes with it.
    const [from, to] =
      at + 1 < operands.length ? [node.TextStart, neighbour.TextStart] : [neighbour.End, node.End];
    return blank(from, to);
  }
  return undefined;
}

function blank(start: number, end: number): Change {
  return { start, end, text: " ".repeat(end - start) };
}

/** The key column of `invoke FileProfile(SHA1)`, which may be written bare; the plan reads its name in the query's own text. */
function lookupKey(
  node: SyntaxNode | null,
  length: number,
  isLookup: (name: string) => boolean,
): Change | undefined {
  if (node === null || length < 2) return undefined;
  for (let outer = node.Parent; outer !== null; outer = outer.Parent) {
    if (kindOf(outer) !== "FunctionCallExpression") continue;
    const call = outer as Kusto.Language.Syntax.FunctionCallExpression;
    if (!isLookup(nameOf(present(call.Name)))) return undefined;
    return {
      start: node.TextStart,
      end: node.TextStart + length,
      text: `''${" ".repeat(length - 2)}`,
    };
  }
  return undefined;
}
