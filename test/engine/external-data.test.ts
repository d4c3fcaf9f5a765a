import { expect, test } from "vitest";
import { externalRows } from "../../src/engine/fixtures/external-data.ts";
import type { ExternalFormat } from "../../src/plan/ir/fixture-ref.ts";
import type { Column, Row } from "../../src/schema/types.ts";

const columns: readonly Column[] = [
  { name: "a", type: "string" },
  { name: "b", type: "long" },
];

const read = (format: ExternalFormat, text: string, ignoreFirstRecord = false): readonly Row[] =>
  externalRows(
    { url: "*", file: "x", text },
    { kind: "external", urls: [], format, ignoreFirstRecord, columns },
  );

test.each([
  [
    "csv",
    'x,1\n"y, z",2\n',
    [
      ["x", 1],
      ["y, z", 2],
    ],
  ],
  ["csv", "x,one\n", [["x", null]]],
  [
    "csv",
    "x\ny,2,3\n",
    [
      ["x", null],
      ["y", 2],
    ],
  ],
  [
    "tsv",
    "x\t1\r\n\r\ny\t2",
    [
      ["x", 1],
      ["y", 2],
    ],
  ],
  ["psv", "x|1", [["x", 1]]],
  ["scsv", "x;1", [["x", 1]]],
  [
    "txt",
    "x,1\n\ny\n",
    [
      ["x,1", null],
      ["y", null],
    ],
  ],
  ["raw", "x\ny\n", [["x\ny\n", null]]],
  [
    "json",
    '{"a":"x","b":1}\n{"b":"2","c":3}\n',
    [
      ["x", 1],
      [null, 2],
    ],
  ],
  [
    "multijson",
    '[{"a":"x"},{"a":{"c":1},"b":1.5}]',
    [
      ["x", null],
      ['{"c":1}', null],
    ],
  ],
  ["multijson", '{"a":"x","b":1}', [["x", 1]]],
] satisfies readonly (readonly [ExternalFormat, string, unknown])[])(
  "%s %j",
  (format, text, rows) => {
    expect(read(format, text).map((row) => [row["a"], row["b"]])).toEqual(rows);
  },
);

test("the first record is left out where the query says so", () => {
  expect(read("csv", "ip,n\nx,1\n", true)).toEqual([{ a: "x", b: 1 }]);
});

test.each([
  ["json", '{"a":1}\n[1]\n', "x:2:1 KT0725 the text holds something else than JSON objects"],
  ["json", '{"a":1}\n{\n', "x:1:1 KT0725 the text is no JSON"],
  ["tsv", 'x\t1\n"y"\t2', "x:2:1 KT0725 the text has quoted cells"],
] satisfies readonly (readonly [ExternalFormat, string, string])[])(
  "%s that is none: %j",
  (format, text, message) => {
    expect(() => read(format, text)).toThrow(message);
  },
);
