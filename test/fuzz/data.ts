import type { BatchScenario } from "../../src/engine/batch.ts";
import type { Catalog } from "../../src/schema/tables.ts";
import { parseColumns } from "../../src/schema/tables.ts";
import type { Row } from "../../src/schema/types.ts";

/** Tables with a column of every type. They share names, some with another type, so that joins and unions must rename. */
export const catalog: Catalog = new Map(
  Object.entries({
    Events: "Id:l Name Flag:b Count:i Size:l Share:r Price:m At:t Took:s Uid:g Data:d Text",
    Hosts: "Id:l Name Kind Seen:t Tags:d Load:r",
    Marks: "Name:i name At:t Note Flag:b",
  }).map(([name, text]) => [name, { name, columns: parseColumns(text) }]),
);

const uid = "74be27de-1e4e-49d9-b579-fe0b331d3642";

const events: readonly Row[] = [
  { Id: 1, Name: "cmd.exe", Flag: true, Count: 3, Size: 10, Share: 0.5, Price: "1.25", At: "2025-01-15T11:00:00Z", Took: "00:00:01", Uid: uid, Data: { a: 1, b: "x", c: [1, 2] }, Text: "copy /y a.txt b.txt" },
  { Id: 2, Name: "CMD.EXE", Flag: false, Count: -3, Size: -10, Share: -2.5, Price: "-0.5", At: "2025-01-15T11:07:30.1234567Z", Took: "-01:00:00", Uid: uid.toUpperCase(), Data: ["a", "b", null, "a"], Text: "GET https://pastebin.com/raw/x?q=1&r=%20" },
  { Id: 3, Name: "", Count: 0, Size: 0, Share: 0, Price: "0", At: "2024-12-31T23:59:59.9999999Z", Took: "00:00:00", Data: "text", Text: "" },
  { Id: 4 },
  { Id: 5, Name: "a b", Flag: true, Count: 2147483647, Size: "9223372036854775807", Share: "NaN", Price: "12345678901234.5", At: "0001-01-01T00:00:00Z", Took: "10675199.02:48:05.4775807", Uid: "00000000-0000-0000-0000-000000000000", Data: {}, Text: "it's \"quoted\" \\ 100%_" },
  { Id: 5, Name: "Straße", Flag: false, Count: -2147483648, Size: "-9223372036854775808", Share: "Infinity", Price: "0.000000000000000001", At: "9999-12-31T23:59:59.9999999Z", Took: "1.00:00:00", Data: [], Text: "k1=v1;k2=v 2;k3=" },
  { Id: 7, Name: "İstanbul", Flag: true, Count: 7, Size: 7, Share: 7.75, Price: "7", At: "2025-01-15T11:00:00Z", Took: "00:07:00", Uid: uid, Data: 7, Text: "10.0.0.7" },
  { Id: 8, Name: "line\nbreak\u0000😀", Flag: false, Count: 1, Size: 5, Share: 1e300, Price: "-7.75", At: "2024-02-29T12:00:00Z", Took: "2.12:00:00", Data: { a: { b: [true, null, 1.5] }, "": "empty", "it's": 1 }, Text: '{"a": [1, {"b": "é"}], "c": null}' },
  { Id: 9, Name: "a", Count: 1, Size: 5, Data: true, Text: "2025-01-15" },
  { Id: 1, Name: "cmd.exe", Flag: true, Count: 3, Size: 10, Share: 0.5, At: "2025-01-15T11:59:00Z", Data: { a: "1", d: null }, Text: " 12 " },
]; // oxfmt-ignore

const hosts: readonly Row[] = [
  {
    Id: 1,
    Name: "cmd.exe",
    Kind: "shell",
    Seen: "2025-01-15T10:00:00Z",
    Tags: ["a", "b"],
    Load: 0.25,
  },
  { Id: 1, Name: "Cmd.exe", Kind: "shell", Seen: "2025-01-14T10:00:00Z", Tags: [], Load: 1 },
  { Id: 5, Name: "a b", Kind: "", Seen: "2025-01-15T11:30:00Z", Tags: { a: 1 } },
  { Name: "", Kind: "none", Load: -1.5 },
  { Id: 9, Name: "straße", Kind: "a", Seen: "2025-01-16T00:00:00Z", Tags: [1, 2, [3]], Load: 0.5 },
];

const marks: readonly Row[] = [
  { Name: 1, name: "one", At: "2025-01-15T11:00:00Z", Note: "cmd.exe", Flag: true },
  { Name: 2, name: "", Note: "a b c", Flag: false },
  { name: "three", At: "2025-01-15T12:00:00Z" },
];

/** Scenarios that share values, so that rows would meet if anything let them; one of them has no events at all. */
export const scenarios: readonly BatchScenario[] = [
  scenario("most", { Events: events, Hosts: hosts, Marks: marks }),
  scenario("none", {}),
  scenario("few", { Events: events.slice(0, 3), Hosts: hosts.slice(0, 2), Marks: marks.slice(1) }),
  scenario("again", { Events: [...events.slice(1, 7), ...events.slice(1, 3)], Marks: marks }),
];

function scenario(id: string, tables: Readonly<Record<string, readonly Row[]>>): BatchScenario {
  const events = Object.entries(tables).flatMap(([table, rows]) =>
    rows.map((row) => ({ table, row })),
  );
  return { id, events: events.map((event, index) => ({ id: `e${index}`, ...event })) };
}
