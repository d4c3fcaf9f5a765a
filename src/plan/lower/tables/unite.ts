import { scalarType, type Expression, type RawColumn } from "../../../kql/syntax.ts";
import type { Column } from "../../../schema/types.ts";
import { columnsOf } from "../../ir/columns.ts";
import { columnRef } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import { nullOf } from "./missing-fixtures.ts";
import { mentionedColumns } from "../mentioned.ts";
import type { Expr, Item, Rel } from "../../ir/types.ts";

/** A table that takes part in a `union`, `search` or `find`. */
export interface Source {
  readonly rel: Rel;
  /** What the binder knows of its columns; a type may be `unknown`, of a column that only an open table may have. */
  readonly columns: readonly RawColumn[];
  /** What the column of sources calls it. */
  readonly name: string;
}

/** A column of the result and the name and type that go into it. */
interface Target extends Column {
  readonly key: string;
}

/** The rows of all `sources`; `sourceColumn` is the first of their columns where there is one. */
export function unite(
  node: Expression,
  sources: readonly Source[],
  { sourceColumn, lowering }: { sourceColumn: string | undefined; lowering: Lowering },
): Rel {
  const span = lowering.span(node);
  const targets = mentionedColumns(targetsOf(sources, sourceColumn), {
    tables: sources.length,
    node,
    lowering,
  });
  const inputs = sources.map((each): Rel => {
    const { rel, name } = each;
    const typed = new Map(columnsOf(rel).map((column) => [column.name, column]));
    const own = new Map<string, Expr>();
    for (const column of givenBy(each)) {
      const stored = typed.get(column.name);
      if (stored !== undefined) own.set(keyOf(column), columnRef(stored, span));
    }
    const items = targets.map((target): Item => {
      const value = own.get(target.key);
      return { name: target.name, expr: value ?? nullOf(target.type, span) };
    });
    const source: Expr = { kind: "literal", type: "string", value: name, span };
    const labelled =
      sourceColumn === undefined ? items : [{ name: sourceColumn, expr: source }, ...items];
    return { kind: "project", input: rel, items: labelled, span };
  });
  return { kind: "union", inputs, span };
}

/**
 * The columns of a source, in its own order, and those that only an open table may have. The binder believes in some that
 * are not there: the `match_id` of a `scan` that gives none, and a column twice that `parse` replaces.
 */
function givenBy({ rel, columns }: Source): readonly RawColumn[] {
  const open = new Map(
    columns.flatMap((column) => (column.type === "unknown" ? [[column.name, column]] : [])),
  );
  const own = columnsOf(rel).map((column) => open.get(column.name) ?? column);
  return [...new Set([...own, ...open.values()])];
}

function keyOf({ name, type }: RawColumn): string {
  return `${name}:${type}`;
}

/** The columns of the result but the one of sources, as they come up. A name with several types is a column for each: `x_long`, `x_string`. */
function targetsOf(
  sources: readonly Source[],
  sourceColumn: string | undefined,
): readonly Target[] {
  const typesOf = new Map<string, Set<string>>();
  for (const column of sources.flatMap(givenBy)) {
    const types = typesOf.get(column.name) ?? new Set<string>();
    typesOf.set(column.name, types.add(column.type));
  }
  // A column that only an open table may have is the one of its name that is known.
  for (const types of typesOf.values()) if (types.size > 1) types.delete("unknown");
  // Those of one name stand side by side, where the first of them comes up.
  const kept = Array.from(typesOf, ([name, types]) =>
    Array.from(types, (type): RawColumn => ({ name, type })),
  ).flat();
  const clashes = (name: string): boolean => (typesOf.get(name)?.size ?? 0) > 1;
  const taken = new Set(kept.filter(({ name }) => !clashes(name)).map(({ name }) => name));
  if (sourceColumn !== undefined) taken.add(sourceColumn);
  return kept.map((column) => ({
    name: clashes(column.name) ? unused(`${column.name}_${column.type}`, taken) : column.name,
    type: scalarType({ Name: column.type }) ?? "dynamic",
    key: keyOf(column),
  }));
}

/** `name`, with a number behind it where it is taken; it is taken from then on. */
function unused(name: string, taken: Set<string>): string {
  let unique = name;
  for (let number = 1; taken.has(unique); number++) unique = `${name}${number}`;
  taken.add(unique);
  return unique;
}
