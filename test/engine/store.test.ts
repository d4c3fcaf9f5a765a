import { expect, test } from "vitest";
import { openEngine } from "../../src/engine/duckdb.ts";

test("rows that come later may have other columns, and names that differ by case alone", async () => {
  const engine = await openEngine();
  await engine.load({ DeviceProcessEvents: [{ FileName: "a.exe", LogonId: 1 }] });
  await engine.load({ DeviceProcessEvents: [{ FileName: "b.exe", LogonID: 2, SHA1: "é" }] });
  const { rows } = await engine.query(
    "DeviceProcessEvents | project FileName, LogonId, LogonID, SHA1 | sort by FileName asc",
  );
  expect(rows).toEqual([
    ["a.exe", 1, null, ""],
    ["b.exe", null, 2, "é"],
  ]);
  expect((await engine.query("DeviceProcessEvents | where SHA1 == '' | count")).rows).toEqual([
    [1],
  ]);
  await engine.close();
});

test("many rows keep their order and their texts", async () => {
  const engine = await openEngine();
  const names = Array.from({ length: 5000 }, (_, index) => `p${index % 700}.exe`);
  await engine.load({ DeviceProcessEvents: names.map((FileName) => ({ FileName })) });
  const { rows } = await engine.query("DeviceProcessEvents | project FileName");
  expect(rows.map(([name]) => name)).toEqual(names);
  await engine.close();
});
