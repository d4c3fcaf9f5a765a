import type { Column, KqlType } from "../../src/schema/types.ts";
import type { Choice } from "./choice.ts";

/** What an expression or an operator may name. */
export interface Scope {
  /** The columns of the row around it. */
  readonly columns: readonly Column[];
  /** Scalars that a `let` names. */
  readonly scalars: readonly Column[];
  /** Functions that a `let` names. */
  readonly functions: readonly LetFunction[];
  /** Tables by name, those of `let` included. */
  readonly tables: readonly NamedTable[];
  /** How constants are written: as they are, or so that nothing can take them for constants. */
  readonly constants: "plain" | "opaque";
}

export interface LetFunction {
  readonly name: string;
  readonly takes: readonly KqlType[];
  readonly gives: KqlType;
}

export interface NamedTable {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** Tabular KQL and the columns that it gives. */
export interface Grown {
  readonly text: string;
  readonly columns: readonly Column[];
}

/** Grows an operator behind a table with the columns of `scope`: its text without the pipe, and the columns it gives. */
export type Operator = (choice: Choice, scope: Scope) => Grown;

/** An operator that changes nothing, where none of the chosen kind fits. */
export function unchanged({ columns }: Scope): Grown {
  return { text: "where true", columns };
}

/** `name` as KQL refers to it. */
export function nameText(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `['${name.replaceAll("'", "\\'")}']`;
}

/** Names of new columns: few, so that they meet each other, those of the tables, and those that differ by case alone. */
export const newNames: readonly string[] = ["x", "y", "X", "Name", "odd name", "Size", "z"];

/** `name`, or with the first number that makes it differ from `taken`; Kusto names clashing columns so. */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  let unique = name;
  for (let number = 1; taken.has(unique); number++) unique = `${name}${number}`;
  return unique;
}

/** `columns` with `added`: behind them, or in the place of one that has its name. */
export function withColumns(
  columns: readonly Column[],
  added: readonly Column[],
): readonly Column[] {
  const byName = new Map([...columns, ...added].map((column) => [column.name, column]));
  return [...byName.values()];
}

/** At least one of `columns`, chosen by the bits of `choice`. */
export function someColumns({ pick }: Choice, columns: readonly Column[]): readonly Column[] {
  const some = columns.filter((_, index) => ((pick >> (index % 13)) & 1) === 1);
  return some.length > 0 ? some : columns.slice(0, 1);
}

/** Everything that could tell rows apart, so that equal rows alone can change places. */
export function totalOrder({ columns }: Scope): string {
  const texts = columns.map(({ name, type }) =>
    type === "dynamic" ? `tostring(${nameText(name)}) asc` : `${nameText(name)} asc`,
  );
  return texts.join(", ");
}
