import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { reference } from "../../rules/T1102-web-service/reference.ts";
import { openEngine } from "../../src/engine/duckdb.ts";
import { readRule } from "../../src/kql/rules/rule-file.ts";
import { createRowKey } from "../../src/run/reference/row-key.ts";
import { formatInstant, parseInstant, ticksPerDay } from "../../src/schema/time.ts";
import type { Row, Tables } from "../../src/schema/types.ts";

const file = "rules/T1102-web-service/rule.yaml";
const rule = readRule({ file, text: readFileSync(file, "utf8") }, "T1102-web-service");
const now = "2025-01-15T12:00:00.0000000Z";

/** Every text that the rule compares with, and names that only look like one. */
const literals = [...rule.kql.text.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? "");
const hosts = literals.filter((text) => text.includes(".") && !text.endsWith(".exe"));
const programs = literals.filter((text) => text.endsWith(".exe"));

const lookAlikes = ["notepad.exe", "chrome", "chrome.exe.exe", "pastebin", "github.com", "slack"];
const before = ["", "", "", "https://", "x.", "not", "my-", "a_", "é", "٣", " "];
const after = ["", "", "", "/raw/x", ":443", ".evil.example", "x", "_a", "é", "٣", ".bak", "?q=1"];

/** One of `names` with something before or behind it and in some case, or nothing. */
function text(names: readonly string[]): fc.Arbitrary<string | null> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(null, "", ...lookAlikes) },
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom(...before), fc.constantFrom(...names), fc.constantFrom(...after))
        .map((parts) => parts.join("")),
    },
    { weight: 3, arbitrary: fc.constantFrom(...names) },
    { weight: 2, arbitrary: fc.constantFrom(...names).map((name) => name.toUpperCase()) },
  );
}

/** Instants about the edge of the day that the rule looks back over, and on both sides of now. */
const instant: fc.Arbitrary<string | null> = fc
  .oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 2, arbitrary: fc.bigInt({ min: -2n, max: 2n }).map((tick) => tick - ticksPerDay) },
    { weight: 6, arbitrary: fc.bigInt({ min: -ticksPerDay, max: ticksPerDay / 24n }) },
  )
  // `now` is an instant.
  .map((offset) => (offset === null ? null : formatInstant((parseInstant(now) ?? 0n) + offset)));

const device = fc.constantFrom("d1", "d2", "d3", "D1", "", null);

const connection: fc.Arbitrary<Row> = fc.record({
  Timestamp: instant,
  DeviceId: device,
  DeviceName: fc.constantFrom("ws-1", null),
  RemoteUrl: text(hosts),
  RemoteIP: fc.constantFrom("104.20.67.143", "10.0.0.8", null),
  RemotePort: fc.constantFrom(443, 80, null),
  RemoteIPType: fc.constantFrom("Public", "Private", "public", null),
  InitiatingProcessFileName: text(programs),
});

const start: fc.Arbitrary<Row> = fc.record({
  Timestamp: instant,
  DeviceId: device,
  ProcessId: fc.constantFrom(4, 4_294_967_296, null),
  FileName: text(programs),
  ProcessCommandLine: fc.constantFrom("powershell.exe -nop", "", null),
  InitiatingProcessFileName: text(programs),
  AccountName: fc.constantFrom("jdoe", null),
  SHA256: fc.constantFrom("ab", null),
});

const tables: fc.Arbitrary<Tables> = fc.record({
  DeviceNetworkEvents: fc.array(connection, { minLength: 20, maxLength: 80 }),
  DeviceProcessEvents: fc.array(start, { minLength: 20, maxLength: 80 }),
});

test("the rule on the engine gives the rows of its reference", async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (events) => {
      const engine = await openEngine({ now, dialect: rule.dialect });
      try {
        await engine.load(events);
        const { columns, rows } = await engine.query(rule.kql.text);
        const keyOf = createRowKey(columns);
        const found = rows.map((values) =>
          keyOf(
            Object.fromEntries(columns.map(({ name }, index) => [name, values[index] ?? null])),
          ),
        );
        expect(found.toSorted()).toEqual(reference(events, { now }).map(keyOf).toSorted());
        const times = rows.map(([timestamp]) => JSON.stringify(timestamp));
        expect(times).toEqual(times.toSorted().toReversed());
      } finally {
        await engine.close();
      }
    }),
    { numRuns: 10, seed: 1102 },
  );
});
