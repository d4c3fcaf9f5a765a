import { isTuple } from "./items.ts";
import { elementsOf, kindOf, listOf, present, type Expression } from "../../kql/syntax.ts";
import type { Lowering } from "./lowering.ts";

/** As many cells as a union's rows may have written in a plan, over all of its tables. */
const most = 100_000;

/**
 * `columns` of a union of so many tables: all of them, or where that is more than anybody could read (a workspace has a
 * thousand tables, and thirteen thousand columns in them) those that the query's text mentions.
 */
export function mentionedColumns<T extends { readonly name: string }>(
  columns: readonly T[],
  { tables, node, lowering }: { tables: number; node: Expression; lowering: Lowering },
): readonly T[] {
  if (columns.length * tables <= most) return columns;
  const { text } = lowering.bound.text;
  if (
    resultWidth(lowering) > 500 ||
    /\*\s*\)|\bpack_all\b|\bgetschema\b|\bdistinct\s+\*/.test(text)
  ) {
    return lowering.refuse(node, {
      code: "KT0252",
      message: `${tables} tables with ${columns.length} columns are more than one query can hold`,
      hint: "name the tables, or `project` or `summarize` the columns that are needed",
    });
  }
  const words = new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu));
  return columns.filter(({ name }) => words.has(name) || words.has(name.replace(/_[a-z]+$/, "")));
}

/** How many columns the query gives. */
function resultWidth({ bound }: Lowering): number {
  const last = elementsOf<Kusto.Language.Syntax.Statement>(bound.root.Statements).at(-1);
  if (last === undefined || kindOf(last) !== "ExpressionStatement") return 0;
  const expression = present((last as Kusto.Language.Syntax.ExpressionStatement).Expression);
  if (!isTuple(expression)) return 0;
  return listOf((expression.ResultType as unknown as { Columns: unknown }).Columns).length;
}
