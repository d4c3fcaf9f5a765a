import { defined } from "../../base/defined.ts";
import type { DuckDBValue } from "@duckdb/node-api";
import { InputError } from "../../base/diagnostic.ts";
import { suggestion } from "../../base/text.ts";
import type { Catalog, Table } from "../../schema/tables.ts";
import type { Column, Row, Tables } from "../../schema/types.ts";
import { identifier } from "../../sql/text/quote.ts";
import { distinctNames } from "../../sql/distinct-names.ts";
import { sqlTypes } from "../../sql/types.ts";
import { createTable, storedColumns, type Database } from "./database.ts";
import { toDatabase } from "./database-values.ts";

/** The tables of an engine that hold rows, and what is known of them. */
export interface Store {
  /** Adds rows; checks every column and value first. */
  load(tables: Tables): Promise<void>;
  /** The columns that `table` has in the database, each with its name there. */
  stored(table: string): ReadonlyMap<string, string> | undefined;
  /** How many rows there are in all. */
  readonly rows: number;
  /** True while no string has a character beyond ASCII. */
  readonly ascii: boolean;
}

export function createStore(database: Database, catalog: Catalog): Store {
  const columnsOf = new Map<string, ReadonlyMap<string, string>>();
  let ascii = true;
  let count = 0;
  const load = async (table: Table, rows: readonly Row[]): Promise<void> => {
    const columns = givenColumns(table, rows);
    // All values are read before any is stored: a bad one leaves the table as it was.
    const values = convertRows(table, columns, rows);
    const names = await ensureColumns(table.name, columns);
    const { ascii: allAscii } = await database.write(
      table.name,
      storedColumns(columns, names),
      (writer) => {
        for (const row of values) {
          for (const [index, value] of row.entries()) writer.set(index, value);
          writer.next();
        }
      },
    );
    ascii &&= allAscii;
    count += rows.length;
  };
  const ensureColumns = async (
    table: string,
    columns: readonly Column[],
  ): Promise<ReadonlyMap<string, string>> => {
    const known = columnsOf.get(table);
    if (known === undefined) {
      const names = await createTable(database, table, columns);
      columnsOf.set(table, names);
      return names;
    }
    const names = distinctNames(new Set([...known.keys(), ...columns.map(({ name }) => name)]));
    for (const { name, type } of columns) {
      if (known.has(name)) continue;
      // Rows that are there already have no text in it, which in KQL is the empty one.
      const fallback = type === "string" ? " DEFAULT ''" : "";
      const column = `${identifier(names.get(name) ?? name)} ${sqlTypes[type]}${fallback}`;
      await database.run(`ALTER TABLE ${identifier(table)} ADD COLUMN ${column}`);
    }
    columnsOf.set(table, names);
    return names;
  };
  return {
    async load(tables) {
      for (const [name, rows] of Object.entries(tables)) {
        if (rows.length > 0) await load(tableOf(catalog, name), rows);
      }
    },
    stored: (table) => columnsOf.get(table),
    get rows() {
      return count;
    },
    get ascii() {
      return ascii;
    },
  };
}

function tableOf(catalog: Catalog, name: string): Table {
  const table = catalog.get(name);
  if (table !== undefined) return table;
  const hint = suggestion(name, [...catalog.keys()]);
  throw new InputError({
    code: "KT0310",
    message: `there is no table \`${name}\``,
    ...defined({ hint }),
  });
}

/** The columns that some row gives, in the schema's order. */
function givenColumns(table: Table, rows: readonly Row[]): readonly Column[] {
  const given = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) given.add(name);
  const columns = table.columns.filter(({ name }) => given.delete(name));
  const [unknown] = given;
  if (unknown === undefined) return columns;
  const hint = suggestion(
    unknown,
    table.columns.map(({ name }) => name),
  );
  throw new InputError({
    code: "KT0311",
    message: `table \`${table.name}\` has no column \`${unknown}\``,
    ...defined({ hint }),
  });
}

function convertRows(
  table: Table,
  columns: readonly Column[],
  rows: readonly Row[],
): readonly (readonly DuckDBValue[])[] {
  return rows.map((row, index) =>
    columns.map(({ name, type }): DuckDBValue => {
      const value = toDatabase[type](row[name]);
      if (value !== undefined) return value;
      throw new InputError({
        code: "KT0312",
        message: `\`${table.name}.${name}\` of row ${index + 1} is \`${JSON.stringify(row[name])}\`, which is no ${type}`,
      });
    }),
  );
}
