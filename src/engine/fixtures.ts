import type { DuckDBValue } from "@duckdb/node-api";
import { InputError, unreachable } from "../base/diagnostic.ts";
import { geoLookup, geoTable, type FixtureRef } from "../plan/fixture-ref.ts";
import type { Expr, Program, Rel } from "../plan/types.ts";
import { exprsOf, partsOf, relationsIn } from "../plan/walk.ts";
import { externalText, type Fixtures, type FixtureTable } from "../schema/fixtures.ts";
import type { Column, Row } from "../schema/types.ts";
import { identifier } from "../sql/quote.ts";
import { createTable, storedColumns, type Database } from "./database.ts";
import { externalRows } from "./external-data.ts";
import { geoColumns, geoRows } from "./geo-rows.ts";
import { toDatabase } from "./values.ts";

/** What a program reads of fixtures. */
export interface FixtureReads {
  readonly scans: readonly FixtureScan[];
  /** Whether it asks where addresses are. */
  readonly geo: boolean;
}

/** A fixture by the name of its table, and the columns that are read of it. */
interface FixtureScan {
  readonly table: string;
  readonly ref: FixtureRef;
  readonly columns: readonly Column[];
}

export function fixtureReads(program: Program): FixtureReads {
  const scans = new Map<string, FixtureScan>();
  const rels = [...program.bindings.map(({ rel }) => rel), program.body].flatMap(relationsIn);
  for (const rel of rels) {
    if (rel.kind !== "scan" || rel.fixture === undefined) continue;
    const { table, fixture: ref } = rel;
    const known = scans.get(table)?.columns ?? [];
    const columns = new Map([...known, ...rel.columns].map((column) => [column.name, column]));
    scans.set(table, { table, ref, columns: [...columns.values()] });
  }
  return { scans: [...scans.values()], geo: rels.some(asksForPlaces) };
}

function asksForPlaces(rel: Rel): boolean {
  const asks = (expr: Expr): boolean =>
    (expr.kind === "call" && expr.name === geoLookup) || partsOf(expr).some(asks);
  return exprsOf(rel).some(asks);
}

/** What of `reads` nothing in `fixtures` answers for, in words; undefined where all has an answer. */
export function unanswered(reads: FixtureReads, fixtures: Fixtures): string | undefined {
  const scan = reads.scans.find(({ ref }) => rowsOf(ref, fixtures) === undefined);
  if (scan !== undefined) return describe(scan.ref);
  return reads.geo && fixtures.geoIp === undefined ? "no places of addresses" : undefined;
}

function describe(ref: FixtureRef): string {
  switch (ref.kind) {
    case "watchlist":
      return `no watchlist \`${ref.alias}\``;
    case "lookup":
      return `no rows for \`${ref.name}\``;
    case "place":
      return `no table \`${ref.key}\``;
    case "external":
      return `no text for ${ref.urls.map((url) => `\`${url}\``).join(", ")}`;
    default:
      return unreachable(ref);
  }
}

/** The fixtures that a program reads, in a database. */
export interface StoredFixtures {
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly ascii: boolean;
}

/** Fixtures in a database, each stored when a program first reads it. */
export interface FixtureStore {
  store(program: Program): Promise<StoredFixtures>;
}

/** `fixtures` for a database that answers several programs. What has no answer has no rows. */
export function createFixtureStore(database: Database, fixtures: Fixtures): FixtureStore {
  const tables = new Map<string, ReadonlyMap<string, string>>();
  let ascii = true;
  const fill = async ({ table, columns, rows }: FilledTable): Promise<void> => {
    const names = await createTable(database, table, columns);
    const written = await database.write(table, storedColumns(columns, names), (writer) => {
      for (const row of rows) {
        for (const [index, column] of columns.entries()) writer.set(index, cell(row, column));
        writer.next();
      }
    });
    tables.set(table, names);
    ascii &&= written.ascii;
  };
  return {
    async store(program) {
      for (const filled of tablesFor(fixtureReads(program), fixtures)) {
        const known = tables.get(filled.table);
        if (filled.columns.every(({ name }) => known?.has(name) === true)) continue;
        if (known !== undefined) await database.run(`DROP TABLE ${identifier(filled.table)}`);
        await fill(filled);
      }
      return { tables, ascii };
    },
  };
}

const rowColumn: Column = { name: "$row", type: "int" };

interface FilledTable {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

function tablesFor({ scans, geo }: FixtureReads, fixtures: Fixtures): readonly FilledTable[] {
  const filled = scans.map(({ table, ref, columns }): FilledTable => ({
    table,
    // Where nothing but their number counts, a table still needs a column.
    columns: columns.length === 0 ? [rowColumn] : columns,
    rows: rowsOf(ref, fixtures) ?? [],
  }));
  if (!geo) return filled;
  return [...filled, { table: geoTable, columns: geoColumns, rows: geoRows(fixtures.geoIp ?? []) }];
}

function cell(row: Row, { name, type }: Column): DuckDBValue {
  const value = toDatabase[type](row[name]);
  if (value !== undefined) return value;
  throw new InputError({
    code: "KT0312",
    message: `\`${name}\` of a fixture is \`${JSON.stringify(row[name])}\`, which is no ${type}`,
  });
}

/** The rows of `ref`; undefined where nothing is declared for it. */
function rowsOf(ref: FixtureRef, fixtures: Fixtures): readonly Row[] | undefined {
  switch (ref.kind) {
    case "watchlist":
      return tableOf(fixtures.watchlists, ref.alias)?.rows.map((row, index) => ({
        _DTItemId: `${ref.alias}-${index + 1}`,
        ...row,
      }));
    case "lookup":
      return firstByKey(tableOf(fixtures.functions, ref.name)?.rows, ref.key);
    case "place":
      return tableOf(fixtures.places, ref.key)?.rows;
    case "external": {
      const texts = ref.urls.map((url) => externalText(fixtures, url));
      if (texts.includes(undefined)) return undefined;
      return texts.flatMap((text) => (text === undefined ? [] : externalRows(text, ref)));
    }
    default:
      return unreachable(ref);
  }
}

function tableOf(
  tables: Readonly<Record<string, FixtureTable>> = {},
  name: string,
): FixtureTable | undefined {
  return Object.hasOwn(tables, name) ? tables[name] : undefined;
}

/** A function gives one answer for a key: the first, as a scenario's rows stand before the project's. */
function firstByKey(rows: readonly Row[] | undefined, key: string): readonly Row[] | undefined {
  if (rows === undefined) return undefined;
  const first = new Map<string, Row>();
  for (const row of rows) {
    const value = row[key] ?? "";
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    if (text !== "" && !first.has(text)) first.set(text, row);
  }
  return [...first.values()];
}
