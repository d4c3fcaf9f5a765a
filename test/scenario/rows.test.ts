import { expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import { readScenario } from "../../src/scenario/read-scenarios.ts";
import type { EventOptions, ScenarioEvent } from "../../src/scenario/model/types.ts";
import { around, now } from "./scenarios.ts";

type Files = Readonly<Record<string, string>>;

function events(
  timeline: string,
  files: Files,
  more: Partial<EventOptions> = {},
): readonly ScenarioEvent[] {
  const source = { file: "scenarios/T1/s.yaml", text: around(timeline) };
  const read = (file: string): { file: string; text: string } | undefined => {
    const text = files[file];
    return text === undefined ? undefined : { file, text };
  };
  return readScenario(source, "T1/s", { readFile: read }).events({ now, ...more });
}

function problems(timeline: string, files: Files): string {
  try {
    events(timeline, files);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "nothing";
}

const step = (file: string, more = ""): string =>
  `- id: r\n  rows: ${file}\n  table: DeviceNetworkEvents${more}`;
const jsonl = `{"Timestamp":"2024-05-01T08:00:00Z","RemotePort":443,"ReportId":7,"AdditionalFields":{"a":1},"RemoteUrl":null}
{"Timestamp":"2024-05-01T08:30:00+00:00","InitiatingProcessCreationTime":"2024-05-01T07:00:00Z"}
`;
const expected = [
  {
    Timestamp: "2024-05-01T08:00:00.0000000Z",
    RemotePort: 443,
    ReportId: 7,
    AdditionalFields: '{"a":1}',
  },
  {
    Timestamp: "2024-05-01T08:30:00.0000000Z",
    InitiatingProcessCreationTime: "2024-05-01T07:00:00.0000000Z",
  },
];

test.each<[file: string, text: string]>([
  ["a.jsonl", jsonl],
  ["a.json", `[${jsonl.trim().replace("\n", ",")}]`],
  [
    "a.csv",
    `Timestamp,RemotePort,ReportId,AdditionalFields,InitiatingProcessCreationTime\n2024-05-01T08:00:00Z,443,7,"{""a"":1}",\n2024-05-01 08:30:00,,,,2024-05-01T07:00:00Z\n`,
  ],
])("rows of %s are as they are, in the table's types", (file, text) => {
  const found = events(step(file), { [`scenarios/T1/${file}`]: text });
  expect(found.map(({ id, table }) => [id, table])).toEqual([
    ["r-1", "DeviceNetworkEvents"],
    ["r-2", "DeviceNetworkEvents"],
  ]);
  found.forEach(({ row }, index) => expect(row).toMatchObject(expected[index] ?? {}));
  expect(found[0]?.row["RemoteUrl"] ?? "").toBe("");
});

test("with `shift` the latest is at the step's time and all distances stay", () => {
  const files = { "scenarios/T1/a.jsonl": jsonl };
  const found = events(step("a.jsonl", "\n  shift: true\n  at: -1h"), files);
  expect(found.map(({ row }) => row["Timestamp"])).toEqual([
    "2025-01-15T11:04:56.7890123Z",
    "2025-01-15T11:34:56.7890123Z",
  ]);
  expect(found[1]?.row["InitiatingProcessCreationTime"]).toBe("2025-01-15T10:04:56.7890123Z");
});

test("rows that an engine reads are typed in the same way", () => {
  const rows = [{ Timestamp: "2024-05-01 08:00:00", RemotePort: 443, ReportId: "7" }];
  const recorded = new Map([["scenarios/T1/a.parquet", rows]]);
  const [event] = events(step("a.parquet"), {}, { recorded });
  expect(event?.row).toEqual({
    Timestamp: "2024-05-01T08:00:00.0000000Z",
    RemotePort: 443,
    ReportId: 7,
  });
});

test("rows of a workspace's table move by `TimeGenerated`", () => {
  const text = '{"TimeGenerated":"2024-05-01T08:00:00Z","ResultType":"0"}';
  const timeline = "- rows: a.jsonl\n  table: SigninLogs\n  shift: true\n  at: -1h";
  const [event] = events(timeline, { "scenarios/T1/a.jsonl": text });
  expect(event?.row).toEqual({ TimeGenerated: "2025-01-15T11:34:56.7890123Z", ResultType: "0" });
});

test.each<[what: string, timeline: string, text: string, message: string]>([
  [
    "a column that is none",
    step("a.jsonl"),
    '{"Timestamp":"2024-05-01T08:00:00Z"}\n{"RemotPort":1}',
    `scenarios/T1/a.jsonl:2:2 KT0533 table \`DeviceNetworkEvents\` has no column \`RemotPort\`
  2 | {"RemotPort":1}
    |  ^
  hint: did you mean \`RemotePort\`?`,
  ],
  [
    "a value of another type",
    step("a.jsonl"),
    '{"RemotePort":"many"}',
    `scenarios/T1/a.jsonl:1:2 KT0533 column \`RemotePort\` is of type \`int\`, found "many"
  1 | {"RemotePort":"many"}
    |  ^`,
  ],
  [
    "an empty file",
    step("a.jsonl"),
    "\n",
    `scenarios/T1/s.yaml:6:11 KT0532 \`scenarios/T1/a.jsonl\` has no rows
  6 |     rows: a.jsonl
    |           ^^^^^^^
  hint: write them, or delete the step`,
  ],
  [
    "a file that is not there",
    step("b.jsonl"),
    "",
    `scenarios/T1/s.yaml:6:11 KT0532 there is no file \`scenarios/T1/b.jsonl\`
  6 |     rows: b.jsonl
    |           ^^^^^^^
  hint: write its path from the scenario's folder`,
  ],
  [
    "a file elsewhere",
    step("../T2/a.jsonl"),
    "",
    `scenarios/T1/s.yaml:6:11 KT0532 \`../T2/a.jsonl\` is not below the scenario's folder
  6 |     rows: ../T2/a.jsonl
    |           ^^^^^^^^^^^^^
  hint: put the file beside the scenario`,
  ],
  [
    "a file outside of the project",
    step("/etc/passwd"),
    "",
    `scenarios/T1/s.yaml:6:11 KT0532 \`/etc/passwd\` is not below the scenario's folder
  6 |     rows: /etc/passwd
    |           ^^^^^^^^^^^
  hint: put the file beside the scenario`,
  ],
  [
    "a file of another kind",
    step("a.xlsx"),
    "",
    `scenarios/T1/s.yaml:6:11 KT0532 \`a.xlsx\` is no file of rows
  6 |     rows: a.xlsx
    |           ^^^^^^
  hint: possible: .jsonl, .json, .csv, .parquet`,
  ],
  [
    "a table that is none",
    step("a.jsonl").replace("NetworkEvents", "NetworkEvent"),
    "",
    `scenarios/T1/s.yaml:7:12 KT0507 there is no table \`DeviceNetworkEvent\`
  7 |     table: DeviceNetworkEvent
    |            ^^^^^^^^^^^^^^^^^^
  hint: did you mean \`DeviceNetworkEvents\`?`,
  ],
])("says what is wrong: %s", (_, timeline, text, message) => {
  expect(problems(timeline, { "scenarios/T1/a.jsonl": text })).toBe(message);
});

test("a whole number beyond 2^53 keeps its digits in a column of type `long`", () => {
  const text =
    '{"ReportId":9007199254740993,"AdditionalFields":{"a":[12345678901234567890,1.5]}}\n';
  const [event] = events(step("a.jsonl"), { "scenarios/T1/a.jsonl": text });
  expect(event?.row).toEqual({
    ReportId: "9007199254740993",
    AdditionalFields: '{"a":[12345678901234567890,1.5]}',
  });
});

test("in a dynamic column it would be rounded, and is refused", () => {
  const text =
    '{"TimeGenerated":"2024-05-01T08:00:00Z"}\n{"DeviceDetail":{"a":9007199254740993}}\n';
  const timeline = "- rows: a.jsonl\n  table: SigninLogs";
  expect(problems(timeline, { "scenarios/T1/a.jsonl": text })).toContain(
    "scenarios/T1/a.jsonl:2:2 KT0533 column `DeviceDetail` holds a number beyond 2^53",
  );
});
