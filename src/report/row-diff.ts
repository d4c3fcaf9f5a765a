import { escapeControls } from "../base/text.ts";
import { sameValue } from "../expect/compare.ts";
import type { Row, Value } from "../schema/types.ts";
import { characterCount, longest, oneLine, pad, plural } from "./layout.ts";
import type { Paint } from "./paint.ts";

/** Rows beyond this many are counted, not shown: a report is read by people. */
const shownRows = 5;
/** Rows of each side that take part in pairing, which compares every expected row with every actual one. */
const pairedRows = 200;

/** An expected row and the actual row nearest to it; one side is absent where it has no counterpart. */
interface Pair {
  readonly expected?: Row;
  readonly actual?: Row;
}

interface Line {
  readonly column: string;
  readonly expected: string;
  readonly actual: string;
  readonly differs: boolean;
}

/** Expected and actual rows side by side, one line a column, `≠` before each column that differs. Lines, not indented. */
export function renderRowDiff(
  sides: { readonly expected: readonly Row[]; readonly actual: readonly Row[] },
  width: number,
  paint: Paint,
): readonly string[] {
  const pairs = pairRows(sides.expected.slice(0, pairedRows), sides.actual.slice(0, pairedRows));
  const lines = pairs.slice(0, shownRows).flatMap((pair) => pairLines(pair, width, paint));
  const unpaired = [sides.expected, sides.actual].map((rows) =>
    Math.max(0, rows.length - pairedRows),
  );
  const hidden = Math.max(0, pairs.length - shownRows) + Math.max(...unpaired);
  return hidden > 0 ? [...lines, paint.dim(`… ${plural(hidden, "row")} more`)] : lines;
}

/** Pairs each expected row with the actual row that shares most columns with it; rows that share nothing stay alone. */
function pairRows(expected: readonly Row[], actual: readonly Row[]): readonly Pair[] {
  const likeness = expected.flatMap((left, from) =>
    actual.map((right, to) => ({ from, to, score: equalShare(left, right) })),
  );
  // By position, not by object: the same row may stand in a list twice.
  const partners = new Map<number, number>();
  const taken = new Set<number>();
  // A stable sort: equal scores keep the order of the rows, so that the report does too.
  for (const { from, to, score } of likeness.toSorted((a, b) => b.score - a.score)) {
    if (score === 0 || partners.has(from) || taken.has(to)) continue;
    partners.set(from, to);
    taken.add(to);
  }
  const paired = expected.map((left, from): Pair => {
    const partner = actual[partners.get(from) ?? -1];
    return partner === undefined ? { expected: left } : { expected: left, actual: partner };
  });
  const alone = actual.filter((_, to) => !taken.has(to));
  return [...paired, ...alone.map((row): Pair => ({ actual: row }))];
}

function equalShare(expected: Row, actual: Row): number {
  const columns = Object.keys(expected);
  if (columns.length === 0) return 1;
  const equal = columns.filter((column) =>
    sameValue(expected[column] ?? null, actual[column] ?? null),
  );
  return equal.length / columns.length;
}

function pairLines(pair: Pair, width: number, paint: Paint): readonly string[] {
  const { expected, actual } = pair;
  // Of a row with a counterpart only the columns that the expectation lists are judged.
  const columns = Object.keys(expected ?? actual ?? {});
  const lines = columns.map((column): Line => {
    const [left, right] = [expected?.[column] ?? null, actual?.[column] ?? null];
    return {
      column: oneLine(column),
      expected: cell(left),
      actual: cell(right),
      differs: !sameValue(left, right),
    };
  });
  if (expected === undefined) return oneSide("row that is not expected", lines, paint);
  if (actual === undefined) return oneSide("row that is missing", lines, paint);
  if (lines.every((line) => !line.differs)) return [paint.dim("row as expected")];
  return sideBySide(lines, width, paint);
}

function oneSide(title: string, lines: readonly Line[], paint: Paint): readonly string[] {
  const nameWidth = longest(lines.map((line) => line.column));
  const isExpected = title.endsWith("missing");
  const sign = isExpected ? paint.good("-") : paint.bad("+");
  return [
    title,
    ...lines
      .filter((line) => isExpected || !isEmpty(line.actual))
      .map(
        (line) =>
          `${sign} ${pad(line.column, nameWidth)}  ${isExpected ? line.expected : line.actual}`,
      ),
  ];
}

function isEmpty(text: string): boolean {
  return text === "null" || text === '""';
}

function sideBySide(lines: readonly Line[], width: number, paint: Paint): readonly string[] {
  const nameWidth = longest(lines.map((line) => line.column));
  const room = Math.floor((width - nameWidth - 6) / 2);
  const short = lines.filter(
    (line) => Math.max(characterCount(line.expected), characterCount(line.actual)) <= room,
  );
  const leftWidth = longest(["expected", ...short.map((line) => line.expected)]);
  const heading = `${" ".repeat(nameWidth + 4)}${pad("expected", leftWidth)}  actual`;
  return [
    "row that differs",
    ...(short.length > 0 ? [paint.dim(heading)] : []),
    ...lines.flatMap((line) => {
      const mark = line.differs ? paint.bad("≠") : " ";
      const color = line.differs ? paint : { good: paint.dim, bad: paint.dim };
      if (short.includes(line)) {
        const left = color.good(pad(line.expected, leftWidth));
        return [`${mark} ${pad(line.column, nameWidth)}  ${left}  ${color.bad(line.actual)}`];
      }
      if (!line.differs)
        return [`${mark} ${pad(line.column, nameWidth)}  ${color.good(line.expected)}`];
      return [
        `${mark} ${line.column}`,
        `    expected  ${color.good(line.expected)}`,
        `    actual    ${color.bad(line.actual)}`,
      ];
    }),
  ];
}

/** A value as JSON, which tells `"5"` from `5` and `""` from `null`, with nothing in it that steers a terminal. */
function cell(value: Value): string {
  return escapeControls(JSON.stringify(value));
}
