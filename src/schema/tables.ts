import { defenderTables } from "./defender-tables.ts";
import type { Column, KqlType } from "./types.ts";

/** Columns of a table in one line, blank-separated: `Name` for a string, `Name:letter` for another type. */
export type TableText = string;

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** Tables by name. */
export type Catalog = ReadonlyMap<string, Table>;

/** Where a rule runs, and therefore which tables and which time column it sees. */
export type Dialect = "defender-xdr" | "sentinel";

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
  const catalog = new Map(
    Object.entries(defenderTables).map(([name, text]) => [name, parseTable(name, text, dialect)]),
  );
  catalogs.set(dialect, catalog);
  return catalog;
}

const catalogs = new Map<Dialect, Catalog>();

function parseTable(name: string, text: TableText, dialect: Dialect): Table {
  const columns = text.split(" ").map((entry): Column => {
    const [column = "", letter] = entry.split(":");
    const type = letter === undefined ? "string" : typeLetters[letter];
    if (type === undefined) throw new Error(`unknown type letter in table ${name}: ${entry}`);
    return { name: column, type };
  });
  if (dialect === "defender-xdr") return { name, columns };
  // In a Sentinel workspace the same tables carry the workspace's own time and housekeeping columns.
  return {
    name,
    columns: [
      { name: "TimeGenerated", type: "datetime" },
      ...columns,
      { name: "TenantId", type: "string" },
      { name: "Type", type: "string" },
    ],
  };
}
