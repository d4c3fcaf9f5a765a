import { parameterText, present } from "../../../../kql/syntax.ts";
import { columnsOf } from "../../../ir/columns.ts";
import type { Lowering } from "../../lowering.ts";
import type { JoinColumn, Rel } from "../../../ir/types.ts";
import { uniqueNames } from "../../../ir/unique-names.ts";
import { planKeys, withKeys } from "./join.ts";

/** `lookup`: a left outer (or inner) join whose result leaves the right side's keys out. */
export function planLookup(
  node: Kusto.Language.Syntax.LookupOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const join = parameterText(node.Parameters, "kind") === "inner" ? "inner" : "leftouter";
  const on = planKeys(node.LookupClause, lowering);
  const { left, right } = withKeys(
    { left: input, right: lowering.rel(present(node.Expression)) },
    on,
  );
  const keys = new Set(on.map((key) => key.right));
  const sources = [
    ...columnsOf(left).map((column) => ({ side: "left" as const, column })),
    ...columnsOf(right)
      .filter((column) => !keys.has(column.name))
      .map((column) => ({ side: "right" as const, column })),
  ];
  const names = uniqueNames(sources.map(({ column }) => column.name));
  const columns = sources.map(({ side, column }, index): JoinColumn => ({
    name: names[index] ?? column.name,
    type: column.type,
    side,
    column: column.name,
  }));
  return { kind: "join", join, left, right, on, columns, span: lowering.span(node) };
}
