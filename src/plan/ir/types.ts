import type { Span } from "../../base/source.ts";
import type { Column, KqlType } from "../../schema/types.ts";

import type { FixtureRef } from "./fixture-ref.ts";

/**
 * What a query means, between its syntax tree and SQL. Plain data, tagged by `kind`: it survives `structuredClone`
 * and JSON. Spans are offsets in the query's text; nodes that a pass adds carry the span of what they serve.
 */
export interface Program {
  /** Tables named by `let` that the body or a later binding refers to, in the order of their dependence. */
  readonly bindings: readonly Binding[];
  readonly body: Rel;
  /** What has to be found out before the plan is whole: the first plugin whose columns depend on its data. */
  readonly discovery?: Discovery;
  /** How a client is to draw the rows; no answer depends on it. */
  readonly visualization?: Visualization;
}

/** What `render` says. */
export interface Visualization {
  /** `timechart`, `piechart` and so on, as KQL spells it. */
  readonly chart: string;
  /** `title`, `xcolumn`, `ycolumns`, `kind` and so on, each as it is written, texts without their quotes. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface Binding {
  readonly name: string;
  readonly rel: Rel;
  /** True for `materialize()`: evaluated once. */
  readonly materialized: boolean;
}

/** A relation: rows with named columns. Names are compared by case, as in KQL. */
export type Rel =
  | Scan
  | Reference
  | Values
  | Range
  | Filter
  | Extend
  | Project
  | Expand
  | Numbered
  | Aggregate
  | Join
  | Union
  | Sort
  | Limit
  | Window
  | Sequence;

export interface Node {
  readonly span: Span;
}

/** A table of the catalog. */
export interface Scan extends Node {
  readonly kind: "scan";
  readonly table: string;
  readonly columns: readonly Column[];
  /** Where the rows are no events but what a fixture holds: they belong to no scenario. */
  readonly fixture?: FixtureRef;
}

/** A table bound by `let`. */
export interface Reference extends Node {
  readonly kind: "reference";
  readonly name: string;
  readonly columns: readonly Column[];
}

/** Rows written in the query: `datatable`, and the one row without columns that `print` starts from. */
export interface Values extends Node {
  readonly kind: "values";
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Expr[])[];
}

/** `range`: one column from `from` to `to`, both included. */
export interface Range extends Node {
  readonly kind: "range";
  readonly column: Column;
  readonly from: Expr;
  readonly to: Expr;
  readonly step: Expr;
}

export interface Filter extends Node {
  readonly kind: "filter";
  readonly input: Rel;
  readonly where: Expr;
}

/** Adds columns behind the input's, or replaces them in their place. Every item sees the input's columns alone. */
export interface Extend extends Node {
  readonly kind: "extend";
  readonly input: Rel;
  readonly items: readonly Item[];
}

/** Exactly the named columns, in that order. */
export interface Project extends Node {
  readonly kind: "project";
  readonly input: Rel;
  readonly items: readonly Item[];
}

export interface Item {
  readonly name: string;
  readonly expr: Expr;
}

/**
 * `mv-expand`: a row for each element of the expanded values, side by side where they are several, in their order. A
 * column that has the name of an input's replaces it in its place; the others stand behind the input's, the index last.
 */
export interface Expand extends Node {
  readonly kind: "expand";
  readonly input: Rel;
  readonly columns: readonly ExpandedColumn[];
  /** What a property of a bag becomes: a bag of its own, or `[key, value]`. */
  readonly bags: "bag" | "array";
  /** The column that says which element a row has, from 0. */
  readonly index?: string;
  /** How many rows an input row gives at the most. */
  readonly limit?: Expr;
}

/** The elements of `expr`, each as `type`; what is no such value is null. */
export interface ExpandedColumn extends Item {
  readonly type: KqlType;
}

/** `summarize` and `distinct`. Without keys it gives one row, also from no rows. */
export interface Aggregate extends Node {
  readonly kind: "aggregate";
  readonly input: Rel;
  readonly keys: readonly Item[];
  /** Scalar expressions over `aggregate` expressions. */
  readonly items: readonly Item[];
}

/** What `innerunique` adds is lowered into a `limit` below an `inner` join. */
export type JoinKind =
  | "inner"
  | "leftouter"
  | "rightouter"
  | "fullouter"
  | "leftsemi"
  | "rightsemi"
  | "leftanti"
  | "rightanti";

export interface Join extends Node {
  readonly kind: "join";
  readonly join: JoinKind;
  readonly left: Rel;
  readonly right: Rel;
  /** Pairs of columns that must be equal; null equals null where `nullsMatch` says so. */
  readonly on: readonly JoinKey[];
  readonly columns: readonly JoinColumn[];
}

export interface JoinKey {
  readonly left: string;
  readonly right: string;
  readonly nullsMatch: boolean;
}

/** An output column of a join: `column` of one side under a new name. */
export interface JoinColumn {
  readonly name: string;
  readonly type: KqlType;
  readonly side: "left" | "right";
  readonly column: string;
}

/** All rows of all inputs. Every input has the same columns in the same order. */
export interface Union extends Node {
  readonly kind: "union";
  readonly inputs: readonly Rel[];
}

/** Rows in the order of `keys`. Without keys it is `serialize`: the order that they have, whatever it is. */
export interface Sort extends Node {
  readonly kind: "sort";
  readonly input: Rel;
  readonly keys: readonly SortKey[];
}

export interface SortKey {
  readonly expr: Expr;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** The first `count` rows by `keys` (by arrival where there are none), counted anew for each value of `partitionBy`. */
export interface Limit extends Node {
  readonly kind: "limit";
  /** True where any rows will do, as in a join of kind `innerunique`: filters behind it then choose among them. */
  readonly anyRows?: boolean;
  readonly input: Rel;
  readonly count: Expr;
  readonly keys: readonly SortKey[];
  readonly partitionBy: readonly string[];
}

/** A scalar. `type` is the binder's. */
export type Expr =
  | Literal
  | Now
  | ColumnRef
  | Call
  | Logical
  | InList
  | InTable
  | Member
  | Cast
  | ScalarQuery
  | AggregateCall;

interface Typed extends Node {
  readonly type: KqlType;
}

/**
 * A constant. `long`, `datetime` and `timespan` are decimal text (the latter two ticks of 100 ns), `decimal` and `guid`
 * text, `dynamic` minified JSON text; `real` may be `"NaN"`, `"Infinity"`, `"-Infinity"`.
 */
export interface Literal extends Typed {
  readonly kind: "literal";
  readonly value: string | number | boolean | null;
}

/** The instant of the run. */
export interface Now extends Typed {
  readonly kind: "now";
}

export interface ColumnRef extends Typed {
  readonly kind: "column";
  readonly name: string;
}

/** A function or operator by its KQL spelling: `strcat`, `==`, `has`, `+`, `between`. */
export interface Call extends Typed {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Expr[];
}

/** A conjunction or disjunction of two or more; nested ones of the same kind are one list. */
export interface Logical extends Typed {
  readonly kind: "and" | "or";
  readonly items: readonly Expr[];
}

export type ListOperator = "in" | "!in" | "in~" | "!in~" | "has_any" | "has_all";

/** Membership in a list that stands in the query, or in a `dynamic` array (one item of that type). */
export interface InList extends Typed {
  readonly kind: "in-list";
  readonly operator: ListOperator;
  readonly operand: Expr;
  readonly items: readonly Expr[];
}

/** Membership in the first column of a table. */
export interface InTable extends Typed {
  readonly kind: "in-table";
  readonly operator: ListOperator;
  readonly operand: Expr;
  readonly table: Rel;
  readonly column: string;
  readonly correlations: readonly Correlation[];
}

/** `object.key`, `object["key"]`, `object[0]`: what of a `dynamic` value stands at `key`. */
export interface Member extends Typed {
  readonly kind: "member";
  readonly object: Expr;
  readonly key: Expr;
}

/** A conversion that the binder or a pass makes and no function names. */
export interface Cast extends Typed {
  readonly kind: "cast";
  readonly operand: Expr;
}

/** `toscalar()`: the value of `column` in the first row of a table; null where there is none. */
export interface ScalarQuery extends Typed {
  readonly kind: "scalar-query";
  readonly table: Rel;
  readonly column: string;
  readonly correlations: readonly Correlation[];
}

/**
 * Ties a subquery to the row around it: `inner` of the subquery equals `outer` of the row. The subquery's columns have
 * names that the row around it lacks, so that neither can be taken for the other.
 */
export interface Correlation {
  readonly inner: string;
  readonly outer: Expr;
}

/** An aggregate function; only inside the items of an `aggregate`. */
export interface AggregateCall extends Typed {
  readonly kind: "aggregate";
  readonly name: string;
  readonly args: readonly Expr[];
}

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

/**
 * A plugin that the query calls without saying which columns it gives: they depend on its data. What they are is found
 * out by running `probe`; written behind the call as its schema, they make a query that has no such question.
 */
export interface Discovery {
  /** Where in the bound text the schema is to be written. */
  readonly at: number;
  readonly span: Span;
  /** One column: the distinct bags, or the distinct texts that become columns. */
  readonly probe: Rel;
  /** Where the plugin is in a function that is called again: the same for each further call, whose columns must be the same. */
  readonly again: readonly Pick<Discovery, "probe" | "finds">[];
  readonly finds: BagColumns | PivotColumns;
  /** Names that the rest of the query takes for columns of the result; null where the data has none such. */
  readonly expected: readonly string[];
}

export interface BagColumns {
  readonly kind: "bag";
  /** The input's columns, the bag's own among them. */
  readonly input: readonly Column[];
  readonly bag: string;
  readonly options: BagOptions;
}

export interface BagOptions {
  readonly prefix: string;
  readonly conflict: "error" | "keep_source" | "replace_source";
  readonly ignored: readonly string[];
}

export interface PivotColumns {
  readonly kind: "pivot";
  readonly groups: readonly Column[];
  /** The type of every column that a value becomes. */
  readonly type: KqlType;
}
