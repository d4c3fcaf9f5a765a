import type { YamlEdit } from "../../base/yaml-edit.ts";
import { unmatchedRows } from "../../expect/compare.ts";
import { listedColumns, pickColumns } from "../../expect/rows.ts";
import type { Expectation } from "../../expect/types.ts";
import type { Row, Value } from "../../schema/types.ts";
import type { CheckResult } from "../types.ts";

/** Rows beyond this many are counted, not listed: nobody reads them in review. */
const listedRows = 10;

/** What a rule did in a check, as an expectation that demands it. A false verdict comes without a reason: that is for a person to give. */
export function newExpectation(check: CheckResult, again?: CheckResult): Expectation {
  const { verdict, rows, events } = check;
  if (rows.length === 0) return { verdict };
  return {
    verdict,
    count: rows.length,
    ...(rows.length <= listedRows ? { rows: readableRows(check, again) } : {}),
    ...(events.length > 0 ? { events: { include: events } } : {}),
  };
}

/** The edits that make `old` say what the rule did in `check`, which failed it. */
export function expectationEdits(
  check: CheckResult,
  old: Expectation,
  again?: CheckResult,
): readonly YamlEdit[] {
  if (check.verdict === old.verdict) return detailEdits(check, old);
  const fresh = newExpectation(check, again);
  const gone = check.rows.length === 0 ? undefined : old.contains;
  return [
    { path: ["verdict"], value: fresh.verdict },
    // A reason belongs to the mistake it explains.
    { path: ["known"], value: undefined },
    { path: ["count"], value: fresh.count },
    { path: ["rows"], value: fresh.rows },
    ...(old.contains === undefined
      ? []
      : [{ path: ["contains"], value: gone && held(check, gone) }]),
    ...eventEdits(check, { ...old.events, include: fresh.events?.include ?? [] }),
  ];
}

/** The verdict stands: only what the file already speaks of changes. */
function detailEdits(check: CheckResult, old: Expectation): readonly YamlEdit[] {
  const actual = check.rows.map(({ row }) => row);
  const edits: YamlEdit[] = [];
  if (old.count !== undefined && old.count !== actual.length) {
    edits.push({ path: ["count"], value: actual.length });
  }
  if (old.rows !== undefined) {
    const left = unmatchedRows(old.rows, actual);
    if (left.expected.length > 0 || left.actual.length > 0) {
      const columns = listedColumns(old.rows);
      edits.push({ path: ["rows"], value: actual.map((row) => pickColumns(row, columns)) });
    }
  }
  if (old.contains !== undefined) {
    edits.push({ path: ["contains"], value: held(check, old.contains) });
  }
  return [...edits, ...(old.events === undefined ? [] : eventEdits(check, old.events))];
}

/** Those of `rows` that the rule still gives; undefined where it gives none of them. */
function held(check: CheckResult, rows: readonly Row[]): readonly Row[] | undefined {
  const left = unmatchedRows(
    rows,
    check.rows.map(({ row }) => row),
  );
  const still = rows.filter((row) => !left.expected.includes(row));
  return still.length === 0 ? undefined : still;
}

function eventEdits(
  check: CheckResult,
  old: NonNullable<Expectation["events"]>,
): readonly YamlEdit[] {
  const behind = new Set(check.events);
  const still = (old.include ?? []).filter((id) => behind.has(id));
  const include = still.length > 0 || old.include === undefined ? still : check.events;
  const exclude = (old.exclude ?? []).filter((id) => !behind.has(id));
  if (include.length === 0 && exclude.length === 0) return [{ path: ["events"], value: undefined }];
  const value = (ids: readonly string[]): unknown => (ids.length === 0 ? undefined : ids);
  return [
    { path: ["events", "include"], value: value(include) },
    { path: ["events", "exclude"], value: value(exclude) },
  ];
}

/** The rows by the columns that say something to a reader and are the same whatever the seed and the time. */
function readableRows(check: CheckResult, again: CheckResult | undefined): readonly Row[] {
  const rows = check.rows.map(({ row }) => row);
  const readable = check.columns.filter(
    (column) =>
      !rows.some((row) => isVolatile(row[column] ?? null)) &&
      (again === undefined || sameColumn(column, rows, again)),
  );
  return readable.length === 0 ? [] : rows.map((row) => pickColumns(row, new Set(readable)));
}

function sameColumn(column: string, rows: readonly Row[], again: CheckResult): boolean {
  const values = (list: readonly Row[]): string =>
    JSON.stringify(list.map((row) => JSON.stringify(row[column] ?? null)).toSorted());
  return values(rows) === values(again.rows.map(({ row }) => row));
}

/** Instants, hashes and GUIDs: they change with every run or say nothing to a reader. */
function isVolatile(value: Value): boolean {
  return (
    typeof value === "string" &&
    /^(\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{32,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(
      value,
    )
  );
}
