import { expect, test } from "vitest";
import { renderRows } from "../../src/cli/output/render-rows.ts";

const answer = {
  columns: [
    { name: "Name", type: "string" },
    { name: "Count", type: "long" },
    { name: "Bag", type: "dynamic" },
  ],
  rows: [
    ['a "quoted", b', 1, { k: [1] }],
    ["line\nbreak \u001b[31m", 12_345, null],
  ],
} as const;

test("table: numbers to the right, nothing that steers the terminal", () => {
  expect(renderRows(answer, "table")).toBe(
    [
      "Name                    Count  Bag",
      "──────────────────────  ─────  ─────────",
      'a "quoted", b               1  {"k":[1]}',
      "line\\nbreak \\u001b[31m  12345  null",
      "(2 rows)",
      "",
    ].join("\n"),
  );
});

test("table: long cells are cut, which csv and json never do", () => {
  const long = "x".repeat(200);
  const wide = { columns: [{ name: "A", type: "string" }], rows: [[long]] } as const;
  expect(renderRows(wide, "table")).toContain(`${"x".repeat(79)}…\n(1 row)`);
  expect(renderRows(wide, "csv")).toBe(`A\r\n${long}\r\n`);
  expect(JSON.parse(renderRows(wide, "json"))).toEqual([{ A: long }]);
});

test("csv", () => {
  expect(renderRows(answer, "csv")).toBe(
    'Name,Count,Bag\r\n"a ""quoted"", b",1,"{""k"":[1]}"\r\n"line\nbreak \u001b[31m",12345,\r\n',
  );
});

test("json", () => {
  expect(JSON.parse(renderRows(answer, "json"))).toEqual([
    { Name: 'a "quoted", b', Count: 1, Bag: { k: [1] } },
    { Name: "line\nbreak \u001b[31m", Count: 12_345, Bag: null },
  ]);
});

test("no rows", () => {
  const none = { columns: answer.columns, rows: [] };
  expect(renderRows(none, "table")).toBe("Name  Count  Bag\n────  ─────  ───\n(0 rows)\n");
  expect(renderRows(none, "json")).toBe("[]\n");
  expect(renderRows(none, "csv")).toBe("Name,Count,Bag\r\n");
});
