import { columnsOf } from "../../../ir/columns.ts";
import { boundColumns, keep } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Rel } from "../../../ir/types.ts";

/** `project-by-names`: the columns that its texts and arrays name, in that order; what they name beside is no mistake. */
export function planProjectByNames(
  node: Kusto.Language.Syntax.ProjectByNamesOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const own = new Map(columnsOf(input).map((column) => [column.name, column]));
  const columns = boundColumns(node).flatMap(({ name }) => own.get(name) ?? []);
  if (columns.length === 0) {
    return lowering.refuse(node, {
      code: "KT0210",
      message: "`project-by-names` without a column has no translation",
      hint: "name columns by texts or arrays of them that are constants",
    });
  }
  const span = lowering.span(node);
  return { kind: "project", input, items: keep(columns, span), span };
}
