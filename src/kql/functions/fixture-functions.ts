import { type Fixtures, type FixtureTable } from "../../schema/fixtures.ts";
import type { Column } from "../../schema/types.ts";
import { enrichmentBody, enrichmentOf, enrichments } from "./enrichments.ts";
import { loadKusto } from "../load.ts";
import { columnSymbol, openTableSymbol, tableSymbol } from "../symbols.ts";
import { listOf } from "../syntax.ts";

type FunctionSymbol = Kusto.Language.Symbols.FunctionSymbol;
type TypeSymbol = Kusto.Language.Symbols.TypeSymbol;

const watchlistColumns: readonly Column[] = [
  { name: "_DTItemId", type: "string" },
  { name: "LastUpdatedTimeUTC", type: "datetime" },
  { name: "SearchKey", type: "string" },
];

/** Functions that give a table of another place: `workspace("x").SigninLogs`. */
const places = ["workspace", "app", "arg", "adx", "resource"];

/** Built-in functions whose answers are outside of the tables, and which the binder does not know. */
export const outsideFunctions: ReadonlySet<string> = new Set([
  ...Object.keys(enrichments),
  "_GetWatchlist",
  ...places,
]);

/** True where `name` looks rows up by a column, whose name may then stand bare in its call. */
export function looksUp(name: string, fixtures: Fixtures = {}): boolean {
  return enrichmentOf(name) !== undefined || Object.hasOwn(fixtures.functions ?? {}, name);
}

/** The binder's symbols of what `text` names and `fixtures` or the outside would answer for. */
export function outsideSymbols(text: string, fixtures: Fixtures = {}): readonly FunctionSymbol[] {
  const lookups = Object.entries(fixtures.functions ?? {})
    .filter(([name]) => !outsideFunctions.has(name) && text.includes(name))
    .map(([name, table]) => lookupSymbol(name, table));
  const known = [...outsideFunctions].filter((name) => text.includes(name));
  return [...lookups, ...known.map((name) => outsideSymbol(name, fixtures))];
}

function outsideSymbol(name: string, fixtures: Fixtures): FunctionSymbol {
  const { FunctionSymbol } = loadKusto().Language.Symbols;
  const enrichment = enrichmentOf(name);
  if (enrichment !== undefined) {
    const parameters = '(T:(*), key:string = "", more:string = "")';
    return new FunctionSymbol.$ctor16(name, parameters, enrichmentBody(enrichment), null);
  }
  if (name === "_GetWatchlist") {
    const parameters = [textParameter("watchlistAlias", 1), textParameter("keys", 0)];
    return typedByArgument(name, parameters, (alias) => watchlistSymbol(alias, fixtures));
  }
  return typedByArgument(name, [textParameter("identifier", 1)], (identifier) =>
    databaseSymbol(name, tablesAt(`${name}("${identifier}")`, fixtures)),
  );
}

/** A function whose table depends on the text it is called with; `""` where that is no constant. */
function typedByArgument(
  name: string,
  parameters: Kusto.Language.Symbols.Parameter[],
  typeOf: (argument: string) => TypeSymbol,
): FunctionSymbol {
  const { FunctionSymbol, Tabularity } = loadKusto().Language.Symbols;
  return new FunctionSymbol.ctor(
    name,
    ({ Arguments }) => {
      const [first] = listOf<Kusto.Language.Syntax.Expression>(Arguments);
      const value: unknown = first?.ConstantValue;
      return typeOf(typeof value === "string" ? value : "");
    },
    Tabularity.Tabular,
    parameters,
  );
}

function watchlistSymbol(alias: string, { watchlists = {} }: Fixtures): TypeSymbol {
  const table = Object.hasOwn(watchlists, alias) ? watchlists[alias] : undefined;
  return table === undefined
    ? openTableSymbol(watchlistColumns)
    : tableSymbol({ name: "", columns: watchlistColumnsOf(table) });
}

/** The columns of a watchlist: the file's, and the id that every row of one has. */
export function watchlistColumnsOf({ columns }: FixtureTable): readonly Column[] {
  const own = columns.map(({ name }): Column => ({
    name,
    type: watchlistColumns.find((known) => known.name === name)?.type ?? "string",
  }));
  const [id] = watchlistColumns;
  return id === undefined || own.some(({ name }) => name === id.name) ? own : [id, ...own];
}

/** The tables of the place that KQL calls `place`, by their names. */
function tablesAt(place: string, fixtures: Fixtures): readonly (readonly [string, FixtureTable])[] {
  return Object.entries(fixtures.places ?? {}).flatMap(([key, table]) =>
    key.startsWith(`${place}.`) ? [[key.slice(place.length + 1), table] as const] : [],
  );
}

function databaseSymbol(
  name: string,
  tables: readonly (readonly [string, FixtureTable])[],
): Kusto.Language.Symbols.DatabaseSymbol {
  const { DatabaseSymbol } = loadKusto().Language.Symbols;
  const symbols = tables.map(([table, { columns }]) => tableSymbol({ name: table, columns }));
  return new DatabaseSymbol.$ctor1(name, symbols as never, true);
}

/** `state` with the databases whose tables are fixtures: `database("d").T`, `cluster("c").database("d").T`. */
export function withPlaces(
  state: Kusto.Language.GlobalState,
  fixtures: Fixtures = {},
): Kusto.Language.GlobalState {
  const { ClusterSymbol } = loadKusto().Language.Symbols;
  const database = /^(?:cluster\("([^"]*)"\)\.)?database\("([^"]*)"\)/;
  const places = new Map(
    Object.keys(fixtures.places ?? {}).flatMap((key) => {
      const match = database.exec(key);
      return match === null ? [] : [[match[0], match] as const];
    }),
  );
  let current = state;
  for (const [place, [, cluster, name = ""]] of places) {
    const symbol = databaseSymbol(name, tablesAt(place, fixtures));
    const own = cluster === undefined ? current.Cluster : current.GetCluster$1(cluster);
    const home = own ?? new ClusterSymbol.$ctor1(cluster ?? "", [] as never, true);
    const grown = home.AddDatabase(symbol);
    current =
      (cluster === undefined ? current.WithCluster(grown) : current.AddOrReplaceCluster(grown)) ??
      current;
  }
  return current;
}

/** A function behind `invoke` that adds the columns of `table`, all but the one it finds rows by. */
function lookupSymbol(name: string, table: FixtureTable): FunctionSymbol {
  const { FunctionSymbol, TableSymbol, Tabularity } = loadKusto().Language.Symbols;
  const added = lookupColumns(table).map(columnSymbol);
  return new FunctionSymbol.ctor(
    name,
    ({ ArgumentTypes }) => {
      const [input] = listOf<Kusto.Language.Symbols.TableSymbol>(ArgumentTypes);
      const columns = listOf<Kusto.Language.Symbols.ColumnSymbol>(input?.Columns);
      const names = new Set(columns.map(({ Name }) => Name));
      const all = [...columns, ...added.filter(({ Name }) => !names.has(Name))];
      const result = new TableSymbol.$ctor4("", all);
      return (input?.IsOpen === true ? result.WithIsOpen(true) : null) ?? result;
    },
    Tabularity.Tabular,
    tableAndAnything(),
  );
}

/** The columns that a function with the rows of `table` adds: all but the first, which it finds them by. */
export function lookupColumns({ columns }: FixtureTable): readonly Column[] {
  return columns.slice(1);
}

/** The symbol of a function behind `invoke` of which nothing but its name is known. */
export function unknownInvoked(name: string): FunctionSymbol {
  const { FunctionSymbol } = loadKusto().Language.Symbols;
  return new FunctionSymbol.$ctor5(name, openTableSymbol([]), tableAndAnything());
}

/** The parameters of a function that takes a table and anything behind it. */
function tableAndAnything(): Kusto.Language.Symbols.Parameter[] {
  const { ParameterTypeKind } = loadKusto().Language.Symbols;
  return Array.from({ length: 12 }, (_, index) =>
    index === 0
      ? parameter("p0", ParameterTypeKind.Tabular, 1)
      : parameter(`p${index}`, ParameterTypeKind.Any, 0),
  );
}

function textParameter(name: string, minOccurring: number): Kusto.Language.Symbols.Parameter {
  return parameter(name, loadKusto().Language.Symbols.ParameterTypeKind.Scalar, minOccurring);
}

function parameter(
  name: string,
  kind: Kusto.Language.Symbols.ParameterTypeKind,
  minOccurring: number,
): Kusto.Language.Symbols.Parameter {
  const { Parameter, ArgumentKind } = loadKusto().Language.Symbols;
  return new Parameter.ctor(
    name,
    kind,
    ArgumentKind.Expression,
    null,
    null,
    false,
    null,
    minOccurring,
    1,
    null,
    null,
  );
}
