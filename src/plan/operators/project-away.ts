import { columnsOf } from "../columns.ts";
import { boundColumns, keep } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import type { Rel } from "../types.ts";

/** `project-away`: the binder says which columns stay. */
export function planProjectAway(
  node: Kusto.Language.Syntax.ProjectAwayOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  return keepBound(node, input, lowering);
}

/** `project-keep`, which keeps the input's order. */
export function planProjectKeep(
  node: Kusto.Language.Syntax.ProjectKeepOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  return keepBound(node, input, lowering);
}

/** The input's columns that the binder's result names, in the result's order. */
export function keepBound(
  node: Kusto.Language.Syntax.QueryOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const byName = new Map(columnsOf(input).map((column) => [column.name, column]));
  const columns = boundColumns(node).map((column) => byName.get(column.name) ?? column);
  return { kind: "project", input, items: keep(columns, span), span };
}
