import * as fc from "fast-check";
import { expect, test } from "vitest";
import { evaluateBatch } from "../../src/engine/evaluate.ts";
import type { BatchRow, BatchScenario } from "../../src/engine/batch.ts";
import { openEngine } from "../../src/engine/duckdb.ts";
import { isolate } from "../../src/plan/passes/isolate/isolate.ts";
import { countingProgram } from "../../src/plan/passes/columns-read.ts";
import type { Program } from "../../src/plan/ir/types.ts";
import { createEventView } from "../../src/run/metamorphic/event-view.ts";
import type { ScenarioEvent } from "../../src/scenario/model/types.ts";
import { parseInstant } from "../../src/schema/time.ts";
import type { Row, Value } from "../../src/schema/types.ts";
import { compile, testNow } from "../support/engine.ts";
import { grouping, perRow } from "./law-cases.ts";

const now = parseInstant(testNow) ?? 0n;

// Few values, so that rows of different scenarios would match if anything let them meet.
const device = fc.constantFrom("a", "b", "c");
const minute = fc.integer({ min: 0, max: 59 });
const event: fc.Arbitrary<Omit<ScenarioEvent, "id">> = fc.oneof(
  fc.record({
    table: fc.constant("DeviceProcessEvents"),
    row: fc
      .record({
        device,
        minute,
        name: fc.constantFrom("cmd.exe", "powershell.exe", "CALC.EXE", ""),
        id: fc.integer({ min: 1, max: 5 }),
      })
      .map((drawn): Row => ({
        Timestamp: timeOf(drawn.minute),
        DeviceId: drawn.device,
        DeviceName: `pc-${drawn.device}`,
        ActionType: "ProcessCreated",
        FileName: drawn.name,
        ProcessId: drawn.id * 4,
      })),
  }),
  fc.record({
    table: fc.constant("DeviceNetworkEvents"),
    row: fc
      .record({ device, minute, url: fc.constantFrom("pastebin.com", "example.org", null) })
      .map((drawn): Row => ({
        Timestamp: timeOf(drawn.minute),
        DeviceId: drawn.device,
        DeviceName: `PC-${drawn.device}`,
        ActionType: "ConnectionSuccess",
        RemoteUrl: drawn.url,
      })),
  }),
);
const scenario = fc.array(event, { maxLength: 6 });
const scenarios = fc.array(scenario, { minLength: 1, maxLength: 4 }).map(named);

function timeOf(minute: number): string {
  return `2025-01-15T11:${String(minute).padStart(2, "0")}:00.0000000Z`;
}

function named(lists: readonly (readonly Omit<ScenarioEvent, "id">[])[]): readonly BatchScenario[] {
  return lists.map((events, index) => ({
    id: `s${index}`,
    events: events.map((one, number) => ({ ...one, id: `e${number}` })),
  }));
}

/** The rows of one scenario as a bag: sorted texts. */
function bag(rows: readonly (readonly Value[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted();
}

async function batch(
  program: Program,
  list: readonly BatchScenario[],
): Promise<readonly (readonly BatchRow[])[]> {
  const { rows } = await evaluateBatch(program, list, { now });
  return list.map((_, index) => rows.filter((row) => row.scenario === index));
}

/** The rows of one scenario by the plain engine, which knows nothing of scenarios. */
async function alone(kql: string, { events }: BatchScenario): Promise<readonly string[]> {
  const engine = await openEngine({ now: testNow });
  try {
    for (const { table, row } of events) await engine.load({ [table]: [row] });
    return bag((await engine.query(kql)).rows);
  } finally {
    await engine.close();
  }
}

// `take` without an order may give any rows: only their number is the same. `serialize` takes them as they come.
const ambiguous = /\| take \d+ \| project|innerunique|Events \| serialize/;
const runs = { numRuns: 2, seed: 1102 };

test.each([...perRow, ...grouping])("batched and one by one are the same: %s", async (kql) => {
  const program = compile(kql);
  expect(isolate(program), "is isolated").toBeDefined();
  await fc.assert(
    fc.asyncProperty(scenarios, async (list) => {
      const together = await batch(program, list);
      for (const [index, one] of list.entries()) {
        const rows = bag((together[index] ?? []).map(({ values }) => values));
        expect(rows).toEqual(await alone(kql, one));
      }
    }),
    runs,
  );
});

test.each([...perRow, ...grouping].filter((kql) => !ambiguous.test(kql)))(
  "the order of events and other scenarios change nothing: %s",
  async (kql) => {
    const program = compile(kql);
    await fc.assert(
      fc.asyncProperty(scenarios, scenario, async (list, other) => {
        const before = await batch(program, list);
        const turned = list.map(({ id, events }) => ({ id, events: events.toReversed() }));
        const after = await batch(program, [...named([other]), ...turned]);
        for (const index of list.keys()) {
          const rows = (found: readonly BatchRow[] | undefined): readonly string[] =>
            bag((found ?? []).map(({ values }) => values.map(unordered)));
          expect(rows(after[index + 1])).toEqual(rows(before[index]));
        }
      }),
      runs,
    );
  },
);

/** Lists and sets that an aggregate gathers come in no promised order. */
function unordered(value: Value): Value {
  return Array.isArray(value) ? value.map((item) => JSON.stringify(item)).toSorted() : value;
}

test.each([...perRow, ...grouping])(
  "rows are counted by what they are counted from alone: %s",
  async (kql) => {
    const program = compile(kql);
    const counting = countingProgram(program);
    const view = createEventView(counting);
    await fc.assert(
      fc.asyncProperty(scenarios, async (list) => {
        const told = list.map((one) => ({ ...one, events: view(one.events).events }));
        const counts = (await batch(counting, told)).map((rows) => rows.length);
        expect(counts).toEqual((await batch(program, list)).map((rows) => rows.length));
      }),
      runs,
    );
  },
);

test.each([...perRow, ...grouping])(
  "leaving out what has no part changes nothing: %s",
  async (kql) => {
    const program = compile(kql);
    await fc.assert(
      fc.asyncProperty(scenarios, async (list) => {
        const sifted = await evaluateBatch(program, list, { now, prefiltersFrom: 0 });
        expect(sifted).toEqual(
          await evaluateBatch(program, list, { now, prefiltersFrom: Infinity }),
        );
      }),
      runs,
    );
  },
);

test.each([...perRow, ...grouping])("lineage stays within its scenario: %s", async (kql) => {
  const program = compile(kql);
  await fc.assert(
    fc.asyncProperty(scenarios, async (list) => {
      for (const [index, rows] of (await batch(program, list)).entries()) {
        const count = list[index]?.events.length ?? 0;
        for (const { events } of rows) expect(events.every((at) => at < count)).toBe(true);
      }
    }),
    runs,
  );
});

test.each(perRow)("a row needs no event but those of its lineage: %s", async (kql) => {
  const program = compile(kql);
  await fc.assert(
    fc.asyncProperty(scenarios, async (list) => {
      const rows = (await batch(program, list)).flat().slice(0, 8);
      const kept = rows.map(({ scenario: index, events }) => ({
        id: "kept",
        events: (list[index]?.events ?? []).filter((_, at) => events.includes(at)),
      }));
      const again = await batch(program, kept);
      for (const [index, { values }] of rows.entries()) {
        expect(bag((again[index] ?? []).map((row) => row.values))).toContain(
          JSON.stringify(values),
        );
      }
    }),
    runs,
  );
});
