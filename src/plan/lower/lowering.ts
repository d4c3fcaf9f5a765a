import { defined } from "../../base/defined.ts";
import { InputError } from "../../base/diagnostic.ts";
import { toFileSpan, type EmbeddedText, type Span } from "../../base/source.ts";
import type { BoundQuery, Problem } from "../../kql/bound-query.ts";
import { withInsertions } from "../../kql/insertions.ts";
import type { Expression, SyntaxNode } from "../../kql/syntax.ts";
import type { Catalog } from "../../schema/tables.ts";
import type { Column } from "../../schema/types.ts";
import type { Discovery, Expr, Literal, Rel, WindowItem } from "../ir/types.ts";

/** What a name bound by `let` or by a parameter stands for. */
export type Meaning =
  | { readonly kind: "scalar"; readonly expr: Expr }
  | {
      /** A scalar that draws: `let` names the calculation, and every use of the name draws anew. */
      readonly kind: "calculation";
      readonly node: Expression;
      /** Where it was declared: it sees these names, not those at its use. */
      readonly scope: Scope;
      readonly place: Place;
    }
  | { readonly kind: "table"; readonly rel: Rel }
  | {
      readonly kind: "function";
      readonly parameters: readonly FunctionParameter[];
      /** True for a `view`, which wildcards and `search` take for a table. */
      readonly view?: boolean;
      /** The body as it was declared; absent for a saved function, whose calls the binder expands. */
      readonly body?: Kusto.Language.Syntax.FunctionBody;
      /** Where the function was declared: its body sees these names, not the caller's. */
      readonly scope: Scope;
      /** Where the body stands. */
      readonly place: Place;
    }
  | {
      readonly kind: "pattern";
      readonly cases: readonly PatternCase[];
      /** Where the pattern was declared. */
      readonly scope: Scope;
      readonly place: Place;
    };

/** What a pattern stands for where it is called with these texts. */
export interface PatternCase {
  readonly texts: readonly string[];
  /** The text behind the call, `pattern("a").path`, where the pattern has one. */
  readonly path: string | undefined;
  readonly body: Kusto.Language.Syntax.FunctionBody;
}

export interface FunctionParameter {
  readonly name: string;
  /** A constant. */
  readonly fallback?: Expression;
}

/** Where text stands: its offset in the query's text, or in the text of the saved function that was called. */
export interface Place {
  readonly offset: number;
  /** Absent for the query's own text. */
  readonly called?: Called;
  /** The names of calculations and the calls of functions that led here, outermost first. */
  readonly uses?: readonly SyntaxNode[];
  /** True where one value holds for all rows: what `toscalar` is given. */
  readonly isOnce?: boolean;
}

/** The call in the query that a saved function's text stands for, and that text where it is a file's. */
export interface Called {
  readonly span: Span;
  readonly text?: EmbeddedText;
}

/** Names in force, innermost first. */
export interface Scope {
  readonly names: Map<string, Meaning>;
  readonly outer?: Scope;
}

/** Values that the scalars of one operator use, as columns to be made below it: of window functions, and those too large to repeat. */
export interface Windows {
  /** True where the rows have an order that counts. */
  readonly serialized: boolean;
  /** The column that holds `item`, whose name this gives. */
  add(item: Omit<WindowItem, "name">, span: Span): Expr;
  /** The column that holds the value of `expr` over the operator's input. */
  compute(expr: Expr): Expr;
}

/** What the lowering of one operator or expression needs of the rest. */
export interface Lowering {
  readonly bound: BoundQuery;
  readonly catalog: Catalog;
  /** What `set` set, by its name in small letters. */
  readonly options: Map<string, Literal>;
  readonly scope: Scope;
  /** Where the text of this lowering's nodes stands. */
  readonly place: Place;
  /** The columns of the row that scalars see; none outside of an operator. */
  readonly row: readonly Column[];
  /** Where window functions in scalars put their columns; undefined where they may not stand. */
  readonly windows: Windows | undefined;
  /** The table that `node` gives. */
  rel(node: Expression): Rel;
  /** The scalar that `node` gives, over the columns of the row around it. */
  scalar(node: Expression): Expr;
  /** True where `node` gives a table, or a graph. */
  isTabular(node: Expression): boolean;
  /** This lowering with the names of `scope`, for text that stands at `place`. */
  within(scope: Scope, place?: Place): Lowering;
  /** This lowering for scalars over the rows of `input`, and for window functions in them where `windows` takes those. */
  over(input: Rel, windows?: Windows): Lowering;
  /** The rows `operator` makes of `input`. */
  apply(operator: Kusto.Language.Syntax.QueryOperator, input: Rel): Rel;
  /** Evaluates `statements` in order into this lowering's scope. */
  declare(statements: readonly Kusto.Language.Syntax.Statement[]): void;
  /** A name for a table binding, unique in the query, and the reference to it. */
  bind(name: string, rel: Rel, options: { materialized: boolean }): Rel;
  /** The table behind a reference that `bind` made. */
  boundTable(name: string): Rel | undefined;
  /** Notes a plugin whose columns only its data can tell. */
  discover(discovery: Discovery): void;
  /** Where `node` stands in the query's text. */
  span(node: SyntaxNode): Span;
  /** The text of `node` as its author wrote it. */
  written(node: SyntaxNode): string;
  /** Stops with a diagnostic at `node`. */
  refuse(node: SyntaxNode, problem: Problem): never;
}

/** `scope` as it is now: a name that is declared later is not in it. */
export function copyOf({ names, outer }: Scope): Scope {
  return { names: new Map(names), ...defined({ outer }) };
}

/** `place`, where the text stands that `node` is a name of, as reached from there. */
export function usedAt(
  node: SyntaxNode,
  place: Place,
  { place: { uses = [], isOnce = false } }: Lowering,
): Place {
  return { ...place, uses: [...uses, node], isOnce };
}

/** The meaning of `name` in `scope` or outside of it. */
export function lookUp(scope: Scope | undefined, name: string): Meaning | undefined {
  if (scope === undefined) return undefined;
  return scope.names.get(name) ?? lookUp(scope.outer, name);
}

/** Where `node`, whose text stands at `place`, is in the query. */
export function spanAt(node: SyntaxNode, { offset, called }: Place): Span {
  return called?.span ?? { start: node.TextStart + offset, end: node.End + offset };
}

/** The text of `node` in the query or function at `place`, before it was repaired for the binder. */
export function writtenAt(bound: BoundQuery, node: SyntaxNode, { offset, called }: Place): string {
  const text = called?.text?.text ?? withInsertions(bound.text.text, bound.environment.insertions);
  return text.slice(node.TextStart + offset, node.End + offset);
}

/** Stops with one diagnostic at `node`: in the query, or in the file of the function that it calls. */
export function refuseIn(
  bound: BoundQuery,
  node: SyntaxNode,
  { place, problem }: { readonly place: Place; readonly problem: Problem },
): never {
  const text = place.called?.text;
  if (text === undefined) return refuseAt(bound, spanAt(node, place), problem);
  const span = spanAt(node, { offset: place.offset });
  throw new InputError({ ...problem, source: text.source, span: toFileSpan(text, span) });
}

/** Stops with one diagnostic at `span`. */
export function refuseAt(bound: BoundQuery, span: Span, problem: Problem): never {
  throw new InputError(bound.diagnose(span, problem));
}
