import type { Column } from "../../../schema/types.ts";
import { columnsOf } from "../../ir/columns.ts";
import { columnRef } from "../items.ts";
import { nullOf } from "../tables/missing-fixtures.ts";
import { uniqueNames } from "../../ir/unique-names.ts";
import type { Expr, Item, JoinColumn, Rel } from "../../ir/types.ts";
import type { PluginCall } from "./plugin.ts";

const numberColumn = "$number";
const rightPrefix = "$right ";

/** A join of the input with a table by a condition that is no equality. */
export interface Lookup {
  readonly right: Rel;
  /** Columns that both sides have and that must be equal too. They are given once. */
  readonly keys: readonly string[];
  /** Columns of the table that are not given. */
  readonly left: readonly string[];
  readonly keepsUnmatched: boolean;
  /** True where the table's columns come before those of the input. */
  readonly tableFirst: boolean;
  /** The condition, between columns of the input and `rightColumn`s of the table. */
  readonly where: Expr;
}

/** A column of the table within the condition of a lookup. The name is one that no query can write. */
export function rightColumn(column: Column, span: Expr["span"]): Expr {
  return columnRef({ ...column, name: rightPrefix + column.name }, span);
}

/** Each row of the input with the rows of the table for which the condition holds. */
export function planLookup(plugin: PluginCall, lookup: Lookup): Rel {
  const { node, input, lowering } = plugin;
  const span = lowering.span(node);
  const left = lookup.keepsUnmatched ? numbered(plugin) : input;
  const matched = matches(left, lookup, span);
  const own = columnsOf(input).map(({ name, type }) => ({ name, from: name, type }));
  const found = columnsOf(lookup.right)
    .filter(({ name }) => !lookup.keys.includes(name) && !lookup.left.includes(name))
    .map(({ name, type }) => ({ name, from: rightPrefix + name, type }));
  const columns = lookup.tableFirst ? [...found, ...own] : [...own, ...found];
  const names = uniqueNames(columns.map(({ name }) => name));
  const items = columns.map(({ name, from, type }, index): Item => ({
    name: names[index] ?? name,
    expr: columnRef({ name: from, type }, span),
  }));
  const pairs: Rel = { kind: "project", input: matched, items, span };
  if (!lookup.keepsUnmatched) return pairs;
  const unmatched: Rel = {
    kind: "join",
    join: "leftanti",
    left,
    right: matched,
    on: [{ left: numberColumn, right: numberColumn, nullsMatch: false }],
    columns: columnsOf(left).map(({ name, type }) => ({ name, type, side: "left", column: name })),
    span,
  };
  const alone = items.map(({ name, expr }): Item => ({
    name,
    expr:
      expr.kind === "column" && expr.name.startsWith(rightPrefix) ? nullOf(expr.type, span) : expr,
  }));
  const rest: Rel = { kind: "project", input: unmatched, items: alone, span };
  return { kind: "union", inputs: [pairs, rest], span };
}

/** The input under a name of its own, since it is read twice, its rows numbered. */
function numbered({ node, input, lowering }: PluginCall): Rel {
  const span = lowering.span(node);
  const rel: Rel = {
    kind: "window",
    input,
    items: [{ name: numberColumn, window: "number", args: [], type: "long", partitionBy: [] }],
    orderBy: [],
    partitionBy: [],
    span,
  };
  return lowering.bind("$lookup", rel, { materialized: true });
}

/** The pairs of rows that match. */
function matches(left: Rel, { right, keys, where }: Lookup, span: Expr["span"]): Rel {
  const columns: readonly JoinColumn[] = [
    ...columnsOf(left).map((column) => ({ ...column, side: "left" as const, column: column.name })),
    ...columnsOf(right).map(({ name, type }) => ({
      name: rightPrefix + name,
      type,
      side: "right" as const,
      column: name,
    })),
  ];
  const joined: Rel = {
    kind: "join",
    join: "inner",
    left,
    right,
    on: keys.map((key) => ({ left: key, right: key, nullsMatch: true })),
    columns,
    span,
  };
  return { kind: "filter", input: joined, where, span };
}
