import {
  array,
  assert,
  asyncProperty,
  bigInt,
  boolean,
  constantFrom,
  property,
  record,
} from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Recording } from "../../../src/recording/recording.ts";
import { judgeRecording } from "../../../src/run/replay/judge-recording.ts";
import type { RuleReplay } from "../../../src/run/replay/judgement.ts";
import {
  loadJudgingProject,
  type JudgingProject,
} from "../../../src/run/replay/judging-project.ts";
import { savedScenario, type SavedScenario } from "../../../src/run/replay/save-scenario.ts";
import { durationText } from "../../../src/run/replay/saved-values.ts";
import { parseDuration } from "../../../src/scenario/model/moment.ts";
import { readScenario } from "../../../src/scenario/read-scenarios.ts";
import type { Scenario } from "../../../src/scenario/model/types.ts";
import { formatInstant, parseInstant } from "../../../src/schema/time.ts";
import type { Row, Tables } from "../../../src/schema/types.ts";
import { text as textOf } from "../../scenario/scenarios.ts";
import { straceRecording, sysmonRecording } from "./recorded.ts";

const options = { name: "saved", class: "malicious", technique: "T1102" } as const;

function scenarioOf({ yaml, files }: SavedScenario): Scenario {
  return readScenario({ file: "scenarios/T1102/saved.yaml", text: yaml }, "T1102/saved", {
    readFile: (path) => {
      const text = files.get(path.replace("scenarios/T1102/", ""));
      return text === undefined ? undefined : { file: path, text };
    },
  });
}

function rowsOf(scenario: Scenario, now: bigint): Tables {
  const tables: Record<string, Row[]> = {};
  for (const { table, row } of scenario.events({ now })) (tables[table] ??= []).push(row);
  return tables;
}

/** What a rule did, told without names. */
const verdictOf = ({ rule, fired, rows, events, afterMs }: RuleReplay): unknown => ({
  rule,
  fired,
  rows: rows.length,
  events: events.length,
  afterMs,
});

let project: JudgingProject;
beforeAll(async () => {
  project = await loadJudgingProject(".", {});
});

/** Holds the rules of this repository to doing the same with `recording` and with the scenario it is saved as, whenever now is. */
async function expectSameVerdicts(recording: Recording): Promise<void> {
  const scenario = scenarioOf(savedScenario(recording, options));
  const wanted = (await judgeRecording(project, recording)).rules.map(verdictOf);
  for (const now of [recording.ended ?? "", "2025-01-15T12:00:00Z"]) {
    const tables = rowsOf(scenario, parseInstant(now) ?? 0n);
    const started = parseInstant(recording.started ?? "") ?? 0n;
    const moved = (parseInstant(now) ?? 0n) - (parseInstant(recording.ended ?? "") ?? 0n);
    const copy = { ...recording, tables, started: formatInstant(started + moved), ended: now };
    expect((await judgeRecording(project, copy)).rules.map(verdictOf)).toEqual(wanted);
  }
}

describe("rules do the same with a recording and with the scenario that it becomes", () => {
  test("of strace", async () => {
    await expectSameVerdicts(straceRecording());
  });

  test("of Sysmon", async () => {
    const recording = sysmonRecording();
    const { DeviceNetworkEvents = [] } = recording.tables;
    const asked = DeviceNetworkEvents.map((row) => ({
      ...row,
      RemoteUrl: "raw.githubusercontent.com",
    }));
    await expectSameVerdicts({
      ...recording,
      tables: { ...recording.tables, DeviceNetworkEvents: asked },
    });
  });

  test("of any part of one, as a timeline and as files", async () => {
    const whole = straceRecording();
    const part = record({
      kept: array(boolean(), { minLength: 13, maxLength: 13 }),
      text: constantFrom("", " {word}"),
    });
    await assert(
      asyncProperty(part, async ({ kept, text }) => {
        const { DeviceProcessEvents = [], DeviceNetworkEvents = [] } = whole.tables;
        const processes = DeviceProcessEvents.filter((_, index) => kept[index]).map((row) => ({
          ...row,
          ProcessCommandLine: `${textOf(row, "ProcessCommandLine")}${text}`,
        }));
        const connections = DeviceNetworkEvents.filter((_, index) => kept[index + 8]);
        const tables = { DeviceProcessEvents: processes, DeviceNetworkEvents: connections };
        await expectSameVerdicts({ ...whole, tables });
      }),
      { numRuns: 4, seed: 3 },
    );
  });
});

test("a recording of strace becomes a timeline", async () => {
  const { yaml, files } = savedScenario(straceRecording(), {
    ...options,
    title: "curl fetches a paste",
  });
  expect(files.size).toBe(0);
  await expect(yaml).toMatchFileSnapshot("golden/saved-strace.yaml");
});

test("a recording of Sysmon becomes a timeline on its device", async () => {
  const { yaml } = savedScenario(sysmonRecording(), { name: "saved" });
  await expect(yaml).toMatchFileSnapshot("golden/saved-sysmon.yaml");
});

test("what a timeline cannot tell exactly is told by files of rows, whose times are moved", () => {
  const recording = sysmonRecording();
  const { DeviceProcessEvents = [] } = recording.tables;
  const rows = DeviceProcessEvents.map((row) => ({ ...row, ProcessCommandLine: "echo {guid}" }));
  const tables = { ...recording.tables, DeviceProcessEvents: rows };
  const saved = savedScenario({ ...recording, tables }, options);
  expect([...saved.files.keys()].toSorted()).toEqual([
    "saved.rows/DeviceEvents.jsonl",
    "saved.rows/DeviceNetworkEvents.jsonl",
    "saved.rows/DeviceProcessEvents.jsonl",
  ]);
  expect(saved.yaml).toContain(`  - id: device-process-events
    rows: saved.rows/DeviceProcessEvents.jsonl
    table: DeviceProcessEvents
    shift: true
    at: -1s
`);
  const now = parseInstant("2025-01-15T12:00:00Z") ?? 0n;
  const told = rowsOf(scenarioOf(saved), now)["DeviceProcessEvents"] ?? [];
  expect(told.map((row) => [row["Timestamp"], row["ProcessCommandLine"]])).toEqual([
    ["2025-01-15T11:59:58.2500000Z", "echo {guid}"],
    ["2025-01-15T11:59:59.0000000Z", "echo {guid}"],
  ]);
});

test("hundreds of rows are files", () => {
  const DeviceEvents = Array.from({ length: 201 }, (_, index) => ({
    Timestamp: "2025-01-15T12:00:00.0000000Z",
    ProcessId: index,
  }));
  const { files } = savedScenario({ ...sysmonRecording(), tables: { DeviceEvents } }, options);
  expect([...files.keys()]).toEqual(["saved.rows/DeviceEvents.jsonl"]);
});

test("rows of several devices, without a time, without a device, and of later than the end", () => {
  const row = { Timestamp: "2025-01-15T12:00:00.0000000Z", ActionType: "x" };
  const DeviceEvents = [
    { ...row, DeviceName: "a.corp.example", DeviceId: "1" },
    {
      ...row,
      DeviceName: "b.corp.example",
      DeviceId: "2",
      ProcessCreationTime: "2025-01-16T00:00:00.0000000Z",
    },
    { ...row, DeviceName: "c", DeviceId: "3" },
    row,
    { ActionType: "timeless" },
  ];
  const { yaml, files } = savedScenario(
    { ...sysmonRecording(), tables: { DeviceEvents } },
    options,
  );
  expect(files.size).toBe(0);
  expect(yaml).toContain("    on: host-2\n");
  expect(yaml).toContain("      ProcessCreationTime: 2025-01-16T00:00:00.0000000Z\n");
});

test("a recording without rows is no scenario", () => {
  const nothing = { ...sysmonRecording(), tables: { DeviceEvents: [] } };
  expect(() => savedScenario(nothing, options)).toThrow("KT0865 the recording has no rows");
});

test("text of others cannot leave its place in the file", () => {
  const [row = {}] = sysmonRecording().tables["DeviceProcessEvents"] ?? [];
  const hostile = "x\n- row: DeviceInfo\n\u001b[31m # & *a !!js \u2028\"'";
  const tables = { DeviceProcessEvents: [{ ...row, ProcessCommandLine: hostile }] };
  const saved = savedScenario(
    { ...sysmonRecording(), tables },
    { ...options, title: "t: x\ntruth: benign" },
  );
  const scenario = scenarioOf(saved);
  const events = scenario.events({ now: parseInstant("2025-01-15T12:00:00Z") ?? 0n });
  expect(events.map((event) => event.row["ProcessCommandLine"])).toEqual([hostile]);
  expect(scenario.truth).toBe("malicious");
});

test.each<[bigint, string]>([
  [0n, "0s"],
  [1n, "0.0000001s"],
  [10_000_000n, "1s"],
  [600_000_000n, "1m"],
  [936_045_678_912n, "1d2h4.5678912s"],
])("%d ticks are %s", (ticks, text) => {
  expect(durationText(ticks)).toBe(text);
});

test("every duration is exact", () => {
  assert(
    property(bigInt({ min: 0n, max: 2_000_000_000_000_000n }), (ticks) => {
      expect(parseDuration(durationText(ticks))).toBe(Number(ticks));
    }),
    { seed: 1 },
  );
});
