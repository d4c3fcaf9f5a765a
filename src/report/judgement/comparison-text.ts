import type {
  ColumnOutcome,
  ComparedColumn,
  ComparedRow,
  Comparison,
} from "../../run/replay/compare-with-twin.ts";
import type { Value } from "../../schema/types.ts";
import { cut, longest, oneLine, pad } from "../layout.ts";
import type { Paint } from "../paint.ts";
import type { ReportStyle } from "../reporter.ts";

/** A recording beside its twin for people: a line for each row of the twin, and the columns that do not agree. */
export function comparisonLines(
  { twin, rows, others }: Comparison,
  style: ReportStyle,
  paint: Paint,
): readonly string[] {
  const left = Object.entries(others).map(([table, count]) => `${count} of ${oneLine(table)}`);
  return [
    ` ${paint.strong("Twin")}  ${oneLine(twin)}`,
    ...rows.flatMap((row) => rowLines(row, style, paint)),
    ...(left.length === 0 ? [] : [paint.dim(`   not compared: ${left.join(", ")}`)]),
  ];
}

function rowLines(row: ComparedRow, style: ReportStyle, paint: Paint): readonly string[] {
  const { role, claimed, recorded, columns } = row;
  const name = `${oneLine(role)}  ${paint.dim(`[${oneLine(claimed)}]`)}`;
  if (recorded === null) return [`   ${paint.bad("✗")} ${name}  no recorded row plays this part`];
  const differing = columns.filter(({ outcome }) => outcome === "differs");
  const sign = differing.length === 0 ? paint.good("✓") : paint.warn("≠");
  const width = longest(differing.map(({ column }) => column));
  return [
    `   ${sign} ${name}  ${oneLine(recorded)}: ${countsText(columns)}`,
    ...differing.flatMap((column) => differenceLines(column, { ...style, names: width, paint })),
    ...listLine("missing", columns, paint),
    ...listLine("extra", columns, paint),
  ];
}

const outcomes: Readonly<Record<ColumnOutcome, string>> = {
  equal: "equal",
  differs: "different",
  missing: "missing",
  extra: "extra",
};

function countsText(columns: readonly ComparedColumn[]): string {
  return Object.entries(outcomes)
    .map(([wanted, name]) => [columns.filter(({ outcome }) => outcome === wanted).length, name])
    .filter(([count]) => count !== 0)
    .map((pair) => pair.join(" "))
    .join(", ");
}

function differenceLines(
  { column, claimed, recorded }: ComparedColumn,
  { width, names, paint }: ReportStyle & { readonly names: number; readonly paint: Paint },
): readonly string[] {
  const line = (name: string, who: string, value: Value): string => {
    const text = cut(oneLine(plain(value)), width - names - 19);
    return `       ${pad(name, names)}  ${paint.dim(pad(who, 8))}  ${text}`;
  };
  return [line(column, "twin", claimed), line("", "recorded", recorded)];
}

/** The columns of one outcome; their values are in the JSON report. */
function listLine(
  wanted: ColumnOutcome,
  columns: readonly ComparedColumn[],
  paint: Paint,
): readonly string[] {
  const names = columns.filter(({ outcome }) => outcome === wanted).map(({ column }) => column);
  return names.length === 0 ? [] : [`       ${paint.dim(`${wanted}:`)} ${names.join(", ")}`];
}

function plain(value: Value): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
