import {
  elementsOf,
  nameOf,
  parameterOf,
  present,
  type Expression,
} from "../../../../kql/syntax.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { boundColumns, columnRef } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import { allSources, sourcesOf } from "../../tables/sources.ts";
import { thoseWithColumns } from "./search.ts";
import type { Item, Rel } from "../../../ir/types.ts";
import { unite, type Source } from "../../tables/unite.ts";

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
  const given = new Map(columnsOf(united).map((column) => [column.name, column]));
  const items = columns.map(({ name, type }): Item => {
    const column = given.get(name);
    if (column === undefined) {
      return lowering.refuse(node, {
        code: "KT0256",
        message: `\`${name}\` is of several types in the tables that \`find\` reads, and has no translation as one`,
        hint: `leave its type out: each type is a column then`,
      });
    }
    const operand = columnRef(column, span);
    return { name, expr: column.type === type ? operand : { kind: "cast", operand, type, span } };
  });
  return { kind: "project", input: united, items, span };
}

function searched(node: Kusto.Language.Syntax.FindOperator, lowering: Lowering): readonly Source[] {
  if (node.InClause === null) return allSources(node, lowering);
  return elementsOf<Expression>(node.InClause.Expressions).flatMap((operand, index) =>
    sourcesOf(operand, `find_arg${index}`, lowering),
  );
}
