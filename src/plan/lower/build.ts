import type { Span } from "../../base/source.ts";
import type { KqlType } from "../../schema/types.ts";
import { columnsOf } from "../ir/columns.ts";
import { columnRef } from "./items.ts";
import type {
  Aggregate,
  Expand,
  Expr,
  Extend,
  Filter,
  Item,
  Join,
  Project,
  Rel,
} from "../ir/types.ts";

/** Expressions by the name of their column, in order. */
export type Items = Readonly<Record<string, Expr>>;

/** Makes plan nodes for an operator that is written in terms of others; all stand at its place. */
export interface Builder {
  long(value: number): Expr;
  text(value: string): Expr;
  /** The column `name` of `rel`. */
  column(rel: Rel, name: string): Expr;
  call(name: string, type: KqlType, ...args: readonly Expr[]): Expr;
  aggregate(name: string, type: KqlType, ...args: readonly Expr[]): Expr;
  filter(input: Rel, where: Expr): Filter;
  extend(input: Rel, items: Items): Extend;
  project(input: Rel, items: Items): Project;
  group(input: Rel, keys: Items, items: Items): Aggregate;
  /** A row for each element of `array`, in a new column. */
  expand(input: Rel, array: Item, type: KqlType): Expand;
  /** Each row of `left` with the row of `right` that has the same `keys`: all columns of the left, the others of the right. */
  join(left: Rel, right: Rel, keys: readonly string[]): Join;
}

export function builderAt(span: Span): Builder {
  return {
    long: (value) => ({ kind: "literal", type: "long", value: String(value), span }),
    text: (value) => ({ kind: "literal", type: "string", value, span }),
    column: (rel, name) => {
      const column = columnsOf(rel).find((each) => each.name === name);
      if (column === undefined) throw new Error(`no column ${name}`);
      return columnRef(column, span);
    },
    call: (name, type, ...args) => ({ kind: "call", name, args, type, span }),
    aggregate: (name, type, ...args) => ({ kind: "aggregate", name, args, type, span }),
    filter: (input, where) => ({ kind: "filter", input, where, span }),
    extend: (input, items) => ({ kind: "extend", input, items: list(items), span }),
    project: (input, items) => ({ kind: "project", input, items: list(items), span }),
    group: (input, keys, items) => ({
      kind: "aggregate",
      input,
      keys: list(keys),
      items: list(items),
      span,
    }),
    expand: (input, array, type) => ({
      kind: "expand",
      input,
      columns: [{ ...array, type }],
      bags: "bag",
      span,
    }),
    join: (left, right, keys) => ({
      kind: "join",
      join: "inner",
      left,
      right,
      on: keys.map((key) => ({ left: key, right: key, nullsMatch: true })),
      columns: [
        ...columnsOf(left).map((each) => ({ ...each, side: "left" as const, column: each.name })),
        ...columnsOf(right)
          .filter(({ name }) => !keys.includes(name))
          .map((each) => ({ ...each, side: "right" as const, column: each.name })),
      ],
      span,
    }),
  };
}

function list(items: Items): readonly Item[] {
  return Object.entries(items).map(([name, expr]) => ({ name, expr }));
}
