import { parameterText, present } from "../../kql/syntax.ts";
import { columnsOf } from "../columns.ts";
import { boundColumns } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import type { JoinColumn, Rel } from "../types.ts";
import { planKeys } from "./join.ts";

/** `lookup`: a left outer (or inner) join whose result leaves the right side's keys out. */
export function planLookup(
  node: Kusto.Language.Syntax.LookupOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const join = parameterText(node.Parameters, "kind") === "inner" ? "inner" : "leftouter";
  const right = lowering.rel(present(node.Expression));
  const on = planKeys(node.LookupClause, lowering);
  const keys = new Set(on.map((key) => key.right));
  const bound = boundColumns(node);
  const columns = [
    ...columnsOf(input).map((column) => ({ side: "left" as const, column })),
    ...columnsOf(right)
      .filter((column) => !keys.has(column.name))
      .map((column) => ({ side: "right" as const, column })),
  ].map(({ side, column }, index): JoinColumn => ({
    name: bound[index]?.name ?? column.name,
    type: column.type,
    side,
    column: column.name,
  }));
  return { kind: "join", join, left: input, right, on, columns, span: lowering.span(node) };
}
