import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ScenarioEvent } from "../../src/scenario/model/types.ts";
import {
  formatInstant,
  maxDatetimeTicks,
  parseInstant,
  ticksPerDay,
} from "../../src/schema/time.ts";
import type { Value } from "../../src/schema/types.ts";
import { around, eventsOf, now, scenarioOf, scenarios, ticks } from "./scenarios.ts";

const generate = (index: number, at = now, seed?: number): readonly ScenarioEvent[] => {
  const scenario = scenarios[index % scenarios.length];
  if (scenario === undefined) throw new Error("no scenarios");
  const options = seed === undefined ? { now: at } : { now: at, seed };
  return scenario.events(options);
};

/** `events` as they would be `shift` ticks later. */
function shifted(events: readonly ScenarioEvent[], shift: bigint): unknown {
  const move = (value: Value): Value => {
    const instant =
      typeof value === "string" && value.length === 28 ? parseInstant(value) : undefined;
    return instant === undefined ? value : formatInstant(instant + shift);
  };
  return events.map(({ id, table, row }) => ({
    id,
    table,
    row: Object.fromEntries(Object.entries(row).map(([name, value]) => [name, move(value)])),
  }));
}

test("the same arguments give the same bytes, in whatever order scenarios are generated", () => {
  const once = scenarios.map((_, index) => JSON.stringify(generate(index)));
  fc.assert(
    fc.property(fc.shuffledSubarray([...scenarios.keys()]), (order) => {
      for (const index of order) expect(JSON.stringify(generate(index))).toBe(once[index]);
    }),
    { numRuns: 10 },
  );
});

test("another now moves every time by the same distance and changes nothing else", () => {
  const instants = fc.bigInt(100n * 365n * ticksPerDay, maxDatetimeTicks - 1n);
  fc.assert(
    fc.property(fc.nat(scenarios.length - 1), instants, (index, other) => {
      expect(generate(index, other)).toEqual(shifted(generate(index), other - now));
    }),
    { numRuns: 60 },
  );
});

test("another seed gives another run of the same incident", () => {
  fc.assert(
    fc.property(
      fc.nat(scenarios.length - 1),
      fc.integer({ min: 1, max: 1_000_000 }),
      (index, seed) => {
        const [own, other] = [generate(index), generate(index, now, seed)];
        expect(other.map(({ id, table }) => [id, table])).toEqual(
          own.map(({ id, table }) => [id, table]),
        );
        expect(other).not.toEqual(own);
      },
    ),
    { numRuns: 60 },
  );
});

test("a seed of zero changes nothing", () => {
  expect(generate(0, now, 0)).toEqual(generate(0));
});

test("a step added at the end leaves the others as they were", () => {
  const steps =
    "- id: a\n  at: -1h\n  process: cmd.exe\n- id: b\n  connection: pastebin.com\n  by: a";
  const more = `${steps}\n- id: c\n  process: whoami.exe\n  parent: a`;
  expect(eventsOf(around(more)).slice(0, 2)).toEqual(eventsOf(around(steps)));
});

test("whatever the delays, a step never comes before its process", () => {
  // The last step's own time fits only where the drawn one before it is short.
  const timeline = `- id: a
  at: -1h
  process: cmd.exe
- id: b
  process: cmd.exe
  parent: a
- id: c
  at: -59m59.5s
  process: cmd.exe
  parent: b
- connection: pastebin.com
  at: -59m59.4s
  by: cmd.exe < c`;
  const scenario = scenarioOf(around(timeline));
  fc.assert(
    fc.property(fc.nat(100_000), (seed) => {
      for (const { row } of scenario.events({ now, seed })) {
        const own = "ProcessCreationTime" in row ? "ProcessCreationTime" : "Timestamp";
        expect(ticks(row, own)).toBeGreaterThan(ticks(row, "InitiatingProcessCreationTime"));
      }
    }),
  );
});
