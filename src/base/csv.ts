import { InputError } from "./diagnostic.ts";
import type { Source } from "./source.ts";

/** A record of a CSV file and the offset it starts at. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly start: number;
}

/** The records of a CSV text as RFC 4180 has it: quoted cells may hold commas, line breaks and doubled quotes. Throws an `InputError` for a quote that does not end. */
export function parseCsv(source: Source): CsvRecord[] {
  const text = source.text;
  const records: CsvRecord[] = [];
  // A byte order mark is no part of the first column's name.
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const record = readRecord(source, at);
    // A blank line holds one empty cell and is no record.
    if (record.cells.length > 1 || record.cells[0] !== "") {
      records.push({ cells: record.cells, start: at });
    }
    at = record.end;
  }
  return records;
}

interface ReadRecord {
  readonly cells: readonly string[];
  readonly end: number;
}

function readRecord(source: Source, start: number): ReadRecord {
  const { text } = source;
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = text[at] === '"' ? readQuoted(source, at) : readBare(text, at);
    cells.push(cell.value);
    at = cell.end;
    if (text[at] === ",") {
      at++;
      continue;
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at++;
    return { cells, end: at + 1 };
  }
}

interface ReadCell {
  readonly value: string;
  readonly end: number;
}

function readBare(text: string, start: number): ReadCell {
  const rest = /[,\r\n]/g;
  rest.lastIndex = start;
  const end = rest.exec(text)?.index ?? text.length;
  return { value: text.slice(start, end), end };
}

function readQuoted(source: Source, start: number): ReadCell {
  const { text } = source;
  let value = "";
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      throw new InputError({
        code: "KT0904",
        message: "a quoted cell does not end",
        source,
        span: { start, end: start + 1 },
        hint: 'a quote inside a cell is written twice: `""`',
      });
    }
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      const after = readBare(text, quote + 1);
      return { value: value + after.value, end: after.end };
    }
    value += '"';
    at = quote + 2;
  }
}

/** `records` as CSV, each line ended by CRLF; cells with a comma, a quote or a line break are quoted. */
export function renderCsv(records: readonly (readonly string[])[]): string {
  return records.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

/** What makes a spreadsheet run a cell as a formula where it comes first (OWASP, CSV injection); wide characters count as their narrow ones. */
const formulaStart = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** `cell` with a `'` before what a spreadsheet would run as a formula; a number is none. */
export function spreadsheetSafe(cell: string): string {
  return formulaStart.test(cell) && !number.test(cell) ? `'${cell}` : cell;
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
