import { defenderTables } from "./defender-tables.ts";
import { logAnalyticsTables } from "./log-analytics.ts";
import type { Column, KqlType, TableText } from "./types.ts";

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** Tables by name. */
export type Catalog = ReadonlyMap<string, Table>;

/** Where a rule runs, and therefore which tables and which time column it sees. */
export type Dialect = "defender-xdr" | "sentinel";

export const dialects: readonly Dialect[] = ["defender-xdr", "sentinel"];

const typeLetters: Readonly<Record<string, KqlType>> = {
  b: "bool",
  i: "int",
  l: "long",
  r: "real",
  m: "decimal",
  t: "datetime",
  s: "timespan",
  g: "guid",
  d: "dynamic",
};

/** The bundled tables of `dialect`. */
export function bundledCatalog(dialect: Dialect): Catalog {
  const known = catalogs.get(dialect);
  if (known !== undefined) return known;
  const catalog = dialect === "sentinel" ? sentinelCatalog() : defenderCatalog();
  catalogs.set(dialect, catalog);
  return catalog;
}

const catalogs = new Map<Dialect, Catalog>();

function defenderCatalog(): Catalog {
  return new Map(
    Object.entries(defenderTables).map(([name, text]) => [
      name,
      lazyTable(name, () => parseColumns(text)),
    ]),
  );
}

/** The workspace's tables, and those that Defender XDR sends to it. */
function sentinelCatalog(): Catalog {
  const catalog = new Map<string, Table>();
  for (const [name, text] of logAnalyticsTables()) {
    catalog.set(
      name,
      lazyTable(name, () => parseColumns(text())),
    );
  }
  for (const [name, text] of Object.entries(defenderTables)) {
    const own = catalog.get(name)?.columns;
    // Only of these does the workspace's description lack columns that the connector delivers.
    if (own === undefined || isStub(own) || name.startsWith("Device")) {
      catalog.set(
        name,
        lazyTable(name, () => inWorkspace(parseColumns(text), own ?? [])),
      );
    }
  }
  return catalog;
}

/** A table whose columns are made when they are first asked for. */
function lazyTable(name: string, make: () => readonly Column[]): Table {
  let columns: readonly Column[] | undefined;
  return {
    name,
    get columns() {
      columns ??= make();
      return columns;
    },
  };
}

function isStub(columns: readonly Column[]): boolean {
  return columns.length < 6;
}

/** `columns` of Defender XDR with the types a workspace gives them, between its time and its housekeeping columns. */
function inWorkspace(columns: readonly Column[], own: readonly Column[]): readonly Column[] {
  const types = new Map(own.map(({ name, type }) => [name, type]));
  const merged = new Map<string, Column>([
    ["TimeGenerated", { name: "TimeGenerated", type: "datetime" }],
    ...columns.map(({ name, type }) => [name, { name, type: types.get(name) ?? type }] as const),
    ...[...own, ...parseColumns(housekeeping)].map((column) => [column.name, column] as const),
  ]);
  return [...merged.values()];
}

const housekeeping: TableText =
  "TenantId SourceSystem Type _ItemId _TimeReceived:t _ResourceId _SubscriptionId _IsBillable _BilledSize:r";

/** The columns that `text` writes. */
export function parseColumns(text: TableText): readonly Column[] {
  return text.split(" ").map((entry): Column => {
    const [column = "", letter] = entry.split(":");
    const type = letter === undefined ? "string" : typeLetters[letter];
    if (type === undefined) throw new Error(`unknown type letter in \`${entry}\``);
    return { name: column, type };
  });
}
