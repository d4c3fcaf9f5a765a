import {
  elementsOf,
  isColumn,
  kindOf,
  nameOf,
  present,
  rawColumns,
  type Expression,
  type SyntaxNode,
} from "../../../../kql/syntax.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { isTerm } from "../../expressions/search-term.ts";
import { isUnit } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import { allSources, pipedInto, sourcesOf, tableName } from "../../tables/sources.ts";
import type { Rel } from "../../../ir/types.ts";
import { unite, type Source } from "../../tables/unite.ts";

const sourceColumn = "$table";

/** `search`: the rows of some tables that a predicate holds for, in one table; terms in it are looked for in every column. */
export function planSearchOperator(
  node: Kusto.Language.Syntax.SearchOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const condition = present(node.Condition);
  const sources = thoseWithColumns(condition, searched(node, input, lowering));
  const found = sources.map((source): Source => {
    const where = lowering.over(source.rel).scalar(condition);
    return {
      ...source,
      rel: { kind: "filter", input: source.rel, where, span: lowering.span(node) },
    };
  });
  return unite(node, found, { sourceColumn, lowering });
}

function searched(
  node: Kusto.Language.Syntax.SearchOperator,
  input: Rel,
  lowering: Lowering,
): readonly Source[] {
  if (node.InClause !== null) {
    return elementsOf<Expression>(node.InClause.Expressions).flatMap((operand, index) =>
      sourcesOf(operand, `search_arg${index}`, lowering),
    );
  }
  if (isUnit(input)) return allSources(node, lowering);
  const piped = pipedInto(node);
  const name = piped === undefined ? undefined : tableName(piped, lowering);
  const columns = piped === undefined ? columnsOf(input) : rawColumns(piped.ResultType);
  return [{ rel: input, columns, name: name ?? "search_arg0" }];
}

/** The sources that a predicate can hold for: where it only asks for columns, those that have one of them. */
export function thoseWithColumns(
  condition: Expression,
  sources: readonly Source[],
): readonly Source[] {
  const asked = new Set<string>();
  let anywhere = false;
  const visit = (node: SyntaxNode): void => {
    if (isColumn(node)) asked.add(nameOf(node));
    anywhere ||= isTerm(node as Expression) || kindOf(node) === "StarExpression";
    for (let index = 0; index < node.ChildCount; index++) {
      const child = node.GetChild(index);
      if (child !== null && child.ChildCount > 0) visit(child);
    }
  };
  visit(condition);
  if (anywhere || asked.size === 0) return sources;
  return sources.filter((source) => source.columns.some(({ name }) => asked.has(name)));
}
