import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseCsv, renderCsv, spreadsheetSafe } from "../../src/base/csv.ts";

const cellsOf = (text: string): readonly (readonly string[])[] =>
  parseCsv({ file: "a.csv", text }).map((record) => record.cells);

test.each<[string, readonly (readonly string[])[]]>([
  [
    "a,b\n1,2",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  [
    "a,b\r\n1,2\r\n",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  ["\uFEFFa\n1\n\n2\n", [["a"], ["1"], ["2"]]],
  [
    'a,b\n"x, ""y""\nz",',
    [
      ["a", "b"],
      ['x, "y"\nz', ""],
    ],
  ],
  [
    "a,b\n,\n",
    [
      ["a", "b"],
      ["", ""],
    ],
  ],
  ["", []],
])("%j", (text, cells) => {
  expect(cellsOf(text)).toEqual(cells);
});

test("a quote that does not end says where it starts", () => {
  expect(() => cellsOf('a\n"x\ny')).toThrow(
    'a.csv:2:1 KT0904 a quoted cell does not end\n  2 | "x\n    | ^\n  hint: a quote inside a cell is written twice: `""`',
  );
});

test("what is written is read back", () => {
  // A record of one empty cell is a blank line, which CSV cannot tell from nothing.
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", " ", "é") });
  const record = fc.array(cell, { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(record), (records) => {
      expect(cellsOf(renderCsv(records))).toEqual(records);
    }),
  );
});

test.each([
  ["=1+1", "'=1+1"],
  ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", "'\r=1"],
  ["＝1", "'＝1"],
  ["-5", "-5"],
  ["+1.5e-3", "+1.5e-3"],
  ["1.02:03:04", "1.02:03:04"],
  ["a=b", "a=b"],
  ["", ""],
])("in a spreadsheet %j is %j", (cell, expected) => {
  expect(spreadsheetSafe(cell)).toBe(expected);
});
