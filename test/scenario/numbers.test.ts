import { expect, test } from "vitest";
import type { Row } from "../../src/schema/types.ts";
import { isWrittenOut, now, scenarioOf, scenarios, text } from "./scenarios.ts";

const cases = scenarios
  .filter(({ id }) => !isWrittenOut(id))
  .map((scenario) => scenario.events({ now }));

test("connections of a device have rising local ports", () => {
  // Recorded: 99 % are above the one before, 88 % by one; the highest is followed by the lowest.
  const steps: number[] = [];
  for (const events of cases) {
    const last = new Map<string, Row>();
    const made = events
      .flatMap(({ table, row }) => (table === "DeviceNetworkEvents" ? [row] : []))
      .filter((row) => text(row, "ActionType").startsWith("Connection"))
      .toSorted((a, b) => (text(a, "Timestamp") < text(b, "Timestamp") ? -1 : 1));
    for (const row of made) {
      const before = last.get(text(row, "DeviceId"));
      last.set(text(row, "DeviceId"), row);
      if (before !== undefined) steps.push(Number(row["LocalPort"]) - Number(before["LocalPort"]));
    }
  }
  expect(steps.length).toBeGreaterThan(30);
  expect(steps.filter((step) => step > 0).length / steps.length).toBeGreaterThan(0.95);
  expect(steps.filter((step) => step === 1).length / steps.length).toBeGreaterThan(0.3);
});

test("an administrator's elevated logon is made right before the other one", () => {
  // Recorded: ids below 86 million, the elevated one lower by 31 to 580.
  const { events } = scenarioOf(`version: 1
title: t
truth: malicious
devices: { desk: { user: alice } }
users: { alice: { admin: true } }
timeline:
  - { id: usual, process: powershell.exe }
  - { id: elevated, process: cmd.exe, integrity: High }
`);
  const logon = (seed: number): readonly number[] =>
    events({ now, seed }).map(({ row }) => Number(row["LogonId"]));
  for (const seed of [1, 2, 3, 4, 5]) {
    const [usual = 0, elevated = 0] = logon(seed);
    expect(usual).toBeLessThan(86_000_001);
    expect(usual - elevated).toBeGreaterThan(20);
    expect(usual - elevated).toBeLessThan(600);
  }
});

test("process ids are spread as recorded ones are", () => {
  // Recorded quartiles: 2516, 3968 and 6056.
  const ids = cases
    .flat()
    .flatMap(({ table, row }) =>
      table === "DeviceProcessEvents" ? [Number(row["ProcessId"])] : [],
    )
    .toSorted((a, b) => a - b);
  const at = (share: number): number => ids[Math.floor(share * (ids.length - 1))] ?? 0;
  expect(at(0.25)).toBeGreaterThan(1800);
  expect(at(0.25)).toBeLessThan(3300);
  expect(at(0.5)).toBeGreaterThan(3200);
  expect(at(0.5)).toBeLessThan(4800);
  expect(at(0.75)).toBeGreaterThan(5000);
  expect(at(0.75)).toBeLessThan(7100);
});
