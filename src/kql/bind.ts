import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import { toFileSpan, type EmbeddedText, type Span } from "../base/source.ts";
import { nearest } from "../base/text.ts";
import type { Catalog, Table } from "../schema/tables.ts";
import { loadKusto } from "./load.ts";
import { listOf } from "./syntax.ts";

/** A query as Microsoft's parser and binder see it, with no errors in it. */
export interface BoundQuery {
  readonly text: EmbeddedText;
  readonly root: Kusto.Language.Syntax.QueryBlock;
  /** The diagnostic at `span` of the query's text. */
  diagnose(span: Span, problem: Problem): Diagnostic;
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** Parses and binds `text` against the tables of `catalog`. Throws an `InputError` that holds every error of the query. */
export function bindQuery(text: EmbeddedText, catalog: Catalog): BoundQuery {
  const kusto = loadKusto();
  const code = kusto.Language.KustoCode.ParseAndAnalyze(text.text, globalsFor(catalog));
  if (code === null) throw new Error("the parser gave no tree");
  const diagnose = (span: Span, problem: Problem): Diagnostic => ({
    ...problem,
    source: text.source,
    span: toFileSpan(text, span),
  });
  const errors = listOf<Kusto.Language.Diagnostic>(code.GetDiagnostics())
    .filter((diagnostic) => diagnostic.Severity === "Error")
    .map((diagnostic) => errorOf(diagnostic, { text: text.text, catalog, diagnose }));
  if (errors.length > 0) throw new InputError(errors);
  const root = code.Syntax as Kusto.Language.Syntax.QueryBlock | null;
  if (root === null) throw new Error("the parser gave no tree");
  return { text, root, diagnose };
}

interface ErrorContext {
  readonly text: string;
  readonly catalog: Catalog;
  readonly diagnose: BoundQuery["diagnose"];
}

function errorOf(diagnostic: Kusto.Language.Diagnostic, context: ErrorContext): Diagnostic {
  const { text, catalog, diagnose } = context;
  const start = Math.min(diagnostic.Start, text.length);
  const span = { start, end: Math.max(start + 1, start + diagnostic.Length) };
  const message = (diagnostic.Message ?? "").replace(/\.$/, "").replaceAll(/'([^']*)'/g, "`$1`");
  const unknown = /^The name `([^`]*)` does not refer/.exec(message)?.[1];
  const guess = unknown === undefined ? undefined : nearest(unknown, namesOf(catalog));
  return diagnose(span, {
    code: "KT0101",
    message: `${message.charAt(0).toLowerCase()}${message.slice(1)} (${diagnostic.Code})`,
    ...(guess === undefined ? {} : { hint: `did you mean \`${guess}\`?` }),
  });
}

function namesOf(catalog: Catalog): Iterable<string> {
  const names = new Set<string>();
  for (const table of catalog.values()) {
    names.add(table.name);
    for (const column of table.columns) names.add(column.name);
  }
  return names;
}

const globals = new WeakMap<Catalog, Kusto.Language.GlobalState>();

/** Builds the binder's symbols from column objects: from schema text it takes eighty times as long. */
function globalsFor(catalog: Catalog): Kusto.Language.GlobalState {
  const known = globals.get(catalog);
  if (known !== undefined) return known;
  const { GlobalState, Symbols } = loadKusto().Language;
  const tables = Array.from(catalog.values(), tableSymbol);
  const database = new Symbols.DatabaseSymbol.ctor("kqltest", tables);
  const state = GlobalState.Default?.WithDatabase(database);
  if (state === undefined || state === null) throw new Error("the binder gave no global state");
  globals.set(catalog, state);
  return state;
}

function tableSymbol(table: Table): Kusto.Language.Symbols.TableSymbol {
  const { Symbols } = loadKusto().Language;
  const types = Symbols.ScalarTypes;
  const columns = table.columns.map(({ name, type }) => {
    const symbol = types.GetSymbol(type);
    return new Symbols.ColumnSymbol(name, symbol, null, null, null, null);
  });
  return new Symbols.TableSymbol.$ctor4(table.name, columns);
}
