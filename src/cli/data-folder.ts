import { readdirSync, readFileSync } from "node:fs";
import { basename, extname, join, relative } from "node:path";
import { InputError } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import type { Catalog } from "../schema/tables.ts";
import type { Column, KqlType, Row, Tables, Value } from "../schema/types.ts";
import { parseCsv } from "../base/csv.ts";
import { headFile } from "../recording/write-recording.ts";
import { badPath } from "./usage.ts";

type RowReader = (source: Source, columns: readonly Column[]) => readonly Row[];

/** How the rows of a file are read, by its ending. */
const readers: Readonly<Record<string, RowReader>> = {
  ".json": jsonRows,
  ".jsonl": jsonLineRows,
  ".ndjson": jsonLineRows,
  ".csv": csvRows,
};

/** Files that tell of the others: of a recording, of what was generated. */
const notes: readonly string[] = [headFile, "manifest.json"];

/** The tables of a folder: each file `<Table>.json`, `.jsonl`, `.ndjson` or `.csv` in it is one, but what tells of the others. Throws an `InputError` for a folder without any. */
export function readDataFolder(folder: string, base: string, catalog: Catalog): Tables {
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
  const tables = new Map<string, readonly Row[]>();
  for (const file of files) {
    const ending = extname(file);
    const table = basename(file, ending);
    if (tables.has(table)) {
      throw badPath({ message: `\`${label}\` holds the table \`${table}\` in two files` });
    }
    const source = {
      file: join(label, file),
      text: readFileSync(join(folder, file), "utf8"),
    };
    const read = readers[ending.toLowerCase()];
    if (read === undefined) throw new Error(`no reader for ${file}`);
    tables.set(table, read(source, catalog.get(table)?.columns ?? []));
  }
  return Object.fromEntries(tables);
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

function jsonRows(source: Source): readonly Row[] {
  const data = parseJson(source, source.text, 0);
  if (!Array.isArray(data)) throw dataError(source, "the file must hold a list of rows");
  return data.map((row: unknown, index) => asRow(source, row, `row ${index + 1}`));
}

function jsonLineRows(source: Source): readonly Row[] {
  const rows: Row[] = [];
  let start = 0;
  for (const line of source.text.split("\n")) {
    if (line.trim() !== "") {
      rows.push(asRow(source, parseJson(source, line, start), `row ${rows.length + 1}`));
    }
    start += line.length + 1;
  }
  return rows;
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

function csvRows(source: Source, columns: readonly Column[]): readonly Row[] {
  const [header, ...records] = parseCsv(source);
  if (header === undefined) throw dataError(source, "the file has no header line");
  const types = new Map(columns.map((column) => [column.name, column.type]));
  return records.map(({ cells, start }) => {
    if (cells.length !== header.cells.length) {
      throw dataError(source, `${cells.length} cells under ${header.cells.length} columns`, {
        at: start,
      });
    }
    return Object.fromEntries(
      header.cells.map((name, index) => {
        const value = csvValue(cells[index] ?? "", types.get(name) ?? "string");
        if (value !== undefined) return [name, value];
        const type = types.get(name) ?? "string";
        throw dataError(source, `\`${cells[index] ?? ""}\` in \`${name}\` is no ${type}`, {
          at: start,
        });
      }),
    );
  });
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
