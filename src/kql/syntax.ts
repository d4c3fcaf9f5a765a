import type { Span } from "../base/source.ts";
import type { Column, KqlType } from "../schema/types.ts";
import { loadKusto } from "./load.ts";

export type SyntaxNode = Kusto.Language.Syntax.SyntaxElement;
export type Expression = Kusto.Language.Syntax.Expression;
export type NamedParameter = Kusto.Language.Syntax.NamedParameter;

/** The syntax node types by the name of their kind: `FilterOperator`, `HasExpression`. */
export type KindName = keyof typeof Kusto.Language.Syntax.SyntaxKind;

interface List<T> {
  readonly Count: number;
  getItem(index: number): T;
}

let kindNames: ReadonlyMap<number, KindName> | undefined;

/** The name of `node`'s kind. */
export function kindOf(node: SyntaxNode): KindName {
  kindNames ??= new Map(
    Object.entries(present(loadKusto().Language.Syntax.SyntaxKind) as object)
      .filter(([, value]) => typeof value === "number")
      .map(([name, value]) => [value as unknown as number, name as KindName]),
  );
  const name = kindNames.get(node.Kind);
  if (name === undefined) throw new Error(`syntax kind ${node.Kind} has no name`);
  return name;
}

/** `value`, which the grammar guarantees in a tree without diagnostics. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined)
    throw new Error("a syntax node lacks a required child");
  return value;
}

/** A .NET list as an array; none for null. */
export function listOf<T>(list: unknown): readonly T[] {
  if (list === null || list === undefined) return [];
  if (Array.isArray(list)) return list as readonly T[];
  const { Count, getItem } = list as List<T>;
  return Array.from({ length: Count }, (_, index) => getItem.call(list, index));
}

/** The elements of a list that the grammar writes with separators. */
export function elementsOf<T extends SyntaxNode = Expression>(list: unknown): readonly T[] {
  return listOf<{ Element?: T | null } & T>(list).map((item) => item.Element ?? item);
}

/** `node`'s text without the white space and comments before it. */
export function textOf(node: SyntaxNode): string {
  // A literal knows its text; any other node walks through the tokens of the whole query to find its own.
  const { Token } = node as { Token?: { readonly Text?: string | null } | null };
  if (node.ChildCount === 1 && typeof Token?.Text === "string") return Token.Text;
  return String(node).slice(node.TriviaWidth).trim();
}

export function spanOf(node: SyntaxNode): Span {
  return { start: node.TextStart, end: node.End };
}

/** The name that a declaration or a reference spells, brackets and quotes taken off. */
export function nameOf(node: SyntaxNode): string {
  return present((node as unknown as { SimpleName: string | null }).SimpleName);
}

/** The value of the parameter `name` (`kind=inner`) as text, or undefined. */
export function parameterText(parameters: unknown, name: string): string | undefined {
  const found = parameterOf(parameters, name);
  return found === undefined ? undefined : textOf(present(found.Expression));
}

/** The parameter `name`, or undefined. */
export function parameterOf(parameters: unknown, name: string): NamedParameter | undefined {
  return listOf<NamedParameter>(parameters).find(
    (parameter) => nameOf(present(parameter.Name)).toLowerCase() === name,
  );
}

const scalarTypes: ReadonlySet<string> = new Set<KqlType>([
  "bool",
  "int",
  "long",
  "real",
  "decimal",
  "datetime",
  "timespan",
  "guid",
  "string",
  "dynamic",
]);

/** The scalar type of a binder's type symbol; undefined for tables, functions and types it could not find. */
export function scalarType(symbol: unknown): KqlType | undefined {
  const name = (symbol as { Name?: string | null } | null | undefined)?.Name;
  if (typeof name !== "string") return undefined;
  if (scalarTypes.has(name)) return name as KqlType;
  // The binder tells arrays and bags of known shape apart; their values are `dynamic` all the same.
  return name.startsWith("dynamic") ? "dynamic" : undefined;
}

/** The columns of an expression that gives a table; undefined where it gives none. */
export function columnsOfNode(node: Expression): readonly Column[] | undefined {
  const symbol = node.ResultType as { Columns?: unknown } | null;
  if (symbol === null || symbol === undefined || !("Columns" in symbol)) return undefined;
  return listOf<{ Name: string; Type: unknown }>(symbol.Columns).map((column) => ({
    name: column.Name,
    type: scalarType(column.Type) ?? "dynamic",
  }));
}

/** True where `node` gives a graph. */
export function isGraph(node: Expression): boolean {
  const symbol = node.ResultType as object | null;
  return symbol !== null && symbol !== undefined && "EdgeShape" in symbol;
}

/** True where `node` gives a table that may have more columns than the binder knows. */
export function isOpen(node: SyntaxNode): boolean {
  return (node as { ResultType?: { IsOpen?: boolean } | null }).ResultType?.IsOpen === true;
}

/** A column as the binder calls it and its type. */
export interface RawColumn {
  readonly name: string;
  readonly type: string;
}

/** The columns of a table's symbol with the binder's own names of their types. */
export function rawColumns(symbol: unknown): readonly RawColumn[] {
  const { Columns } = (symbol ?? {}) as { Columns?: unknown };
  return listOf<{ Name: string; Type: { Name: string } | null }>(Columns).map((column) => ({
    name: column.Name,
    type: column.Type?.Name ?? "unknown",
  }));
}

/** True where the binder takes a name for a column of the row around it. */
export function isColumn(node: SyntaxNode): boolean {
  const { ColumnSymbol } = loadKusto().Language.Symbols;
  const { ReferencedSymbol } = node as Expression;
  return ReferencedSymbol?.constructor === (ColumnSymbol as unknown);
}

/** What a name with a wildcard stands for: several symbols, or the one. */
export function membersOf({ ResultType }: Expression): readonly { readonly Name: string }[] {
  const { GroupSymbol } = loadKusto().Language.Symbols;
  const type = ResultType as { readonly Name: string; readonly Members: unknown } | null;
  if (type === null) return [];
  // A table has members too, its columns.
  return type.constructor === (GroupSymbol as unknown) ? listOf(type.Members) : [type];
}
