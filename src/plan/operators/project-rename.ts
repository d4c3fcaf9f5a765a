import { columnsOf } from "../columns.ts";
import { boundColumns, columnRef } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import type { Rel } from "../types.ts";

/** `project-rename` keeps every column in its place, so names and columns pair off by position. */
export function planProjectRename(
  node: Kusto.Language.Syntax.ProjectRenameOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const names = boundColumns(node);
  const items = columnsOf(input).map((column, index) => ({
    name: names[index]?.name ?? column.name,
    expr: columnRef(column, span),
  }));
  return { kind: "project", input, items, span };
}
