import type { BoundQuery, Environment, Problem } from "./bound-query.ts";
import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import { nearest } from "../base/text.ts";
import { toFileSpan, type EmbeddedText, type Span } from "../base/source.ts";
import type { Catalog } from "../schema/tables.ts";
import { calledFunctions, type CalledFunction } from "./called.ts";
import { errorOf, type ErrorContext } from "./binder-errors.ts";
import { withInsertions, withoutInsertions } from "./insertions.ts";
import { loadKusto } from "./load.ts";
import { caseInsertions } from "./long-cases.ts";
import {
  looksUp,
  outsideFunctions,
  outsideSymbols,
  unknownInvoked,
  withPlaces,
} from "./functions/fixture-functions.ts";
import { repair } from "./repair.ts";
import { binderLimit } from "./binder-limits.ts";
import { functionsNamedIn, type SavedFunction } from "./functions/saved-function.ts";
import { tablesNamedIn, tableSymbol } from "./symbols.ts";
import { isOpen, listOf, type SyntaxNode } from "./syntax.ts";

/** Parses and binds `text`. Throws an `InputError` that holds every error of the query. */
export function bindQuery(text: EmbeddedText, surroundings: Environment): BoundQuery {
  const environment: Environment = {
    ...surroundings,
    // First, and of the text as it was written: the places of those that are given count on them.
    insertions: [...caseInsertions(text.text), ...(surroundings.insertions ?? [])],
  };
  const diagnose = (span: Span, problem: Problem): Diagnostic => ({
    ...problem,
    source: text.source,
    span: toFileSpan(text, withoutInsertions(span, environment.insertions)),
  });
  const limit = binderLimit(text.text);
  if (limit !== undefined) throw new InputError(diagnose(limit.span, { code: "KT0281", ...limit }));
  const invoked = new Set<string>();
  let query = withInsertions(text.text, environment.insertions);
  let functions = environment.functions ?? new Map<string, SavedFunction>();
  for (;;) {
    let code: Kusto.Language.KustoCode;
    try {
      code = analyse(query, { ...environment, functions }, invoked);
    } catch (error) {
      if (!isFailure(error)) throw error;
      const problem = {
        code: "KT0101",
        message: "Microsoft's binder fails over this query",
        hint: "name the part in a call of `datetime_part`, `datetime_add` or `datetime_diff` by a string",
      };
      const span = { start: 0, end: query.length };
      throw new InputError(diagnose(span, problem), { cause: error });
    }
    const root = code.Syntax as Kusto.Language.Syntax.QueryBlock | null;
    if (root === null) throw new Error("the parser gave no tree");
    const diagnostics = listOf<Kusto.Language.Diagnostic>(code.GetDiagnostics());
    const called = calledFunctions(root, functions);
    const isLookup = (name: string): boolean => looksUp(name, environment.fixtures);
    const repaired = repair(query, root, { diagnostics, isLookup });
    const repairedFunction = called
      .map((one) => repairFunction(one, isLookup))
      .find((one) => one !== undefined);
    const unknown = unknownInvokedFunctions(root, diagnostics, environment);
    if (
      repaired === undefined &&
      repairedFunction === undefined &&
      unknown.every((name) => invoked.has(name))
    ) {
      const errors = [
        ...errorsIn(root, untilSyntaxError(diagnostics, code), {
          text: query,
          environment,
          diagnose,
        }),
        ...functionErrors(called, environment),
      ];
      if (errors.length > 0) throw new InputError(errors);
      return { text, root, environment, diagnose };
    }
    query = repaired ?? query;
    for (const name of unknown) invoked.add(name);
    if (repairedFunction !== undefined) {
      functions = new Map([...functions, [repairedFunction.name, repairedFunction]]);
    }
  }
}

/** `diagnostics` up to the first that says the text is no KQL: what the binder makes of the rest is no help. */
function untilSyntaxError(
  diagnostics: readonly Kusto.Language.Diagnostic[],
  code: Kusto.Language.KustoCode,
): readonly Kusto.Language.Diagnostic[] {
  const starts = listOf<Kusto.Language.Diagnostic>(code.GetSyntaxDiagnostics())
    .filter(({ Severity }) => Severity === "Error")
    .map(({ Start }) => Start);
  const first = Math.min(...starts);
  return diagnostics.filter(({ Start }) => Start <= first);
}

function errorsIn(
  root: SyntaxNode,
  diagnostics: readonly Kusto.Language.Diagnostic[],
  context: ErrorContext,
): readonly Diagnostic[] {
  return diagnostics
    .filter((each) => each.Severity === "Error" && !isNoError(each, root, context.environment))
    .map((each) => errorOf(each, context));
}

/** What is wrong with the functions that a query calls, each mistake once, at its place in the function's file. */
function functionErrors(
  called: readonly CalledFunction[],
  environment: Environment,
): readonly Diagnostic[] {
  const others = called.map(({ saved }) => saved.body.text);
  const errors = called.flatMap(({ saved: { body }, body: root, diagnostics }) =>
    errorsIn(root, diagnostics, {
      text: body.text,
      others,
      environment,
      diagnose: (span, problem) => ({
        ...problem,
        source: body.source,
        span: toFileSpan(body, span),
      }),
    }),
  );
  const byPlace = new Map(
    errors.map((error) => [`${error.source?.file}:${error.span?.start}:${error.message}`, error]),
  );
  return [...byPlace.values()];
}

/** The function with its text repaired as the query's is; undefined where there is nothing to do. */
function repairFunction(
  { saved, body, diagnostics }: CalledFunction,
  isLookup: (name: string) => boolean,
): SavedFunction | undefined {
  const text = repair(saved.body.text, body, { diagnostics, isLookup });
  return text === undefined ? undefined : { ...saved, body: { ...saved.body, text } };
}

function analyse(
  query: string,
  environment: Environment,
  invoked: ReadonlySet<string>,
): Kusto.Language.KustoCode {
  const code = loadKusto().Language.KustoCode.ParseAndAnalyze(
    query,
    globalsFor(query, environment, invoked),
  );
  if (code === null) throw new Error("the parser gave no tree");
  return code;
}

/** True for what the binder itself fails over: a timespan where `datetime_part` and its like name a part. */
function isFailure(error: unknown): boolean {
  return (error as { message?: unknown }).message === "Cannot convert to IConvertible";
}

/** The binder's view of the tables and functions that `query` may refer to: a symbol for each of a thousand would take longer than the query. */
function globalsFor(
  query: string,
  { catalog, functions = new Map(), fixtures }: Environment,
  invoked: ReadonlySet<string>,
): Kusto.Language.GlobalState {
  const { GlobalState, Symbols } = loadKusto().Language;
  const called = functionsNamedIn(query, functions);
  const saved = called.map(
    ({ name, parameters, body }) =>
      new Symbols.FunctionSymbol.$ctor16(name, parameters, body.text, null),
  );
  const named = [query, ...called.map(({ body }) => body.text)].join("\n");
  const database = new Symbols.DatabaseSymbol.ctor("kqltest", [
    ...tablesNamedIn(named, catalog).map(tableSymbol),
    ...saved,
    ...outsideSymbols(named, fixtures).filter(({ Name }) => !functions.has(String(Name))),
    ...[...invoked].map(unknownInvoked),
  ]);
  const state = GlobalState.Default?.WithDatabase(database);
  if (state === undefined || state === null) throw new Error("the binder gave no global state");
  return withPlaces(state, fixtures);
}

/** What the binder reports of names that only the outside could know. */
const unknownNames: ReadonlySet<string | null> = new Set(["KS204", "KS209", "KS211"]);

/** What the binder takes for a mistake and Kusto does not, by its code and the text up to its first character. */
const noMistakes: Readonly<Record<string, RegExp>> = {
  // That a client could give a query parameter another value is nothing against its default.
  KS213: /(?:)/,
  // `search not("x")`, the properties that `bag_unpack` is to leave out, `count(x)`, which counts rows, and a degree.
  KS107:
    /\bseries_fit_poly\s*\((?:[^(),]|\([^()]*\))*,(?:[^(),]|\([^()]*\))*,\s*\S$|\bsearch\b[^|]*\bnot\s*\(\s*["'@]$|\b(?:ignoredProperties\s*=|count\s*\()\s*\S$/,
  // The id of a node between two edges of a path, where no table of nodes declares it.
  KS142: /\b(?:all|any|map)\s*\(\s*inner_nodes\s*\([^()]*\)\s*,[^|]*$/,
  // The seconds of `make_timespan`, which may have parts.
  KS134: /\bmake_timespan\s*\((?:[^(),]*,){2,3}\s*\S$/,
};

/** True for what is no mistake after all: a table or a function that the outside answers for. */
function isNoError(
  diagnostic: Kusto.Language.Diagnostic,
  root: SyntaxNode,
  { missingFixtures, catalog }: Environment,
): boolean {
  const upTo = String(root).slice(0, diagnostic.Start + 1);
  if (noMistakes[diagnostic.Code ?? ""]?.test(upTo) === true) return true;
  if (
    missingFixtures !== "empty" ||
    isMisspelt(diagnostic, root, catalog) ||
    !unknownNames.has(diagnostic.Code)
  )
    return false;
  for (let node = nodeAt(root, diagnostic); node !== null; node = node.Parent) {
    if (isOpen(node)) return true;
    if (node.TextStart < diagnostic.Start) return false;
  }
  return false;
}

/** True where a name differs so little from a table's that the table must be meant: it is not outside then. */
function isMisspelt(
  { Start, Length }: Kusto.Language.Diagnostic,
  root: SyntaxNode,
  catalog: Catalog,
): boolean {
  const name = String(root).slice(Start, Start + Length);
  return name.length > 7 && nearest(name, catalog.keys(), 1) !== undefined;
}

function nodeAt(root: SyntaxNode, { Start }: Kusto.Language.Diagnostic): SyntaxNode | null {
  return (root as Kusto.Language.Syntax.SyntaxNode).GetTokenAt(Start)?.Parent ?? null;
}

/** Functions behind `invoke` that do not exist: to the binder they would end the query's columns. */
function unknownInvokedFunctions(
  root: SyntaxNode,
  diagnostics: readonly Kusto.Language.Diagnostic[],
  { missingFixtures }: Environment,
): readonly string[] {
  if (missingFixtures !== "empty") return [];
  const text = String(root);
  return diagnostics
    .filter(({ Code, Start }) => Code === "KS211" && /\binvoke\s+$/.test(text.slice(0, Start)))
    .map(({ Start, Length }) => text.slice(Start, Start + Length))
    .filter((name) => !outsideFunctions.has(name));
}
