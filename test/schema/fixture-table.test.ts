import { expect, test } from "vitest";
import { readFixtureTable } from "../../src/schema/fixture-table.ts";

const read = (file: string, text: string, types = {}): ReturnType<typeof readFixtureTable> =>
  readFixtureTable({ file, text }, types);

test("a CSV file: types behind names, types that are known, text for the rest", () => {
  expect(
    read("x.csv", 'Host,Score:long,Flag: bool\nh1,7,true\n"a, b",,\n', { Host: "string" }),
  ).toEqual({
    columns: [
      { name: "Host", type: "string" },
      { name: "Score", type: "long" },
      { name: "Flag", type: "bool" },
    ],
    rows: [
      { Host: "h1", Score: 7, Flag: true },
      { Host: "a, b", Score: null, Flag: null },
    ],
  });
});

test.each(["x.yaml", "x.json"])("a list of maps: %s", (file) => {
  const text =
    '[{ "Host": "h1", "Score:long": 7 }, { "Host": "h2", "Seen:dynamic": { "a": [1] } }]';
  expect(read(file, text)).toEqual({
    columns: [
      { name: "Host", type: "string" },
      { name: "Score", type: "long" },
      { name: "Seen", type: "dynamic" },
    ],
    rows: [
      { Host: "h1", Score: 7 },
      { Host: "h2", Seen: { a: [1] } },
    ],
  });
});

test("what a text column is given stays text", () => {
  expect(read("x.yaml", "- { Id: 12, On: true, Bag: { a: 1 } }\n").rows).toEqual([
    { Id: "12", On: "true", Bag: '{"a":1}' },
  ]);
});

test.each([
  ["x.csv", "", "x.csv:1:1 KT0724 the file has no line that names its columns"],
  ["x.csv", "a,b\n1\n", "x.csv:2:1 KT0724 1 cells under 2 columns"],
  ["x.csv", "a:long\n1\nx\n", "x.csv:3:1 KT0724 `x` in `a` is no long"],
  ["x.csv", "a:number\n1\n", "KT0724 `number` is no type of KQL"],
  ["x.csv", "a,a\n1,2\n", "KT0724 two columns are called `a`"],
  ["x.csv", "$a\n1\n", "KT0724 `$a` is no name of a column"],
  ["x.yaml", "a: 1\n", "x.yaml:1:1 KT0724 the rows are no list"],
  ["x.yaml", "- 1\n", "x.yaml:1:3 KT0724 the row is no map of column to value"],
  ["x.yaml", "- a: 1\n- a:int: x\n", "x.yaml:2:3 KT0724 `a` is of type string above"],
  ["x.yaml", "- a: 1\n- 'b:int': x\n", 'x.yaml:2:12 KT0724 `"x"` in `b` is no int'],
  ["x.json", "[{", "KT0724 not valid YAML"],
])("a mistake has its place: %s %j", (file, text, message) => {
  expect(() => read(file, text)).toThrow(message);
});
