import { expect, test } from "vitest";
import { readDataFolder } from "../../src/cli/data-folder.ts";
import { bundledCatalog } from "../../src/schema/tables.ts";
import type { Row, Tables } from "../../src/schema/types.ts";
import { tempFolder } from "../support/temp-project.ts";

const read = (files: Readonly<Record<string, string>>): Tables => {
  const folder = tempFolder(files);
  const tables: Record<string, readonly Row[]> = {};
  for (const batch of readDataFolder(folder, folder, bundledCatalog("defender-xdr"))) {
    for (const [table, rows] of Object.entries(batch)) {
      tables[table] = [...(tables[table] ?? []), ...rows];
    }
  }
  return tables;
};

test("a table of each kind of file; other files are left alone", () => {
  expect(
    read({
      "DeviceProcessEvents.json": '[{"FileName":"a.exe","ProcessId":4}]',
      "DeviceFileEvents.jsonl": '{"FileName":"b"}\r\n\n{"FileName":"c"}\n',
      "DeviceInfo.ndjson": '{"DeviceName":"d"}',
      "DeviceEvents.csv":
        "Timestamp,FileName,ProcessId,IsInitiatingProcessRemoteSession\n2025-01-01T00:00:00Z,,12,true\n,x,,0\n",
      "Custom.csv": "A,B\n1,\n",
      "readme.md": "not a table",
      "recording.json": "{}",
    }),
  ).toEqual({
    DeviceProcessEvents: [{ FileName: "a.exe", ProcessId: 4 }],
    DeviceFileEvents: [{ FileName: "b" }, { FileName: "c" }],
    DeviceInfo: [{ DeviceName: "d" }],
    DeviceEvents: [
      {
        Timestamp: "2025-01-01T00:00:00Z",
        FileName: "",
        ProcessId: 12,
        IsInitiatingProcessRemoteSession: true,
      },
      { Timestamp: null, FileName: "x", ProcessId: null, IsInitiatingProcessRemoteSession: false },
    ],
    Custom: [{ A: "1", B: "" }],
  });
});

test("a long beyond 2^53 keeps its digits, a dynamic is JSON", () => {
  expect(
    read({
      "DeviceLogonEvents.csv": "LogonId\n9223372036854775807\n",
      "ExposureGraphNodes.csv": 'Categories\n"[""device""]"\nplain\n',
    }),
  ).toEqual({
    DeviceLogonEvents: [{ LogonId: "9223372036854775807" }],
    ExposureGraphNodes: [{ Categories: ["device"] }, { Categories: "plain" }],
  });
});

// oxfmt-ignore
test.each<[Readonly<Record<string, string>>, string]>([
  [{}, "KT0903 `.` holds no table"],
  [{ "A.json": "[]", "A.csv": "x\n" }, "KT0903 `.` holds the table `A` in two files"],
  [{ "A.json": "{}" }, "A.json KT0904 the file must hold a list of rows"],
  [{ "A.json": "[1]" }, "A.json KT0904 row 1 is not a map of column to value"],
  [{ "A.json": "[\n  {,}\n]" }, "A.json:2:4 KT0904 not valid JSON"],
  [{ "A.jsonl": '{"a":1}\n{"a" 1}\n' }, "A.jsonl:2:6 KT0904 not valid JSON"],
  [{ "A.jsonl": "[]" }, "A.jsonl KT0904 row 1 is not a map"],
  [{ "A.csv": "" }, "A.csv KT0904 the file has no header line"],
  [{ "A.csv": "a,b\n1,2\n1\n" }, "A.csv:3:1 KT0904 1 cells under 2 columns"],
  [{ "DeviceEvents.csv": "ProcessId\n0x10\n" }, "DeviceEvents.csv:2:1 KT0904 `0x10` in `ProcessId` is no long"],
])("%j is a mistake", (files, message) => {
  expect(() => read(files)).toThrow(message);
});

test("a folder that does not exist", () => {
  const catalog = bundledCatalog("defender-xdr");
  expect(() => [...readDataFolder("/nowhere/at-all", "/nowhere", catalog)]).toThrow(
    "KT0903 the folder `at-all` cannot be read\n  hint: it does not exist",
  );
});

/** More than is parsed at once. */
const many = Array.from({ length: 60_000 }, (_, id) => ({
  FileName: `${id}.exe`,
  ProcessCommandLine: "\\".repeat(400),
  AdditionalFields: { id, list: [1, { a: "}],[" }] },
}));

test("long files are read in batches, whatever their kind", () => {
  const json = JSON.stringify(many);
  const lines = many.map((row) => JSON.stringify(row)).join("\n");
  const found = read({ "DeviceEvents.json": json, "DeviceInfo.jsonl": lines });
  expect(found["DeviceEvents"]).toEqual(many);
  expect(found["DeviceInfo"]).toEqual(many);
});

test("an error late in a long file has its place", () => {
  const lines = many.map((row) => JSON.stringify(row)).join("\n");
  expect(() => read({ "A.jsonl": `${lines}\n{"a" 1}\n` })).toThrow("A.jsonl:60001:6 KT0904");
  const json = JSON.stringify(many);
  expect(() => read({ "A.json": json.slice(0, -1) })).toThrow("A.json");
  expect(() => read({ "A.json": `${json.slice(0, -1)},` })).toThrow("not valid JSON");
  expect(() => read({ "A.json": `${json.slice(0, -1)},7]` })).toThrow("row 60001 is not a map");
});
