import { defined } from "../../base/defined.ts";
import { parseCsv } from "../../base/csv.ts";
import { InputError } from "../../base/diagnostic.ts";
import { exactJson, holdsRounded, parseExactJson } from "../../base/json.ts";
import type { Source } from "../../base/source.ts";
import { suggestion } from "../../base/text.ts";
import { bundledCatalog, dialects, type Catalog, type Table } from "../../schema/tables.ts";
import type { Problem } from "./problems.ts";
import { formatInstant, parseInstant } from "../../schema/time.ts";
import type { KqlType, Row, Value } from "../../schema/types.ts";

/** A row as a file has it, and where. */
interface RawRow {
  readonly values: Readonly<Record<string, unknown>>;
  /** Absent for a file that is no text. */
  readonly start?: number;
}

/** The table of that name: Defender's, one of `own`, or a workspace's; undefined where there is none. The workspace's many are read only where no other has the name. */
export function knownTable(name: string, own: Catalog): Table | undefined {
  return (
    bundledCatalog("defender-xdr").get(name) ??
    own.get(name) ??
    bundledCatalog("sentinel").get(name)
  );
}

/** What is wrong with the name of a table that neither product nor `own` has. */
export function unknownTable(name: string, own: Catalog): Problem {
  const known = dialects.flatMap((dialect) => [...bundledCatalog(dialect).keys()]);
  return {
    message: `there is no table \`${name}\``,
    hint:
      suggestion(name, [...known, ...own.keys()]) ??
      "write a table of Defender or Sentinel, or one of the project's `tables/`",
  };
}

/** The rows of `table` that the text of a `.jsonl`, `.json` or `.csv` file holds. Throws an `InputError` for what is no such file, and for columns and values that the table does not have. */
export function readRows(source: Source, table: Table): readonly Row[] {
  const raw = source.file.endsWith(".csv") ? csvRows(source) : jsonRows(source);
  return typedRows(raw, { source, table });
}

/** `rows` of a file that is no text as rows of `table`. Throws an `InputError`. */
export function typeRows(
  rows: readonly Readonly<Record<string, unknown>>[],
  file: { readonly file: string; readonly table: Table },
): readonly Row[] {
  const raw = rows.map((values) => ({ values }));
  return typedRows(raw, { source: { file: file.file, text: "" }, table: file.table });
}

function typedRows(
  raw: readonly RawRow[],
  { source, table }: { readonly source: Source; readonly table: Table },
): readonly Row[] {
  const types = new Map(table.columns.map(({ name, type }) => [name, type]));
  return raw.map(({ values, start }, index) => {
    const row: Record<string, Value> = {};
    for (const [name, value] of Object.entries(values)) {
      const type = types.get(name);
      const at = { source, start: keyPlace(source, name, start), row: index + 1 };
      if (type === undefined) {
        throw rowError(at, {
          message: `table \`${table.name}\` has no column \`${name}\``,
          hint: suggestion(name, [...types.keys()]),
        });
      }
      const typed = valueOf(value, type);
      if (typed === undefined) {
        throw rowError(at, notOfType(name, type, value));
      }
      if (typed !== null) row[name] = typed;
    }
    return row;
  });
}

function notOfType(
  name: string,
  type: KqlType,
  value: unknown,
): { readonly message: string; readonly hint?: string } {
  if (type === "dynamic") {
    return {
      message: `column \`${name}\` holds a number beyond 2^53, which would be rounded`,
      hint: "write it in quotes",
    };
  }
  return { message: `column \`${name}\` is of type \`${type}\`, found ${exactJson(value)}` };
}

/** Where the key `name` of the row at `start` stands, where its file has a line for each row; else `start`. */
function keyPlace(
  { file, text }: Source,
  name: string,
  start: number | undefined,
): number | undefined {
  if (start === undefined || !/\.(jsonl|ndjson)$/.test(file)) return start;
  const end = text.indexOf("\n", start);
  const line = text.slice(start, end < 0 ? undefined : end);
  // A quote inside a text is escaped, so that a key can be told from a text that holds it.
  const texts = line.matchAll(/("(?:[^"\\]|\\.)*")\s*(:?)/g);
  const key = [...texts].find(([, text, colon]) => colon === ":" && text === JSON.stringify(name));
  return start + (key?.index ?? 0);
}

function rowError(
  at: { readonly source: Source; readonly start: number | undefined; readonly row: number },
  { message, hint }: { readonly message: string; readonly hint?: string | undefined },
): InputError {
  const { source, start, row } = at;
  const place =
    start === undefined
      ? { message: `row ${row}: ${message}` }
      : { span: { start, end: start + 1 } };
  return new InputError({
    code: "KT0533",
    message,
    source,
    ...place,
    ...defined({ hint }),
  });
}

function jsonRows(source: Source): readonly RawRow[] {
  if (source.file.endsWith(".json")) {
    const data = listIn(parseJson(source, source.text, 0));
    if (data === undefined) {
      throw rowError(
        { source, start: 0, row: 1 },
        { message: "the file must hold a list of rows" },
      );
    }
    return data.map((values: unknown, index) => ({
      values: asMap(values, { source, start: 0, row: index + 1 }),
      start: 0,
    }));
  }
  const rows: RawRow[] = [];
  let start = 0;
  for (const line of source.text.split("\n")) {
    if (line.trim() !== "") {
      const at = { source, start, row: rows.length + 1 };
      rows.push({ values: asMap(parseJson(source, line, start), at), start });
    }
    start += line.length + 1;
  }
  return rows;
}

/** The rows of `data`: a list, or an answer of a hunting API, which Defender and Microsoft Graph spell in two ways. */
function listIn(data: unknown): readonly unknown[] | undefined {
  if (Array.isArray(data)) return data;
  if (typeof data !== "object" || data === null) return undefined;
  const { Results: defender, results: graph } = data as Readonly<Record<string, unknown>>;
  const list = defender ?? graph;
  return Array.isArray(list) ? list : undefined;
}

function asMap(data: unknown, at: Parameters<typeof rowError>[0]): RawRow["values"] {
  if (typeof data === "object" && data !== null && !Array.isArray(data)) {
    return data as RawRow["values"];
  }
  throw rowError(at, { message: "a row is a map of column to value" });
}

function parseJson(source: Source, text: string, start: number): unknown {
  try {
    return parseExactJson(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const { message } = error as Error;
    const place = start + Number(/at position (\d+)/.exec(message)?.[1] ?? 0);
    throw rowError({ source, start: place, row: 1 }, { message: `not valid JSON: ${message}` });
  }
}

function csvRows(source: Source): readonly RawRow[] {
  const [header, ...records] = parseCsv(source);
  if (header === undefined) return [];
  return records.map(({ cells, start }, index) => {
    if (cells.length !== header.cells.length) {
      const message = `${cells.length} cells under ${header.cells.length} columns`;
      throw rowError({ source, start, row: index + 1 }, { message });
    }
    const values = header.cells.map((name, column) => [name, cells[column] ?? ""] as const);
    return { values: Object.fromEntries(values), start };
  });
}

const numbers: ReadonlySet<KqlType> = new Set<KqlType>(["int", "long", "real", "decimal"]);

/** `value` as one of `type`; undefined where it is none. Texts stand for what CSV cannot write otherwise. */
function valueOf(value: unknown, type: KqlType): Value | undefined {
  if (value === null || (value === "" && type !== "string")) return null;
  if (type === "dynamic") return dynamicOf(value);
  if (type === "string") return stringOf(value);
  if (type === "bool") {
    if (typeof value === "boolean") return value;
    return typeof value === "string"
      ? { true: true, false: false }[value.toLowerCase()]
      : undefined;
  }
  if (type === "datetime") return typeof value === "string" ? instantOf(value) : undefined;
  if (numbers.has(type)) return numberOf(value, type);
  return typeof value === "string" ? value : undefined;
}

/** Recordings have JSON as a value where the table has text. */
function stringOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "object" ? exactJson(value) : undefined;
}

function instantOf(text: string): string | undefined {
  // Parquet's own spelling has a blank and no zone; it is UTC.
  const ticks = parseInstant(
    text.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(?:\+00)?$/, "$1T$2Z"),
  );
  return ticks === undefined ? undefined : formatInstant(ticks);
}

function numberOf(value: unknown, type: KqlType): Value | undefined {
  if (!["number", "bigint", "string"].includes(typeof value)) return undefined;
  const isWhole = type === "int" || type === "long";
  if (isWhole && !/^-?\d{1,19}$/.test(String(value))) return undefined;
  const number = Number(value);
  if (!Number.isFinite(number)) return undefined;
  if (type === "int" && Math.abs(number) > 0x7fff_ffff) return undefined;
  return type === "long" && !Number.isSafeInteger(number) ? String(value) : number;
}

/** `value` as a dynamic one; undefined where a number in it would be rounded. */
function dynamicOf(value: unknown): Value | undefined {
  const data = typeof value === "string" ? parsed(value) : value;
  return holdsRounded(data) ? undefined : (data as Value);
}

function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return text;
  }
}
