import { elementsOf, type Expression } from "../../../../kql/syntax.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { boundColumns, itemExprs, writtenNames } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Rel } from "../../../ir/types.ts";
import { overRows } from "../../windows.ts";

export function planExtend(
  node: Kusto.Language.Syntax.ExtendOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  return extendItems(node, elementsOf(node.Expressions), { input, lowering });
}

/** `input` with a column for each of `expressions`, by the names that the binder gives the result of `node`. */
export function extendItems(
  node: Kusto.Language.Syntax.QueryOperator,
  expressions: readonly Expression[],
  { input, lowering }: { readonly input: Rel; readonly lowering: Lowering },
): Rel {
  const existing = new Set(columnsOf(input).map((column) => column.name));
  const added = new Set(
    boundColumns(node).flatMap(({ name }) => (existing.has(name) ? [] : [name])),
  );
  return overRows(input, lowering, (row) => {
    const items = expressions.flatMap((expression) => {
      const names = writtenNames(expression);
      return itemExprs(expression, row).map((expr, index) => {
        const written = names[index];
        if (written !== undefined && existing.has(written)) return { name: written, expr };
        // Which of the new columns an expression without a name gives, only their order says.
        const [next] = added;
        const name = written !== undefined && added.has(written) ? written : (next ?? "");
        added.delete(name);
        return { name, expr };
      });
    });
    return (rows) => ({ kind: "extend", input: rows, items, span: lowering.span(node) });
  });
}
