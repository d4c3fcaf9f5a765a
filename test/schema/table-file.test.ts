import { expect, test } from "vitest";
import { readTable } from "../../src/schema/table-file.ts";

const read = (text: string, file = "tables/x.yaml"): ReturnType<typeof readTable> =>
  readTable({ file, text });

test("a table is its columns in the order of the file", () => {
  const { name, columns } = read("name: Apache_CL\ncolumns:\n  Status: int\n  Host: string\n");
  expect({ name, columns }).toEqual({
    name: "Apache_CL",
    columns: [
      { name: "Status", type: "int" },
      { name: "Host", type: "string" },
    ],
  });
});

test("JSON will do", () => {
  const text = '{ "name": "Owners", "dialect": "sentinel", "columns": { "Host": "string" } }';
  expect(read(text, "tables/owners.json")).toMatchObject({ name: "Owners", dialect: "sentinel" });
});

test.each([
  ["name: A_CL\ncolumns: {}\n", "x.yaml:2:10 KT0720 `columns` is empty"],
  ["name: A CL\ncolumns: { x: int }\n", "x.yaml:1:7 KT0720 `name` must be letters"],
  [
    "name: A_CL\ncolumns:\n  x: integer\n",
    "x.yaml:3:6 KT0720 `columns.x` is `integer`, which is none of",
  ],
  ["name: A_CL\ncolumns:\n  x: int\n  x: long\n", "x.yaml:4:3 KT0720 not valid YAML"],
  ["name: A_CL\n", "x.yaml:1:1 KT0720 the file lacks the key `columns`"],
  ["name: A_CL\ncolumn: 1\ncolumns: { x: int }", "x.yaml:2:1 KT0720 unknown key `column`"],
  [
    "name: DeviceInfo\ncolumns: { x: int }\n",
    "x.yaml:1:7 KT0721 `DeviceInfo` is a table of `defender-xdr` already",
  ],
  [
    "name: Syslog\ncolumns: { x: int }\n",
    "x.yaml:1:7 KT0721 `Syslog` is a table of `sentinel` already",
  ],
])("a mistake has its place: %j", (text, message) => {
  expect(() => read(text)).toThrow(message);
});

test("a table of one dialect may be declared for the other", () => {
  const text = "name: Syslog\ndialect: defender-xdr\ncolumns: { x: int }\n";
  expect(read(text).dialect).toBe("defender-xdr");
});
