import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { duckdb } from "../../src/engine/database/duckdb-api.ts";
import { readParquet } from "../../src/engine/database/parquet.ts";
import { generateScenarios } from "../../src/project/scenarios/load-scenarios.ts";

const root = mkdtempSync(join(tmpdir(), "kqltest-"));
afterAll(() => rmSync(root, { recursive: true }));

async function writeParquet(path: string, select: string): Promise<void> {
  const instance = await duckdb.DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

const folder = join(root, "scenarios", "T1");
mkdirSync(folder, { recursive: true });
const scenario = (file: string): string =>
  `version: 1\ntitle: t\ntruth: benign\ntimeline:\n  - rows: ${file}\n    table: DeviceProcessEvents\n    shift: true\n    at: -1h\n`;

test("a scenario's rows come from a Parquet file beside it", async () => {
  await writeParquet(
    join(folder, "a.parquet"),
    'SELECT TIMESTAMP \'2024-05-01 08:00:00.5\' AS "Timestamp", \'a.exe\' AS "FileName", 4711::BIGINT AS "ProcessId"',
  );
  writeFileSync(join(folder, "s.yaml"), scenario("a.parquet"));
  const [one] = await generateScenarios({ root, filters: ["T1/s"], now: "2025-01-15T12:00:00Z" });
  expect(one?.events).toEqual([
    {
      id: "rows-1-1",
      table: "DeviceProcessEvents",
      row: { Timestamp: "2025-01-15T11:00:00.0000000Z", FileName: "a.exe", ProcessId: 4711 },
    },
  ]);
});

test("a Parquet file that is not there, or is a link out of the project, is refused", async () => {
  writeFileSync(join(folder, "s.yaml"), scenario("none.parquet"));
  await expect(generateScenarios({ root, filters: ["T1/s"] })).rejects.toThrow(
    /s\.yaml:\d+:\d+ KT0532 there is no file `scenarios\/T1\/none\.parquet`/,
  );
  const outside = mkdtempSync(join(tmpdir(), "kqltest-"));
  await writeParquet(join(outside, "a.parquet"), "SELECT 1 AS a");
  symlinkSync(join(outside, "a.parquet"), join(folder, "link.parquet"));
  writeFileSync(join(folder, "s.yaml"), scenario("link.parquet"));
  await expect(generateScenarios({ root, filters: ["T1/s"] })).rejects.toThrow(
    /KT0707 the path leads out of the project/,
  );
  rmSync(join(folder, "link.parquet"));
  rmSync(outside, { recursive: true });
});

test("a file that is no Parquet is refused with its name, and a pattern is no file", async () => {
  writeFileSync(join(folder, "b.parquet"), "PAR0");
  await expect(readParquet(join(folder, "b.parquet"), "b.parquet")).rejects.toThrow(
    /b\.parquet KT0534 the Parquet file cannot be read/,
  );
  await expect(readParquet(join(folder, "*.parquet"), "*.parquet")).rejects.toThrow(/KT0534/);
});
