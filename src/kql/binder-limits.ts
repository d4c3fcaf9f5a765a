import type { Span } from "../base/source.ts";
import { loadKusto } from "./load.ts";
import { elementsOf, kindOf, nameOf, present, spanOf, textOf, type SyntaxNode } from "./syntax.ts";

/** The binder keeps a list of all tables of a union, those of tables in it included: with more than this it takes seconds. */
const greatestUnion = 20_000;

/** Fewer unions than this cannot reach that number by doubling. */
const fewUnions = 10;

/** The binder expands the body of a function for every call of it, those in other bodies included. */
const greatestCalls = 20_000;

/** Fewer functions than this cannot reach that number by calling one another twice. */
const fewFunctions = 10;

/** The binder's time doubles with each `toscalar` inside another: with more than this it takes seconds. */
const deepestScalar = 12;

/** The parser accepts fewer brackets inside one another, and takes long to find out. */
const deepestBracket = 1000;

export interface BinderLimit {
  readonly span: Span;
  readonly message: string;
  readonly hint: string;
}

/** What of `query` the binder would take minutes for; undefined for nearly every query. */
export function binderLimit(query: string): BinderLimit | undefined {
  const union = repeatedUnion(query);
  if (union !== undefined) {
    const message = `the statement unites more than ${greatestUnion} tables once all names in it are written out`;
    return { span: union, message, hint: "unite each table once" };
  }
  const call = repeatedCall(query);
  if (call !== undefined) {
    const message = `the statement calls more than ${greatestCalls} functions once all functions in it are written out`;
    return { span: call, message, hint: "call each function once, or name its result by `let`" };
  }
  return tooDeep(query);
}

/** The first `toscalar` that is inside too many others, or the first bracket that is. */
function tooDeep(query: string): BinderLimit | undefined {
  const hint = "name the inner ones by `let`";
  const tokens =
    /\/\/[^\n]*|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\btoscalar\s*\(|[()]/g;
  const open: boolean[] = [];
  let depth = 0;
  for (const { 0: token, index } of query.matchAll(tokens)) {
    if (token.endsWith("(") && !token.startsWith("//")) {
      const isScalar = token !== "(";
      open.push(isScalar);
      const span = { start: index, end: index + token.length };
      if (isScalar && ++depth > deepestScalar)
        return { span, message: `more than ${deepestScalar} \`toscalar\` are nested`, hint };
      if (open.length > deepestBracket)
        return { span, message: `more than ${deepestBracket} brackets are nested`, hint };
    } else if (token === ")" && open.pop() === true) depth--;
  }
  return undefined;
}

/**
 * Where a table of `let` is declared that unites more tables than the binder can take, because each of a series of
 * declarations unites the one before it several times.
 */
function repeatedUnion(query: string): Span | undefined {
  if ((query.match(/\bunion\b/g)?.length ?? 0) < fewUnions) return undefined;
  const tables = new Map<string, number>();
  for (const statement of statementsOf(query)) {
    const count = tablesIn(textOf(statement), tables);
    if (count > greatestUnion) return spanOf(statement);
    const name = declaredName(statement);
    if (name !== undefined) tables.set(name, count);
  }
  return undefined;
}

/** Where a statement calls more functions than the binder can take, because each of a series of functions calls the one before it several times. */
function repeatedCall(query: string): Span | undefined {
  const declared = query.match(/\blet\s+\w+\s*=\s*(?:view\s*)?\(/g)?.length ?? 0;
  if (declared < fewFunctions) return undefined;
  const calls = new Map<string, number>();
  for (const statement of statementsOf(query)) {
    const names = textOf(statement).match(/[A-Za-z_]\w*/g) ?? [];
    const count = names.reduce((sum, name) => sum + (calls.get(name) ?? 0), 1);
    if (count > greatestCalls) return spanOf(statement);
    const name = declaredName(statement);
    // What is no function is bound once, however often it is named.
    if (name !== undefined && isFunction(statement)) calls.set(name, count);
  }
  return undefined;
}

function statementsOf(query: string): readonly Kusto.Language.Syntax.Statement[] {
  const root = loadKusto().Language.KustoCode.Parse(query)?.Syntax as
    | Kusto.Language.Syntax.QueryBlock
    | null
    | undefined;
  return root === null || root === undefined ? [] : elementsOf(root.Statements);
}

function isFunction(statement: SyntaxNode): boolean {
  const { Expression } = statement as Kusto.Language.Syntax.LetStatement;
  return kindOf(present(Expression)) === "FunctionDeclaration";
}

/** How many tables `text` unites, at the most: those of every name in it. */
function tablesIn(text: string, tables: ReadonlyMap<string, number>): number {
  if (!/\bunion\b/.test(text)) return 1;
  const names = text.match(/[A-Za-z_]\w*/g) ?? [];
  return names.reduce((sum, name) => sum + (tables.get(name) ?? 0), 0);
}

function declaredName(statement: SyntaxNode): string | undefined {
  if (kindOf(statement) !== "LetStatement") return undefined;
  return nameOf(present((statement as Kusto.Language.Syntax.LetStatement).Name));
}
