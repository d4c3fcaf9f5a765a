import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join, relative } from "node:path";
import { InputError } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import type { Catalog } from "../schema/tables.ts";
import type { Column, KqlType, Row, Tables, Value } from "../schema/types.ts";
import { parseCsv, type CsvRecord } from "../base/csv.ts";
import { metadataFile } from "../recording/write-recording.ts";
import { createJsonListCut, csvCut, lineCut, textPieces } from "./output/text-pieces.ts";
import { badPath } from "./usage.ts";

/** The rows of the file at `path`, which diagnostics call `file`, in batches. */
type RowReader = (
  path: string,
  file: string,
  columns: readonly Column[],
) => Generator<readonly Row[]>;

/** How the rows of a file are read, by its ending. */
const readers: Readonly<Record<string, RowReader>> = {
  ".json": jsonRows,
  ".jsonl": jsonLineRows,
  ".ndjson": jsonLineRows,
  ".csv": csvRows,
};

/** Files that tell of the others: of a recording, of what was generated. */
const notes: readonly string[] = [metadataFile, "manifest.json"];

/** The tables of a folder, in batches of rows, so that a file may be larger than memory allows for its rows as objects: each file `<Table>.json`, `.jsonl`, `.ndjson` or `.csv` in it is one, but what tells of the others. Throws an `InputError` for a folder without any. */
export function* readDataFolder(folder: string, base: string, catalog: Catalog): Generator<Tables> {
  const label = relative(base, folder) || ".";
  const files = listFiles(folder, label).filter(
    (file) => !notes.includes(file) && extname(file).toLowerCase() in readers,
  );
  if (files.length === 0) {
    throw badPath({
      message: `\`${label}\` holds no table`,
      hint: `name the files after their tables: \`DeviceProcessEvents.json\`, or ${Object.keys(readers).slice(1).join(", ")}`,
    });
  }
  const tables = new Map<string, string>();
  for (const file of files) {
    const table = basename(file, extname(file));
    if (tables.has(table)) {
      throw badPath({ message: `\`${label}\` holds the table \`${table}\` in two files` });
    }
    tables.set(table, file);
  }
  for (const [table, file] of tables) {
    const read = readers[extname(file).toLowerCase()];
    if (read === undefined) throw new Error(`no reader for ${file}`);
    const columns = catalog.get(table)?.columns ?? [];
    for (const rows of readFile(read, join(folder, file), { file: join(label, file), columns })) {
      yield { [table]: rows };
    }
  }
}

function* readFile(
  read: RowReader,
  path: string,
  { file, columns }: { readonly file: string; readonly columns: readonly Column[] },
): Generator<readonly Row[]> {
  try {
    yield* read(path, file, columns);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw dataError({ file, text: "" }, (error as Error).message, { cause: error });
  }
}

function listFiles(folder: string, label: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .toSorted();
  } catch (error) {
    throw badPath(
      { message: `the folder \`${label}\` cannot be read`, hint: codeOf(error) },
      error,
    );
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code === "ENOENT"
    ? "it does not exist"
    : (error as Error).message;
}

/** A list up to this size is parsed as a whole. */
const mostBytes = 2 ** 25;

function* jsonRows(path: string, file: string): Generator<readonly Row[]> {
  if (statSync(path).size > mostBytes) {
    yield* longListRows(path, file);
    return;
  }
  const source = { file, text: readFileSync(path, "utf8") };
  const data = parseJson(source, source.text, 0);
  if (!Array.isArray(data)) throw dataError(source, "the file must hold a list of rows");
  yield data.map((row: unknown, index) => asRow(source, row, `row ${index + 1}`));
}

/** A list of rows that is parsed some rows at a time. */
function* longListRows(path: string, file: string): Generator<readonly Row[]> {
  let count = 0;
  let ended = false;
  for (const { text, start, last } of textPieces(path, createJsonListCut())) {
    ended = last;
    const source = { file, text };
    const opened = count === 0 ? text.replace(/^\s*\uFEFF?\s*/, "") : `[${text.slice(start)}`;
    // Each piece but the last ends after a comma.
    const whole = last ? opened : `${opened.slice(0, -1)}]`;
    const data = parseJson(source, whole, text.length - opened.length);
    if (!Array.isArray(data)) throw dataError(source, "the file must hold a list of rows");
    const rows = data.map((row: unknown, index) => asRow(source, row, `row ${count + index + 1}`));
    count += rows.length;
    yield rows;
  }
  if (!ended) throw dataError({ file, text: "" }, "not valid JSON: the list does not end");
}

function* jsonLineRows(path: string, file: string): Generator<readonly Row[]> {
  let count = 0;
  for (const { text, start } of textPieces(path, lineCut)) {
    const source = { file, text };
    const rows: Row[] = [];
    let at = start;
    for (const line of text.slice(start).split("\n")) {
      if (line.trim() !== "") {
        const name = `row ${count + rows.length + 1}`;
        rows.push(asRow(source, parseJson(source, line, at), name));
      }
      at += line.length + 1;
    }
    count += rows.length;
    yield rows;
  }
}

function parseJson(source: Source, text: string, start: number): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const position = /at position (\d+)/.exec((error as Error).message)?.[1];
    const at = start + Number(position ?? 0);
    throw dataError(source, `not valid JSON: ${(error as Error).message}`, {
      at,
      cause: error,
    });
  }
}

function asRow(source: Source, data: unknown, name: string): Row {
  if (typeof data === "object" && data !== null && !Array.isArray(data)) return data as Row;
  throw dataError(source, `${name} is not a map of column to value`);
}

function* csvRows(
  path: string,
  file: string,
  columns: readonly Column[],
): Generator<readonly Row[]> {
  const types = new Map(columns.map((column) => [column.name, column.type]));
  let names: readonly string[] | undefined;
  for (const { text } of textPieces(path, csvCut)) {
    const source = { file, text };
    const records = parseCsv(source);
    names ??= records.shift()?.cells;
    if (names === undefined) continue;
    const header = names;
    yield records.map((record) => csvRow(record, { header, types, source }));
  }
  if (names === undefined) throw dataError({ file, text: "" }, "the file has no header line");
}

interface CsvContext {
  readonly header: readonly string[];
  readonly types: ReadonlyMap<string, KqlType>;
  readonly source: Source;
}

function csvRow({ cells, start }: CsvRecord, { header, types, source }: CsvContext): Row {
  if (cells.length !== header.length) {
    throw dataError(source, `${cells.length} cells under ${header.length} columns`, { at: start });
  }
  return Object.fromEntries(
    header.map((name, index) => {
      const type = types.get(name) ?? "string";
      const value = csvValue(cells[index] ?? "", type);
      if (value !== undefined) return [name, value];
      throw dataError(source, `\`${cells[index] ?? ""}\` in \`${name}\` is no ${type}`, {
        at: start,
      });
    }),
  );
}

/** The value a CSV cell stands for in a column of `type`, or undefined where it stands for none. */
function csvValue(text: string, type: KqlType): Value | undefined {
  if (type === "string") return text;
  if (text === "") return null;
  switch (type) {
    case "bool":
      return { true: true, "1": true, false: false, "0": false }[text.toLowerCase()];
    case "int":
    case "long":
      if (!/^-?\d+$/.test(text)) return undefined;
      return Number.isSafeInteger(Number(text)) ? Number(text) : text;
    case "real":
      return Number.isNaN(Number(text)) ? undefined : Number(text);
    case "dynamic":
      try {
        return JSON.parse(text) as Value;
      } catch {
        return text;
      }
    default:
      return text;
  }
}

function dataError(
  source: Source,
  message: string,
  place: { readonly at?: number; readonly cause?: unknown } = {},
): InputError {
  const { at, cause } = place;
  const span = at === undefined ? {} : { span: { start: at, end: at + 1 } };
  return new InputError({ code: "KT0904", message, source, ...span }, { cause });
}
