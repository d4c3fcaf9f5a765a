import { escapeControls, escapeName } from "../../base/text.ts";
import type { QueryResult } from "../../engine/engine.ts";
import { cut, longest, pad, padLeft, plural } from "../../report/layout.ts";
import type { KqlType, Value } from "../../schema/types.ts";
import { renderCsv, spreadsheetSafe } from "../../base/csv.ts";

export const rowFormats = ["table", "json", "csv"] as const;
export type RowFormat = (typeof rowFormats)[number];

/** Longest cell that a table shows whole; `json` and `csv` never cut. */
const tableCellWidth = 80;

export interface RowOptions {
  /** True: no cell of `csv` is a formula where a spreadsheet opens it. Default false: every cell is its value. */
  readonly csvSafe?: boolean;
}

/** `answer` as text in `format`, with its last line ended. */
export function renderRows(
  answer: QueryResult,
  format: RowFormat,
  options: RowOptions = {},
): string {
  return renderers[format](answer, options);
}

type RowRenderer = (answer: QueryResult, options: RowOptions) => string;

const renderers: Readonly<Record<RowFormat, RowRenderer>> = {
  table: renderTable,
  json: ({ columns, rows }) => {
    const records = rows.map((row) =>
      Object.fromEntries(columns.map((column, index) => [column.name, row[index] ?? null])),
    );
    return `${JSON.stringify(records, null, 2)}\n`;
  },
  csv: ({ columns, rows }, { csvSafe = false }) => {
    const records = [
      columns.map((column) => column.name),
      ...rows.map((row) => row.map((value) => (value === null ? "" : plain(value)))),
    ];
    return renderCsv(csvSafe ? records.map((cells) => cells.map(spreadsheetSafe)) : records);
  },
};

const rightAligned: ReadonlySet<KqlType> = new Set(["int", "long", "real", "decimal"]);

function renderTable({ columns, rows }: QueryResult): string {
  const texts = rows.map((row) =>
    row.map((value) => cut(escapeControls(plain(value)).replaceAll("\n", "\\n"), tableCellWidth)),
  );
  const names = columns.map(({ name }) => escapeName(name));
  const widths = names.map((name, index) =>
    longest([name, ...texts.map((row) => row[index] ?? "")]),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        const type = columns[index]?.type ?? "string";
        return rightAligned.has(type) ? padLeft(cell, width) : pad(cell, width);
      })
      .join("  ")
      .trimEnd();
  return `${[
    line(names),
    widths.map((width) => "─".repeat(width)).join("  "),
    ...texts.map(line),
    `(${plural(rows.length, "row")})`,
  ].join("\n")}\n`;
}

/** A value as text: a string as it is, `null`, anything else as JSON. */
function plain(value: Value): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
