import { posix } from "node:path";
import { formatInstant, parseInstant } from "../../schema/time.ts";
import type { Table } from "../../schema/tables.ts";
import type { Row, Value } from "../../schema/types.ts";
import { besides } from "../expand/part.ts";
import type { StepFile } from "../format/scenario-file.ts";
import type { Step } from "../model/incident.ts";
import { knownTable, readRows, unknownTable } from "../model/recorded-rows.ts";
import { fileSuggestion } from "../model/nearest-file.ts";
import { commonOf } from "../resolve/acting.ts";
import type { Context, Place } from "../resolve/resolve-reference.ts";
import { flag, nonEmpty, optional, text } from "../format/shape.ts";
import { stepKind, type StepKind } from "./step.ts";

/** Rows of a file happen. */
export interface RowsStepFile extends StepFile {
  readonly rows: string;
  readonly table: string;
  readonly shift?: boolean;
}

export interface RowsStep extends Step {
  readonly kind: "rows";
  readonly table: Table;
  /** What the file holds; its path where only an engine can read it. */
  readonly rows: readonly Row[] | { readonly file: string };
  readonly shift: boolean;
}

const endings = [".jsonl", ".json", ".csv", ".parquet"];

export const rowsKind: StepKind = stepKind<RowsStepFile, RowsStep>({
  name: "rows",
  title: "rows of a file",
  without: ["on", "columns", "repeat"],
  about:
    "Gives the rows of the file as they are, checked against the table: no column that it does not have, no value of another type. They are called by the step's id and their number. With `shift` all their times are moved by one distance, so that the latest `Timestamp` (in tables of Sentinel `TimeGenerated`) is at the step's time.",
  example: `- rows: recorded.jsonl
  table: DeviceProcessEvents
  shift: true
  at: -1h`,
  keys: {
    rows: nonEmpty({
      description: "A `.jsonl`, `.json`, `.csv` or `.parquet` file below the scenario's own folder",
    }),
    table: text({ description: "The table they belong to" }),
    shift: optional(
      flag({ description: "Whether times are moved to be relative to now", fallback: "`false`" }),
    ),
  },
  resolve(step, place, context) {
    const table = tableOf(step, place, context);
    return {
      kind: "rows",
      ...commonOf(step, step.table, { place, context, placeless: true }),
      table: table ?? { name: step.table, columns: [] },
      rows: table === undefined ? [] : rowsOf(step, table, { place, context }),
      shift: step.shift ?? false,
    };
  },
  rows(step, { time }, run) {
    const { table, rows: given } = step;
    const rows = "file" in given ? run.recorded(given.file, table) : given;
    const moved = step.shift ? shifted(rows, { table, to: run.now + BigInt(time) }) : rows;
    return moved.map((row, index) => ({
      table: table.name,
      row: { ...row },
      name: String(index + 1),
      recorded: true,
    }));
  },
});

function tableOf(
  step: RowsStepFile,
  { path }: Place,
  { files, problems }: Context,
): Table | undefined {
  const table = knownTable(step.table, files.tables);
  if (table !== undefined) return table;
  problems.at([...path, "table"], "KT0507", unknownTable(step.table, files.tables));
  return undefined;
}

function rowsOf(
  step: RowsStepFile,
  table: Table,
  { place: { path }, context }: { readonly place: Place; readonly context: Context },
): RowsStep["rows"] {
  const { files, problems } = context;
  const folder = posix.dirname(files.owner);
  const file = besides(files.owner, step.rows);
  const note = (message: string, hint: string): RowsStep["rows"] => {
    problems.at([...path, "rows"], "KT0532", { message, hint });
    return [];
  };
  if (file === undefined || !(folder === "." || file.startsWith(`${folder}/`))) {
    return note(
      `\`${step.rows}\` is not below the scenario's folder`,
      "put the file beside the scenario",
    );
  }
  if (!endings.includes(posix.extname(file))) {
    return note(`\`${step.rows}\` is no file of rows`, `possible: ${endings.join(", ")}`);
  }
  const isBinary = file.endsWith(".parquet");
  if (isBinary && files.list?.(posix.dirname(file)).includes(file) !== false) return { file };
  const source = isBinary ? undefined : files.read(file);
  if (source === undefined) {
    const below = folder === "." ? {} : { below: folder };
    const guess = fileSuggestion({ file, owner: files.owner, endings, ...below }, files.list);
    const hint = guess ?? "write its path from the scenario's folder";
    return note(`there is no file \`${file}\``, hint);
  }
  // A step of which nothing comes would test nothing.
  const rows = readRows(source, table);
  return rows.length > 0 ? rows : note(`\`${file}\` has no rows`, "write them, or delete the step");
}

/** The files that `steps` need and only an engine can read. */
export function recordingsOf(steps: readonly Step[]): readonly string[] {
  const files = steps.flatMap((step) => {
    const { rows } = step as Partial<RowsStep>;
    return step.kind === "rows" && rows !== undefined && "file" in rows ? [rows.file] : [];
  });
  return [...new Set(files)];
}

/** `rows` with all times moved by one distance, so that the latest is at `to`. */
export function shifted(
  rows: readonly Row[],
  { table, to }: { readonly table: Table; readonly to: bigint },
): readonly Row[] {
  const columns = table.columns.filter(({ type }) => type === "datetime");
  const own = columns.some(({ name }) => name === "Timestamp") ? "Timestamp" : "TimeGenerated";
  const latest = rows.reduce<bigint | undefined>((last, row) => {
    const ticks = ticksOf(row[own]);
    return ticks !== undefined && (last === undefined || ticks > last) ? ticks : last;
  }, undefined);
  if (latest === undefined) return rows;
  const distance = to - latest;
  return rows.map((row) => {
    const moved: Record<string, Value> = { ...row };
    for (const { name } of columns) {
      const ticks = ticksOf(row[name]);
      if (ticks !== undefined) moved[name] = formatInstant(ticks + distance);
    }
    return moved;
  });
}

function ticksOf(value: Value | undefined): bigint | undefined {
  return typeof value === "string" ? parseInstant(value) : undefined;
}
