import { parseCsv } from "../base/csv.ts";
import { InputError } from "../base/diagnostic.ts";
import type { ExternalFormat, ExternalRef } from "../plan/fixture-ref.ts";
import type { ExternalText } from "../schema/fixtures.ts";
import { textValue } from "../schema/text-value.ts";
import type { Column, Row, Value } from "../schema/types.ts";

type Read = (text: ExternalText, columns: readonly Column[]) => readonly Row[];

const readers: Readonly<Record<ExternalFormat, Read>> = {
  csv: ({ file, text }, columns) =>
    parseCsv({ file, text }).map(({ cells }) => rowOfCells(cells, columns)),
  tsv: separatedBy("\t"),
  psv: separatedBy("|"),
  scsv: separatedBy(";"),
  txt: ({ text }, columns) => linesOf(text).map((line) => rowOfCells([line], columns)),
  raw: ({ text }, columns) => [rowOfCells([text], columns)],
  json: (given, columns) =>
    linesOf(given.text).map((line) => rowOfObject(parseJson(line, given), given, columns)),
  multijson: (given, columns) =>
    [parseJson(given.text, given)].flat().map((data) => rowOfObject(data, given, columns)),
};

/** The rows of `externaldata` that `text` gives, as Kusto ingests them: a value that is none of its column's type is null. */
export function externalRows(
  text: ExternalText,
  { format, ignoreFirstRecord, columns }: ExternalRef,
): readonly Row[] {
  const rows = readers[format](text, columns);
  return ignoreFirstRecord ? rows.slice(1) : rows;
}

/** Empty lines are no records. */
function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "");
}

function separatedBy(separator: string): Read {
  return (given, columns) =>
    linesOf(given.text).map((line) => {
      if (line.includes('"'))
        throw unreadable(given, { what: "has quoted cells, which are not read", piece: line });
      return rowOfCells(line.split(separator), columns);
    });
}

/** Cells belong to columns by their places; those that are missing are empty, those that are too many are left out. */
function rowOfCells(cells: readonly string[], columns: readonly Column[]): Row {
  return Object.fromEntries(
    columns.map(({ name, type }, index) => [name, textValue(cells[index] ?? "", type) ?? null]),
  );
}

function rowOfObject(data: unknown, given: ExternalText, columns: readonly Column[]): Row {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    throw unreadable(given, {
      what: "holds something else than JSON objects",
      piece: JSON.stringify(data),
    });
  }
  const properties = new Map(Object.entries(data as Readonly<Record<string, Value>>));
  return Object.fromEntries(
    columns.map(({ name, type }) => [name, propertyValue(properties.get(name) ?? null, type)]),
  );
}

function propertyValue(value: Value, type: Column["type"]): Value {
  if (value === null || type === "dynamic") return value;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return textValue(text, type) ?? null;
}

function parseJson(text: string, given: ExternalText): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw unreadable(given, {
      what: `is no JSON: ${(error as Error).message}`,
      piece: text,
      cause: error,
    });
  }
}

function unreadable(
  { file, text }: ExternalText,
  {
    what,
    piece,
    cause,
  }: { readonly what: string; readonly piece: string; readonly cause?: unknown },
): InputError {
  const start = Math.max(text.indexOf(piece), 0);
  const source = { file, text };
  const span = { start, end: start + 1 };
  return new InputError({ code: "KT0725", message: `the text ${what}`, source, span }, { cause });
}
