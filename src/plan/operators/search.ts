import { elementsOf, present, type Expression } from "../../kql/syntax.ts";
import { columnsOf } from "../columns.ts";
import { isUnit } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import { allSources, pipedInto, sourcesOf, tableName } from "../sources.ts";
import type { Rel } from "../types.ts";
import { rawColumns, unite, type Source } from "../unite.ts";

const sourceColumn = "$table";

/** `search`: the rows of some tables that a predicate holds for, in one table; terms in it are looked for in every column. */
export function planSearchOperator(
  node: Kusto.Language.Syntax.SearchOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const condition = present(node.Condition);
  const found = searched(node, input, lowering).map((source): Source => {
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
