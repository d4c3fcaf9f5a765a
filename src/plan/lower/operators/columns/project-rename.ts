import { elementsOf, nameOf, present, type Expression } from "../../../../kql/syntax.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { columnRef } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Rel } from "../../../ir/types.ts";

/** `project-rename` keeps every column in its place. */
export function planProjectRename(
  node: Kusto.Language.Syntax.ProjectRenameOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const names = new Map(elementsOf(node.Expressions).map(renaming));
  const items = columnsOf(input).map((column) => ({
    name: names.get(column.name) ?? column.name,
    expr: columnRef(column, span),
  }));
  return { kind: "project", input, items, span };
}

/** The old name and the new one of `new = old`. */
function renaming(node: Expression): readonly [string, string] {
  const { Name, Expression } = node as Kusto.Language.Syntax.SimpleNamedExpression;
  return [nameOf(present(Expression)), nameOf(present(Name))];
}
