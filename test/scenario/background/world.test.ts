import { expect, test } from "vitest";
import { createSpanClock } from "../../../src/scenario/background/lines/span-clock.ts";
import { rowOf, type BackgroundEvent } from "../../../src/scenario/background/background-event.ts";
import { lineFormats } from "../../../src/scenario/background/lines/line-format.ts";
import { createLineWriter } from "../../../src/scenario/background/lines/line.ts";
import { createPage, isFull, type Page } from "../../../src/scenario/background/lines/page.ts";
import { profileNames } from "../../../src/scenario/background/profile-names.ts";
import { daysOf } from "../../../src/scenario/background/world.ts";
import { parseCsv } from "../../../src/base/csv.ts";
import { bundledCatalog } from "../../../src/schema/tables.ts";
import { formatInstant } from "../../../src/schema/time.ts";
import type { Row, Value } from "../../../src/schema/types.ts";
import { text } from "../scenarios.ts";
import { clock, rowsOf, start, worldOf } from "./worlds.ts";

test("the same options give the same rows", () => {
  const text = (seed: number): string =>
    JSON.stringify(rowsOf(worldOf("developer", { devices: 1, days: 1, seed })));
  expect(text(7) === text(7)).toBe(true);
  expect(text(8) === text(7)).toBe(false);
});

test("a device does not depend on how many there are, nor a day on how many follow", () => {
  const few = rowsOf(worldOf("office-day", { devices: 2, days: 3 }));
  const many = rowsOf(worldOf("office-day", { devices: 5, days: 3 }));
  expect(JSON.stringify(many.slice(0, few.length)) === JSON.stringify(few)).toBe(true);
  const one = rowsOf(worldOf("ci-runner", { devices: 1, days: 1 }));
  const two = rowsOf(worldOf("ci-runner", { devices: 1, days: 2 }));
  expect(JSON.stringify(two.slice(0, one.length)) === JSON.stringify(one)).toBe(true);
});

test("a range of devices is that part of the whole", () => {
  const options = worldOf("kiosk", { devices: 4 });
  const rows = (days: Iterable<readonly BackgroundEvent[]>): string =>
    JSON.stringify([...days].flat().map((event) => rowOf(event, clock.text)));
  const parts = [
    ...daysOf(options, { first: 0, end: 1 }),
    ...daysOf(options, { first: 1, end: 4 }),
  ];
  expect(rows(parts) === rows(daysOf(options))).toBe(true);
});

test("profiles are mixed by their weights", () => {
  const profiles = [
    { profile: "office-day", weight: 3 },
    { profile: "server", weight: 1 },
  ] as const;
  const rows = rowsOf(worldOf("kiosk", { profiles, devices: 60, days: 1 }));
  const names = new Set(rows.map(({ row }) => text(row, "DeviceName")));
  const servers = [...names].filter((name) => /^(srv|app|sql)-/.test(name)).length;
  expect(servers).toBeGreaterThan(6);
  expect(servers).toBeLessThan(25);
});

test("the clock of a span writes instants as everybody does", () => {
  const spans = [0, 1, 9_999_999, 35_999_999_999, 863_999_999_999, 864_000_000_000, -1, -864e9];
  for (const offset of spans) {
    expect(createSpanClock(start).text(offset)).toBe(formatInstant(start + BigInt(offset)));
  }
});

/** The lines of a world by table, as a writer of `format` gives them. */
function linesOf(
  options: Parameters<typeof daysOf>[0],
  format: "jsonl" | "csv",
): Map<string, string> {
  const write = createLineWriter(lineFormats[format], clock);
  const pages = new Map<string, Page>();
  const pageOf = (table: string): Page => {
    const page = pages.get(table) ?? createPage(40_000_000);
    pages.set(table, page);
    return page;
  };
  for (const day of daysOf(options)) write(day, pageOf);
  expect([...pages.values()].some(isFull)).toBe(false);
  return new Map(
    [...pages].map(([table, { bytes, length }]) => [table, bytes.toString("utf8", 0, length)]),
  );
}

test.each(profileNames)("lines of JSON are the rows of %s", (profile) => {
  // Two devices and two days: what lines share must not carry over what is the device's or the day's own.
  const options = worldOf(profile, { devices: 2 });
  const rows = rowsOf(options);
  for (const [table, lines] of linesOf(options, "jsonl")) {
    const columns = (bundledCatalog("defender-xdr").get(table)?.columns ?? []).map(
      ({ name }) => name,
    );
    // A row in the order of its table's columns is the line.
    const expected = rows
      .filter((one) => one.table === table)
      .map(({ row }) =>
        JSON.stringify(
          Object.fromEntries(
            columns.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])),
          ),
        ),
      );
    expect(lines.split("\n")).toEqual([...expected, ""]);
  }
});

test("lines of CSV are the same rows", () => {
  const options = worldOf("developer", { devices: 2, days: 1 });
  const json = linesOf(options, "jsonl");
  for (const [table, lines] of linesOf(options, "csv")) {
    const columns = (bundledCatalog("defender-xdr").get(table)?.columns ?? []).map(
      ({ name }) => name,
    );
    const rows = (json.get(table) ?? "")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Row);
    const records = parseCsv({ file: "x.csv", text: lines });
    expect(records.length).toBe(rows.length);
    for (const [index, { cells }] of records.entries()) {
      const row = rows[index] ?? {};
      expect(cells).toEqual(columns.map((name) => cellOf(row[name])));
    }
  }
});

/** A value of these tables as a cell: none of them is a list or a map. */
function cellOf(value: Value | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
