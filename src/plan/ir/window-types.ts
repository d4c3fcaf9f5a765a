import type { Column, KqlType } from "../../schema/types.ts";
import type { Expr, Item, Node, Rel, SortKey } from "./types.ts";

/** Adds a column that numbers the rows, each differently. */
export interface Numbered extends Node {
  readonly kind: "number";
  readonly input: Rel;
  readonly column: string;
}

/**
 * Adds columns whose values depend on the rows before or behind, in the order of the input; that order stays. Items see
 * the input's columns and those of the items in front of them. `orderBy` is empty where the order of arrival is meant.
 */
export interface Window extends Node {
  readonly kind: "window";
  readonly input: Rel;
  readonly items: readonly WindowItem[];
  readonly orderBy: readonly SortKey[];
  readonly partitionBy: readonly string[];
}

/** The functions that one window item can be; what KQL's window functions do is made of them. */
export type WindowFunction =
  /** The row's number, from 1. */
  | "number"
  /** The first argument as it is in the row so many rows before (behind), else the third. */
  | "prev"
  | "next"
  /** Of the first argument in the rows so far. `count` is of those that are not null. */
  | "sum"
  | "count"
  | "max"
  /** The row's number where its value differs from the row's before, else null. */
  | "run-start"
  /** Where the values so far have been cut whenever one lies the second argument behind the last cut: that cut. */
  | "cut";

export interface WindowItem {
  readonly name: string;
  readonly window: WindowFunction;
  readonly args: readonly Expr[];
  readonly type: KqlType;
  /** Columns beside the window's own that say which rows belong together. */
  readonly partitionBy: readonly string[];
}

/**
 * `scan`: goes over the rows in their order and keeps a state for each step. A column `$state STEP COLUMN` in the
 * expressions of a step is what the state holds of another row; a declared column by its own name is its default.
 */
export interface Sequence extends Node {
  readonly kind: "sequence";
  readonly input: Rel;
  readonly declared: readonly Declared[];
  readonly matchId: string | undefined;
  readonly steps: readonly Step[];
  readonly orderBy: readonly SortKey[];
  readonly partitionBy: readonly string[];
}

export interface Declared extends Column {
  readonly fallback: Expr;
}

export interface Step {
  readonly name: string;
  /** False for `output=none`. */
  readonly shows: boolean;
  readonly condition: Expr;
  readonly items: readonly Item[];
}
