import { expect, test } from "vitest";
import { openEngine } from "../../src/engine/duckdb.ts";
import { loadProject } from "../../src/project/project.ts";
import { createSpanClock } from "../../src/scenario/background/lines/span-clock.ts";
import { rowOf, tableOf } from "../../src/scenario/background/background-event.ts";
import { world } from "../../src/scenario/background/world.ts";
import { parseInstant } from "../../src/schema/time.ts";
import type { Row } from "../../src/schema/types.ts";

const start = parseInstant("2025-01-13T00:00:00Z") ?? 0n;

/** A desk on a Monday on which nothing happens. */
function officeDay(): Readonly<Record<string, readonly Row[]>> {
  const profiles = [{ profile: "office-day", weight: 1 }] as const;
  const clock = createSpanClock(start).text;
  const tables: Record<string, Row[]> = {};
  for (const event of world({ devices: 1, days: 1, profiles, seed: 0, start })) {
    (tables[tableOf(event.happening)] ??= []).push(rowOf(event, clock));
  }
  return tables;
}

test("T1102 as published fires on an ordinary day: each connection to a service, times each start of the device", async () => {
  const [rule] = (await loadProject(".", { rules: ["T1102-web-service"] })).rules;
  const engine = await openEngine({ now: "2025-01-14T00:00:00Z" });
  try {
    await engine.load(officeDay());
    const { columns, rows } = await engine.query(rule?.kql.text ?? "");
    const column = (name: string): number => columns.findIndex((one) => one.name === name);
    const [time, device, program] = [
      column("Timestamp"),
      column("DeviceName"),
      column("InitiatingProcessFileName"),
    ];
    const connections = new Set(
      rows.map((row) => `${JSON.stringify(row[time])} ${JSON.stringify(row[device])}`),
    );
    const programs = new Set(rows.map((row) => row[program]));
    // Nothing of it is an attack.
    expect(connections.size).toBeGreaterThan(20);
    expect(rows.length).toBeGreaterThan(50 * connections.size);
    expect([...programs]).toEqual(expect.arrayContaining(["OneDrive.exe", "OUTLOOK.EXE"]));
  } finally {
    await engine.close();
  }
});
