import type { Span } from "../base/source.ts";
import { loadKusto } from "./load.ts";
import { elementsOf, kindOf, nameOf, present, spanOf, textOf, type SyntaxNode } from "./syntax.ts";

/** The binder keeps a list of all tables of a union, those of tables in it included: with more than this it takes seconds. */
export const greatestUnion = 20_000;

/** Fewer unions than this cannot reach that number by doubling. */
const fewUnions = 10;

/**
 * Where a table of `let` is declared that unites more tables than the binder can take, because each of a series of
 * declarations unites the one before it several times. Undefined for every other query, most of which are not parsed.
 */
export function repeatedUnion(query: string): Span | undefined {
  if ((query.match(/\bunion\b/g)?.length ?? 0) < fewUnions) return undefined;
  const root = loadKusto().Language.KustoCode.Parse(query)?.Syntax as
    | Kusto.Language.Syntax.QueryBlock
    | null
    | undefined;
  if (root === null || root === undefined) return undefined;
  const tables = new Map<string, number>();
  for (const statement of elementsOf<Kusto.Language.Syntax.Statement>(root.Statements)) {
    const count = tablesIn(textOf(statement), tables);
    if (count > greatestUnion) return spanOf(statement);
    const name = declaredName(statement);
    if (name !== undefined) tables.set(name, count);
  }
  return undefined;
}

/** How many tables `text` unites, at the most: those of every name in it. */
function tablesIn(text: string, tables: ReadonlyMap<string, number>): number {
  if (!/\bunion\b/.test(text)) return 1;
  const names = text.match(/[A-Za-z_]\w*/g) ?? [];
  return names.reduce((sum, name) => sum + (tables.get(name) ?? 0), 0);
}

function declaredName(statement: SyntaxNode): string | undefined {
  if (kindOf(statement) !== "LetStatement") return undefined;
  return nameOf(present((statement as Kusto.Language.Syntax.LetStatement).Name));
}
