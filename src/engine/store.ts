import type { DuckDBValue } from "@duckdb/node-api";
import { InputError } from "../base/diagnostic.ts";
import { suggestion } from "../base/text.ts";
import type { Catalog, Table } from "../schema/tables.ts";
import type { Row, Tables } from "../schema/types.ts";
import { identifier } from "../sql/quote.ts";
import { sqlTypes } from "../sql/types.ts";
import { createTableSql, type Database, type StoredColumn } from "./database.ts";
import { toDatabase } from "./values.ts";

/** The tables of an engine that hold rows, and what is known of them. */
export interface Store {
  /** Adds rows; checks every column and value first. */
  load(tables: Tables): Promise<void>;
  stored(table: string): ReadonlySet<string> | undefined;
  /** True while no string has a character beyond ASCII. */
  readonly ascii: boolean;
}

export function createStore(database: Database, catalog: Catalog): Store {
  const columnsOf = new Map<string, Set<string>>();
  let ascii = true;
  const load = async (table: Table, rows: readonly Row[]): Promise<void> => {
    const columns = convertRows(table, rows);
    if (columns.some(hasNonAscii)) ascii = false;
    const known = columnsOf.get(table.name);
    if (known === undefined) {
      await database.run(createTableSql(table.name, columns));
      await database.append(table.name, columns);
      columnsOf.set(table.name, new Set(columns.map(({ name }) => name)));
      return;
    }
    for (const { name, type } of columns) {
      if (known.has(name)) continue;
      const fallback = type === "string" ? " DEFAULT ''" : "";
      await database.run(
        `ALTER TABLE ${identifier(table.name)} ADD COLUMN ${identifier(name)} ${sqlTypes[type]}${fallback}`,
      );
      known.add(name);
    }
    const byName = new Map(columns.map((column) => [column.name, column]));
    await database.append(
      table.name,
      Array.from(known, (name) => byName.get(name) ?? emptyColumn(table, name, rows.length)),
    );
  };
  return {
    async load(tables) {
      for (const [name, rows] of Object.entries(tables)) {
        if (rows.length > 0) await load(tableOf(catalog, name), rows);
      }
    },
    stored: (table) => columnsOf.get(table),
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
    ...(hint === undefined ? {} : { hint }),
  });
}

function emptyColumn(table: Table, name: string, length: number): StoredColumn {
  const type = table.columns.find((column) => column.name === name)?.type ?? "string";
  const value = toDatabase(null, type) ?? null;
  return { name, type, values: Array.from({ length }, () => value) };
}

/** The columns that some row gives, in the schema's order. */
function convertRows(table: Table, rows: readonly Row[]): readonly StoredColumn[] {
  const given = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) given.add(name);
  const columns = table.columns.filter(({ name }) => given.delete(name));
  const [unknown] = given;
  if (unknown !== undefined) {
    const hint = suggestion(
      unknown,
      table.columns.map(({ name }) => name),
    );
    throw new InputError({
      code: "KT0311",
      message: `table \`${table.name}\` has no column \`${unknown}\``,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  return columns.map(({ name, type }) => ({
    name,
    type,
    values: rows.map((row, index): DuckDBValue => {
      const value = toDatabase(row[name], type);
      if (value !== undefined) return value;
      throw new InputError({
        code: "KT0312",
        message: `\`${table.name}.${name}\` of row ${index + 1} is \`${JSON.stringify(row[name])}\`, which is no ${type}`,
      });
    }),
  }));
}

/** True where a column holds text with a character beyond ASCII. */
export function hasNonAscii({ values }: StoredColumn): boolean {
  // oxlint-disable-next-line no-control-regex -- ASCII begins with control characters
  return values.some((value) => typeof value === "string" && /[^\u0000-\u007f]/.test(value));
}
