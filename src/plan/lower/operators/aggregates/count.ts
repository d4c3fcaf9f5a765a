import { boundColumns } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Rel } from "../../../ir/types.ts";

export function planCount(
  node: Kusto.Language.Syntax.CountOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const name = boundColumns(node)[0]?.name ?? "Count";
  return {
    kind: "aggregate",
    input,
    keys: [],
    items: [{ name, expr: { kind: "aggregate", name: "count", args: [], type: "long", span } }],
    span,
  };
}
