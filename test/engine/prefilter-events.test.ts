import { expect, test } from "vitest";
import type { BatchScenario } from "../../src/engine/batch.ts";
import { evaluateBatch } from "../../src/engine/evaluate.ts";
import { parseInstant } from "../../src/schema/time.ts";
import type { Row } from "../../src/schema/types.ts";
import { compile, testNow } from "../support/engine.ts";

const now = parseInstant(testNow) ?? 0n;

function scenario(id: string, rows: readonly Row[]): BatchScenario {
  const table = "DeviceProcessEvents";
  return { id, events: rows.map((row, index) => ({ id: `e${index}`, table, row })) };
}

test("a mistake in an event without a part in the answer is told", async () => {
  const program = compile(
    "DeviceProcessEvents | where FileName == 'cmd.exe' and Timestamp > ago(1d)",
  );
  const batch = [scenario("bad", [{ FileName: "calc.exe", Timestamp: "2025-02-30T00:00:00Z" }])];
  await expect(evaluateBatch(program, batch, { now, prefiltersFrom: 0 })).rejects.toMatchObject({
    diagnostics: [
      {
        code: "KT0312",
        message:
          '`DeviceProcessEvents.Timestamp` of event `e0` in scenario `bad` is `"2025-02-30T00:00:00Z"`, which is no datetime',
      },
    ],
  });
});

test.each([
  ["texts beyond ASCII", "FileName has 'größe'", { FileName: "x größe y" }],
  ["texts that hardly repeat", "ProcessCommandLine has '1234'", { ProcessCommandLine: "run 1234" }],
  ["whole numbers", "ProcessId in (7, 8)", { ProcessId: 7 }],
  ["what is absent", "isempty(FileName)", { ProcessId: 1 }],
])("events are found by %s", async (_, condition, found) => {
  const program = compile(`DeviceProcessEvents | where ${condition} | project DeviceId`);
  const others = Array.from({ length: 3000 }, (_unused, index) => ({
    FileName: `größer${index % 7}`,
    ProcessId: 9,
    ProcessCommandLine: `run ${index + 5000}`,
  }));
  const batch = [
    scenario("none", others),
    scenario("one", [...others.slice(0, 5), { DeviceId: "here", ...found }]),
  ];
  const { rows } = await evaluateBatch(program, batch, { now });
  expect(rows).toEqual([{ scenario: 1, events: [5], values: ["here"] }]);
});
