import { columnsOf } from "../ir/columns.ts";
import { columnRef, keep } from "./items.ts";
import type { Aggregate, Expr, JoinColumn, Rel } from "../ir/types.ts";
import type { Column } from "../../schema/types.ts";

const presentName = "$present";
const emptyPrefix = "$empty ";

/** Groups that must show though no row fell into them. */
export interface EmptyGroups {
  /** Every group, once, by its key. */
  readonly groups: Rel;
  readonly key: Column;
  /** The aggregate without keys that `grouped` evaluates for each group. */
  readonly original: Aggregate;
  /** A column of `grouped` that is null in a group without rows. */
  readonly carried?: Column;
}

/**
 * `grouped` with a row for every group: `summarize` without `by` gives a row from nothing too, with the values that the
 * same aggregates have over no rows at all.
 */
export function fillEmptyGroups(
  grouped: Rel,
  { groups, key, original, carried }: EmptyGroups,
): Rel {
  const { span } = original;
  const columns = columnsOf(original);
  const hidden = carried === undefined ? [key] : [key, carried];
  const one: Expr = { kind: "literal", type: "int", value: "1", span };
  const right: Rel = {
    kind: "extend",
    input: grouped,
    items: [{ name: presentName, expr: one }],
    span,
  };
  const everywhere: Rel = {
    kind: "join",
    join: "leftouter",
    left: groups,
    right,
    on: [{ left: key.name, right: key.name, nullsMatch: true }],
    columns: [
      { ...key, side: "left", column: key.name },
      ...sideColumns("right", [
        ...columns,
        ...(carried === undefined ? [] : [carried]),
        { name: presentName, type: "int" },
      ]),
    ],
    span,
  };
  const nothing: Aggregate = {
    ...original,
    input: { kind: "values", columns: columnsOf(original.input), rows: [], span },
    items: original.items.map((item) => ({ ...item, name: emptyPrefix + item.name })),
  };
  const both: Rel = {
    kind: "join",
    join: "inner",
    left: everywhere,
    right: nothing,
    on: [],
    columns: [
      ...sideColumns("left", columnsOf(everywhere)),
      ...sideColumns("right", columnsOf(nothing)),
    ],
    span,
  };
  const absent: Expr = {
    kind: "call",
    name: "isnull",
    args: [columnRef({ name: presentName, type: "int" }, span)],
    type: "bool",
    span,
  };
  const items = columns.map(({ name, type }) => {
    const empty = columnRef({ name: emptyPrefix + name, type }, span);
    const args = [absent, empty, columnRef({ name, type }, span)];
    const expr: Expr = { kind: "call", name: "iff", args, type, span };
    return { name, expr };
  });
  return { kind: "project", input: both, items: [...items, ...keep(hidden, span)], span };
}

function sideColumns(side: JoinColumn["side"], columns: readonly Column[]): readonly JoinColumn[] {
  return columns.map(({ name, type }) => ({ name, type, side, column: name }));
}
