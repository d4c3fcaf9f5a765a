import { kindOf, rawColumns } from "../../../../kql/syntax.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { boundColumns, keep } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import { pipedInto } from "../../tables/sources.ts";
import type { Rel } from "../../../ir/types.ts";

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

/** The input's columns that the binder's result names, in the result's order where the operator gives one. */
export function keepBound(
  node: Kusto.Language.Syntax.QueryOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const own = new Map(columnsOf(input).map((column) => [column.name, column]));
  // Where the binder takes a column for two, or calls it otherwise, the input's own are what there is.
  const named = boundColumns(node).flatMap((column) => own.get(column.name) ?? []);
  const known = new Set(rawColumns(pipedInto(node)?.ResultType).map(({ name }) => name));
  const unknown = columnsOf(input).filter(({ name }) => !known.has(name));
  const kept = new Set(kindOf(node) === "ProjectKeepOperator" ? named : [...named, ...unknown]);
  const columns =
    kindOf(node) === "ProjectReorderOperator"
      ? [...kept]
      : columnsOf(input).filter((column) => kept.has(column));
  return { kind: "project", input, items: keep(columns, span), span };
}
