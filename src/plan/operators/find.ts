import { elementsOf, nameOf, parameterOf, present, type Expression } from "../../kql/syntax.ts";
import { boundColumns, keep } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import { allSources, sourcesOf } from "../sources.ts";
import { thoseWithColumns } from "./search.ts";
import type { Rel } from "../types.ts";
import { unite, type Source } from "../unite.ts";

/** `find`: the rows of some tables that a predicate holds for. */
export function planFind(
  node: Kusto.Language.Syntax.FindOperator,
  _input: Rel,
  lowering: Lowering,
): Rel {
  const named = parameterOf(node.Parameters, "withsource");
  const sourceColumn = named === undefined ? "source_" : nameOf(present(named.Expression));
  const columns = boundColumns(node);
  if (columns.some(({ name }) => name === "pack_") || node.ProjectAway !== null) {
    return lowering.refuse(node, {
      code: "KT0256",
      message: "a `find` that packs columns into `pack_` has no translation",
      hint: "`project` the columns that are needed",
    });
  }
  const condition = present(node.Condition);
  const sources = thoseWithColumns(condition, searched(node, lowering));
  const found = sources.map((source): Source => {
    const where = lowering.over(source.rel).scalar(condition);
    return {
      ...source,
      rel: { kind: "filter", input: source.rel, where, span: lowering.span(node) },
    };
  });
  const united = unite(node, found, { sourceColumn, lowering });
  const span = lowering.span(node);
  return { kind: "project", input: united, items: keep(columns, span), span };
}

function searched(node: Kusto.Language.Syntax.FindOperator, lowering: Lowering): readonly Source[] {
  if (node.InClause === null) return allSources(node, lowering);
  return elementsOf<Expression>(node.InClause.Expressions).flatMap((operand, index) =>
    sourcesOf(operand, `find_arg${index}`, lowering),
  );
}
