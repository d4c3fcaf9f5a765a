import { escapeControls } from "../base/text.ts";
import type { QueryResult } from "../engine/engine.ts";
import { cut, longest, pad, padLeft, plural } from "../report/layout.ts";
import type { KqlType, Value } from "../schema/types.ts";
import { renderCsv } from "../base/csv.ts";

export const rowFormats = ["table", "json", "csv"] as const;
export type RowFormat = (typeof rowFormats)[number];

/** Longest cell that a table shows whole; `json` and `csv` never cut. */
const tableCellWidth = 80;

/** `answer` as text in `format`, with its last line ended. */
export function renderRows(answer: QueryResult, format: RowFormat): string {
  return renderers[format](answer);
}

const renderers: Readonly<Record<RowFormat, (answer: QueryResult) => string>> = {
  table: renderTable,
  json: ({ columns, rows }) => {
    const records = rows.map((row) =>
      Object.fromEntries(columns.map((column, index) => [column.name, row[index] ?? null])),
    );
    return `${JSON.stringify(records, null, 2)}\n`;
  },
  csv: ({ columns, rows }) =>
    renderCsv([
      columns.map((column) => column.name),
      ...rows.map((row) => row.map((value) => (value === null ? "" : plain(value)))),
    ]),
};

const rightAligned: ReadonlySet<KqlType> = new Set(["int", "long", "real", "decimal"]);

function renderTable({ columns, rows }: QueryResult): string {
  const texts = rows.map((row) =>
    row.map((value) => cut(escapeControls(plain(value)).replaceAll("\n", "\\n"), tableCellWidth)),
  );
  const widths = columns.map((column, index) =>
    longest([column.name, ...texts.map((row) => row[index] ?? "")]),
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
    line(columns.map((column) => column.name)),
    widths.map((width) => "─".repeat(width)).join("  "),
    ...texts.map(line),
    `(${plural(rows.length, "row")})`,
  ].join("\n")}\n`;
}

/** A value as text: a string as it is, `null`, anything else as JSON. */
function plain(value: Value): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
