import { kindOf, nameOf, present, scalarType, type SyntaxNode } from "../../../../kql/syntax.ts";
import type { KqlType } from "../../../../schema/types.ts";

/** How a `parse` pattern is to be read. */
export type ParseKind = "simple" | "regex" | "relaxed";

/** A part of a `parse` pattern: `*`, a text (or regular expression) that must stand there, or a column. */
export type PatternPart =
  | { readonly kind: "star"; readonly node: SyntaxNode }
  | { readonly kind: "text"; readonly text: string; readonly node: SyntaxNode }
  | PatternColumn;

export interface PatternColumn {
  readonly kind: "column";
  readonly name: string;
  readonly type: KqlType;
  readonly node: SyntaxNode;
}

/** The parts of a pattern in order. */
export function patternParts(nodes: readonly SyntaxNode[]): readonly PatternPart[] {
  return nodes.map((node): PatternPart => {
    switch (kindOf(node)) {
      case "StarExpression":
        return { kind: "star", node };
      case "NameDeclaration":
        return { kind: "column", name: nameOf(node), type: "string", node };
      case "NameAndTypeDeclaration": {
        const declaration = node as Kusto.Language.Syntax.NameAndTypeDeclaration;
        const symbol = present(present(declaration.Name).ReferencedSymbol) as { Type?: unknown };
        const type = scalarType(symbol.Type) ?? "dynamic";
        return { kind: "column", name: nameOf(present(declaration.Name)), type, node };
      }
      default: {
        const { LiteralValue } = node as Kusto.Language.Syntax.Expression;
        return { kind: "text", text: String(LiteralValue), node };
      }
    }
  });
}

/** The name of the capturing group for the column at `index`. */
export function groupName(index: number): string {
  return `kql_${index}`;
}

interface Place {
  /** The position among the columns. */
  readonly index: number;
  readonly next: PatternPart | undefined;
}

/**
 * The regular expression for a pattern, with a group for each column. A pattern begins where the text begins, unless
 * `*` does. A simple one ends where the text ends, too, and its parts are as short as can be; in a regular expression
 * they are as long as can be, and what stands behind the pattern does not matter.
 */
export function patternRegex(
  parts: readonly PatternPart[],
  { kind, flags }: { readonly kind: ParseKind; readonly flags: string },
): string {
  let index = 0;
  const body = parts.map((part, at) => {
    switch (part.kind) {
      case "star":
        return ".*?";
      case "text":
        return kind === "regex" ? `(?:${part.text})` : escapeRegex(part.text);
      default: {
        const place = { index: index++, next: parts[at + 1] };
        return `(?P<${groupName(place.index)}>${valueRegex(part, kind, place)})`;
      }
    }
  });
  if (kind === "regex") return `${flags === "" ? "" : `(?${flags})`}\\A${body.join("")}`;
  // The texts that are parsed often have several lines.
  return `(?s)\\A${body.join("")}\\z`;
}

function valueRegex({ type }: PatternColumn, kind: ParseKind, { next }: Place): string {
  const isWhole = type === "int" || type === "long";
  if (kind === "regex") return isWhole ? "-?[0-9]+" : ".*";
  if (isWhole && kind === "simple") return "-?[0-9]+";
  if (isWhole && next?.kind === "star") return "-?[0-9]*";
  return next === undefined ? ".*" : ".*?";
}

/** `text` as a regular expression that matches it alone. */
function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
