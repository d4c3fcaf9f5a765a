import type { Column } from "../../schema/types.ts";
import { columnsOf } from "./columns.ts";
import type { Expr, Sequence } from "./types.ts";
import { exprsOf, mapParts, partsOf } from "./walk.ts";

/** A column of the row that a step of `scan` holds in its state. No query can name it by this name. */
export interface StateColumn {
  readonly step: string;
  readonly column: string;
}

const prefix = "$state ";

/** The name of a state's column in the expressions of a `sequence`. */
export function stateColumnName({ step, column }: StateColumn): string {
  // Either may have spaces in it; the length says where the step ends.
  return `${prefix}${step.length} ${step} ${column}`;
}

/** What `name` stands for in a state; undefined where it is a column of the row. */
export function parseStateColumn(name: string): StateColumn | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const start = name.indexOf(" ", prefix.length) + 1;
  const end = start + Number(name.slice(prefix.length, start));
  return { step: name.slice(start, end), column: name.slice(end + 1) };
}

/** The state's columns that some expression of `sequence` reads, each with its type. */
export function stateColumnsRead(sequence: Sequence): readonly (StateColumn & Column)[] {
  const found = new Map<string, StateColumn & Column>();
  const visit = (expr: Expr): void => {
    if (expr.kind === "column") {
      const state = parseStateColumn(expr.name);
      if (state !== undefined) found.set(expr.name, { ...state, name: expr.name, type: expr.type });
    }
    for (const part of partsOf(expr)) visit(part);
  };
  for (const expr of exprsOf(sequence)) visit(expr);
  return [...found.values()];
}

/** `expr` with each column of a state replaced by what `change` makes of it. */
export function mapStateColumns(
  expr: Expr,
  change: (column: StateColumn & Column, expr: Expr) => Expr,
): Expr {
  if (expr.kind !== "column") return mapParts(expr, (part) => mapStateColumns(part, change));
  const state = parseStateColumn(expr.name);
  if (state === undefined) return expr;
  return change({ ...state, name: expr.name, type: expr.type }, expr);
}

/** What a column of a row that is not there has: the default of a declared one, else null. */
export function emptyValue(sequence: Sequence, column: string): Expr {
  const declared = sequence.declared.find(({ name }) => name === column);
  if (declared !== undefined) return declared.fallback;
  const type = columnsOf(sequence.input).find(({ name }) => name === column)?.type ?? "dynamic";
  return { kind: "literal", value: type === "string" ? "" : null, type, span: sequence.span };
}
