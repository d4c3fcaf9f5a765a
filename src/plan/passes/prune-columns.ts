import type { Column } from "../../schema/types.ts";
import { columnsOf } from "../ir/columns.ts";
import { keep } from "../lower/items.ts";
import type { Item, Program, Rel } from "../ir/types.ts";
import {
  columnsIn,
  exprsOf,
  mapChildren,
  mapExprs,
  mapSubqueries,
  relationsIn,
} from "../ir/walk.ts";

/** Drops columns that nothing above reads. The result keeps its own. */
export function pruneColumns(program: Program): Program {
  const body = pruneAll(program.body);
  const needs = new Map<string, Set<string>>();
  const need = (rel: Rel): void => {
    for (const each of relationsIn(rel)) {
      if (each.kind !== "reference") continue;
      const names = needs.get(each.name) ?? new Set();
      for (const { name } of each.columns) names.add(name);
      needs.set(each.name, names);
    }
  };
  need(body);
  // What reads a binding stands behind it: going backwards, all its readers are known.
  const bindings = program.bindings.toReversed().map((binding) => {
    const rel = prune(binding.rel, needs.get(binding.name) ?? new Set());
    need(rel);
    return { ...binding, rel };
  });
  return { bindings: bindings.toReversed(), body };
}

function pruneAll(rel: Rel): Rel {
  const columns = columnsOf(rel);
  return exactly(prune(rel, new Set(columns.map(({ name }) => name))), columns);
}

/** `rel` with at least the columns in `needed`. */
function prune(rel: Rel, needed: ReadonlySet<string>): Rel {
  const own = withSubqueries(rel);
  switch (own.kind) {
    case "scan":
    case "reference":
      return { ...own, columns: own.columns.filter(({ name }) => needed.has(name)) };
    case "values":
    case "range":
      return own;
    case "filter":
    case "sort":
      return { ...own, input: prune(own.input, union(needed, readBy(own))) };
    case "limit":
      return {
        ...own,
        input: prune(own.input, union(needed, readBy(own), new Set(own.partitionBy))),
      };
    case "window":
      return pruneWindow(own, needed);
    case "sequence": {
      // Its steps may read any column of the rows before.
      const given = new Set(columnsOf(own.input).map(({ name }) => name));
      return { ...own, input: prune(own.input, given) };
    }
    case "extend":
      return pruneExtend(own, needed);
    case "expand": {
      // Every expanded column has a say in the number of rows, read or not.
      const made = new Set([...own.columns.map(({ name }) => name), own.index]);
      const below = new Set([...needed].filter((name) => !made.has(name)));
      return { ...own, input: prune(own.input, union(below, readBy(own))) };
    }
    case "number":
      return { ...own, input: prune(own.input, needed) };
    case "project":
    case "aggregate":
      return pruneItems(own, needed);
    case "join":
      return pruneJoin(own, needed);
    case "union":
      return { ...own, inputs: own.inputs.map((input) => pruneInput(input, needed)) };
    default:
      return mapChildren(own, pruneAll);
  }
}

function withSubqueries(rel: Rel): Rel {
  return mapExprs(rel, (expr) => mapSubqueries(expr, pruneAll));
}

function readBy(rel: Rel): ReadonlySet<string> {
  const names = new Set<string>();
  for (const expr of exprsOf(rel)) columnsIn(expr, names);
  return names;
}

function union(...sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

function columnsInItems(items: readonly Item[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { expr } of items) columnsIn(expr, names);
  return names;
}

function pruneExtend(rel: Extract<Rel, { kind: "extend" }>, needed: ReadonlySet<string>): Rel {
  const items = rel.items.filter(({ name }) => needed.has(name));
  const replaced = new Set(items.map(({ name }) => name));
  const below = new Set([...needed].filter((name) => !replaced.has(name)));
  const input = prune(rel.input, union(below, columnsInItems(items)));
  return items.length === 0 ? input : { ...rel, items, input };
}

/** An item may read the ones in front of it, so they are gone through from the last to the first. */
function pruneWindow(rel: Extract<Rel, { kind: "window" }>, needed: ReadonlySet<string>): Rel {
  const read = new Set(needed);
  const items = rel.items.toReversed().filter((item) => {
    if (!read.has(item.name)) return false;
    for (const arg of item.args) columnsIn(arg, read);
    for (const name of item.partitionBy) read.add(name);
    return true;
  });
  for (const { expr } of rel.orderBy) columnsIn(expr, read);
  for (const name of rel.partitionBy) read.add(name);
  const own = new Set(rel.items.map(({ name }) => name));
  const input = prune(rel.input, new Set([...read].filter((name) => !own.has(name))));
  return { ...rel, items: items.toReversed(), input };
}

function pruneItems(
  rel: Extract<Rel, { kind: "project" | "aggregate" }>,
  needed: ReadonlySet<string>,
): Rel {
  const items = rel.items.filter(({ name }) => needed.has(name));
  const keys = rel.kind === "aggregate" ? rel.keys : [];
  const input = prune(rel.input, union(columnsInItems(items), columnsInItems(keys)));
  return { ...rel, items, input };
}

function pruneJoin(rel: Extract<Rel, { kind: "join" }>, needed: ReadonlySet<string>): Rel {
  const columns = rel.columns.filter(({ name }) => needed.has(name));
  const side = (which: "left" | "right"): ReadonlySet<string> =>
    new Set([
      ...columns.filter((column) => column.side === which).map(({ column }) => column),
      ...rel.on.map((key) => key[which]),
    ]);
  return {
    ...rel,
    columns,
    left: prune(rel.left, side("left")),
    right: prune(rel.right, side("right")),
  };
}

/** The inputs of a union must have the same columns in the same order. */
function pruneInput(rel: Rel, needed: ReadonlySet<string>): Rel {
  const columns = columnsOf(rel).filter(({ name }) => needed.has(name));
  return exactly(prune(rel, needed), columns);
}

/** `rel` with `columns`, which are among its own: one that an `extend` replaces has lost its place where the old one is not read. */
function exactly(rel: Rel, columns: readonly Column[]): Rel {
  const own = columnsOf(rel);
  const same =
    own.length === columns.length && own.every(({ name }, at) => name === columns[at]?.name);
  if (same) return rel;
  return { kind: "project", input: rel, items: keep(columns, rel.span), span: rel.span };
}
