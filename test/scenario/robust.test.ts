import * as fc from "fast-check";
import { expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import { bundledCatalog } from "../../src/schema/tables.ts";
import { now, scenarioOf } from "./scenarios.ts";

/** Mostly one of `good`, now and then one of `bad`. */
const mostly = (good: readonly unknown[], bad: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(...bad) },
  );

const program = mostly(
  ["cmd.exe", "svchost.exe", "OneDrive.exe", "C:\\Tools\\x.exe", "svchost.exe -k netsvcs"],
  ["a", "b", "x.exe", "cmd.exe < a", "b < cmd.exe", " < "],
);
const common = {
  id: mostly([undefined], ["a", "b"]),
  at: mostly([undefined, "-2h", "-1h", "-0s"], ["+5s", "now", "-1d"]),
  on: mostly([undefined, "d"], ["e", "f"]),
  columns: mostly([undefined], [{ Timestamp: "-1h" }, { FileName: "x" }, { Foo: 1 }]),
};
const as = mostly([undefined, "u", "system", "local service"], ["v", "constructor", "w"]);
const processStep = fc.record({
  ...common,
  process: program,
  parent: program,
  as,
  command: fc.string({ minLength: 1 }),
  integrity: mostly([undefined, "Low", "High"], ["low"]),
  copyOf: mostly([undefined, "regsvr32.exe"], ["none.exe"]),
});
const strange = ["__proto__", "constructor", "a.example:0", "a..b", "http://"];
const connectionStep = fc.record({
  ...common,
  connection: fc.oneof(fc.webUrl(), fc.domain(), fc.ipV4(), fc.ipV6(), fc.constantFrom(...strange)),
  by: program,
  as,
  url: mostly(["host", "full", "none"], ["Host"]),
  action: mostly([undefined, "ConnectionFailed"], ["SslConnectionInspected", "Failed"]),
});
const rowStep = fc.record({
  ...common,
  row: mostly(["DeviceInfo", "EmailEvents"], ["Nothing", "constructor"]),
});
const file = fc.record({
  version: fc.constant(1),
  title: fc.constant("t"),
  truth: fc.constant("benign"),
  devices: mostly([{ d: null }, { d: { name: "e" } }], [{ d: {}, e: {} }]),
  users: mostly([{ u: null }, { u: { admin: true } }], [{ u: {}, v: { name: "V" } }]),
  timeline: fc.array(fc.oneof(processStep, connectionStep, rowStep), { maxLength: 4 }),
});

/** How many events `yaml` gives, or -1 where it is refused. */
function outcome(yaml: string): number {
  try {
    const events = scenarioOf(yaml).events({ now });
    const catalog = bundledCatalog("defender-xdr");
    for (const { table, row } of events) {
      const known = new Set(catalog.get(table)?.columns.map((column) => column.name));
      expect(Object.keys(row).filter((name) => !known.has(name))).toEqual([]);
    }
    return events.length;
  } catch (error) {
    if (error instanceof InputError) return -1;
    throw error;
  }
}

test("a file is refused with a place, or each of its steps gives a row", () => {
  let accepted = 0;
  fc.assert(
    fc.property(file, (data) => {
      const events = outcome(JSON.stringify(data));
      if (events >= 0) accepted++;
      expect([-1, data.timeline.length]).toContain(events);
    }),
    { numRuns: 120 },
  );
  expect(accepted).toBeGreaterThan(20);
});

test("any text at all is refused or read", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (left, right) => {
      expect(outcome(`version: 1\n${left}: ${right}`)).toBeLessThanOrEqual(0);
    }),
  );
});
