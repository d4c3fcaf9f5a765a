import type { Value } from "../../../schema/types.ts";

/** How rows are written as lines of text. Cells stand in the order of the table's columns, each behind what parts it from the one before. */
export interface LineFormat {
  /** What a line begins with, up to the value of its first column. */
  readonly first: (column: string) => string;
  /** What comes between the cell before and the value of `column`. */
  readonly before: (column: string) => string;
  readonly value: (value: Value) => string;
  /** What stands before and behind a text that needs no escapes. */
  readonly quote: string;
  /** What stands for a column that the row does not have. */
  readonly absent: string;
  readonly end: string;
  /** The line above all others, its end included; empty where there is none. */
  readonly header: (columns: readonly string[]) => string;
}

const jsonLines: LineFormat = {
  first: (column) => `{"${column}":`,
  before: (column) => `,"${column}":`,
  value: (value) => JSON.stringify(value),
  quote: '"',
  absent: "",
  end: "}\n",
  header: () => "",
};

const csvLines: LineFormat = {
  first: () => "",
  before: () => ",",
  value: csvCell,
  quote: "",
  absent: ",",
  end: "\r\n",
  header: (columns) => `${columns.join(",")}\r\n`,
};

/** Lines for a database: an empty text is `""`, so that it is not taken for a cell that is not there. */
const rowLines: LineFormat = {
  ...csvLines,
  value: (value) => (value === "" ? '""' : csvCell(value)),
  end: "\n",
};

/** The formats of lines by name. */
export const lineFormats: Readonly<Record<"jsonl" | "csv" | "rows", LineFormat>> = {
  jsonl: jsonLines,
  csv: csvLines,
  rows: rowLines,
};

function csvCell(value: Value): string {
  if (value === null) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
