import { elementsOf, identityOf } from "./dynamic/json-text.ts";
import type { UdfTable } from "./udf.ts";

/** What many rows have in common. */
export const basketUdfs: UdfTable = {
  kql_basket: { takes: ["text", "real"], gives: "text", call: basket },
};

/** A row as it occurs `count` times: its cells as JSON, and what equal ones have in common. */
interface Row {
  readonly count: number;
  readonly cells: readonly string[];
  readonly identities: readonly string[];
}

interface Pattern {
  readonly rows: readonly Row[];
  readonly count: number;
  /** The columns in which all of the rows are alike. */
  readonly columns: readonly number[];
}

/**
 * The patterns that at least `least` of all rows have, each as `[number, count, percentage, [[value] or null…]]`. One that
 * says no more than a longer one, of the same rows, is left out; they are ordered by rows times columns. Both are how
 * Microsoft's documented answers are.
 */
function basket(text: string, least: number): string {
  const rows = (elementsOf(text) ?? []).map(rowOf);
  const total = countOf(rows);
  const found: Pattern[] = [];
  const width = rows[0]?.cells.length ?? 0;
  const grow = (from: Pattern, next: number): void => {
    for (let column = next; column < width; column += 1) {
      for (const group of groupsBy(from.rows, column)) {
        const count = countOf(group);
        if (count / total < least) continue;
        const pattern = { rows: group, count, columns: [...from.columns, column] };
        if (isClosed(pattern, width)) found.push(pattern);
        grow(pattern, column + 1);
      }
    }
  };
  grow({ rows, count: total, columns: [] }, 0);
  const weight = ({ count, columns }: Pattern): number => count * columns.length;
  // Of equal weight any order is right; this is the same one every time.
  const sorted = found
    .map((pattern) => ({ ...pattern, key: keyOf(pattern) }))
    .toSorted((a, b) => weight(b) - weight(a) || b.count - a.count || (a.key < b.key ? -1 : 1));
  return `[${sorted.map((pattern, at) => patternText(pattern, { at, total, width })).join(",")}]`;
}

function rowOf(text: string): Row {
  const [count = "0", ...cells] = elementsOf(text) ?? [];
  return { count: Number(count), cells, identities: cells.map(identityOf) };
}

function countOf(rows: readonly Row[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

function groupsBy(rows: readonly Row[], column: number): Iterable<readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const identity = row.identities[column] ?? "";
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, [row]);
    else group.push(row);
  }
  return groups.values();
}

function keyOf({ rows, columns }: Pattern): string {
  return JSON.stringify(columns.map((column) => [column, rows[0]?.identities[column]]));
}

/** True where the rows are alike in no other column. */
function isClosed({ rows, columns }: Pattern, width: number): boolean {
  const [first] = rows;
  return Array.from({ length: width }, (_, column) => column)
    .filter((column) => !columns.includes(column))
    .every((column) => rows.some(({ identities }) => identities[column] !== first?.identities[column])); // oxfmt-ignore
}

function patternText(
  { rows, count, columns }: Pattern,
  { at, total, width }: { at: number; total: number; width: number },
): string {
  const [first] = rows;
  const cells = Array.from({ length: width }, (_, column) =>
    columns.includes(column) ? `[${first?.cells[column] ?? "null"}]` : "null",
  );
  return `[${at},${count},${(count * 100) / total},[${cells.join(",")}]]`;
}
