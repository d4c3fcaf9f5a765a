import { expect, test } from "vitest";
import { InputError } from "../../../src/base/diagnostic.ts";
import type { Recording } from "../../../src/recording/recording.ts";
import { judgeRecording } from "../../../src/run/replay/judge-recording.ts";
import { meetsRequirements, type Judgement } from "../../../src/run/replay/judgement.ts";
import {
  loadJudgingProject,
  type JudgingOptions,
} from "../../../src/run/replay/judging-project.ts";
import { atomic, sysmonRecording, testProject } from "./recorded.ts";

const judge = async (
  root: string,
  recording: Recording,
  options: JudgingOptions & { readonly now?: string } = { guid: atomic.guid },
): Promise<Judgement> =>
  judgeRecording(await loadJudgingProject(root, options), recording, options);

test("a rule says which rows it flagged, how soon, and whether they are of the run", async () => {
  const judged = await judge(testProject(), sysmonRecording());
  expect(judged.now).toBe("2024-05-02T10:00:03.0000000Z");
  expect(judged.tables).toEqual({
    DeviceEvents: 1,
    DeviceNetworkEvents: 1,
    DeviceProcessEvents: 2,
  });
  const [rule] = judged.rules;
  expect(rule).toMatchObject({ rule: "encoded-powershell", fired: true, afterMs: 750 });
  expect(rule?.rows.map(({ events }) => events)).toEqual([["DeviceProcessEvents-2"]]);
  expect(rule?.events.map(({ id, time, marked }) => [id, time, marked])).toEqual([
    ["DeviceProcessEvents-2", "2024-05-02T10:00:02.0000000Z", true],
  ]);
  expect(judged.test).toMatchObject({
    label: "T1059.001-1",
    marker: { value: "run-7", rows: 3 },
    requirements: [{ rule: "encoded-powershell", must: "fire", did: "fire", holds: true }],
  });
  expect(meetsRequirements(judged)).toBe(true);
});

test("the twin's process is found, and its columns compared", async () => {
  const { comparison } = await judge(testProject(), sysmonRecording());
  expect(comparison?.twin).toBe("T1059.001/encoded-command");
  const [row] = comparison?.rows ?? [];
  expect([row?.role, row?.recorded]).toEqual([
    "powershell.exe < WINWORD.EXE",
    "DeviceProcessEvents-2",
  ]);
  const outcomes = new Map(row?.columns.map(({ column, outcome }) => [column, outcome]));
  expect(outcomes.get("FileName")).toBe("equal");
  expect(outcomes.get("FolderPath")).toBe("equal");
  expect(outcomes.get("ProcessCommandLine")).toBe("differs");
  expect(outcomes.get("InitiatingProcessFileName")).toBe("differs");
  expect(outcomes.get("AccountUpn")).toBe("missing");
});

test.each<
  [what: string, demands: string, changes: Partial<Recording>, holds: boolean, did: string]
>([
  ["a rule that must be silent and fired", "mustNotFire: [encoded-powershell]", {}, false, "fire"],
  [
    "a rule that fired on no row of the run",
    "mustFire: [encoded-powershell]",
    { atomic: { ...atomic, marker: "another run" } },
    false,
    "fire-elsewhere",
  ],
  [
    "a run without a marker",
    "mustFire: [encoded-powershell]",
    { atomic: { ...atomic, marker: null } },
    true,
    "fire",
  ],
  [
    "a recording without rows",
    "mustFire: [encoded-powershell]",
    { tables: {} },
    false,
    "stay-silent",
  ],
])("%s", async (_, demands, changes, holds, did) => {
  const judged = await judge(testProject(demands), { ...sysmonRecording(), ...changes });
  expect(judged.test?.requirements).toMatchObject([{ did, holds }]);
  expect(meetsRequirements(judged)).toBe(holds);
});

test("a run whose marker is in no row is not as demanded, though the silence is", async () => {
  const recording = { ...sysmonRecording(), tables: {} };
  const judged = await judge(testProject("mustNotFire: [encoded-powershell]"), recording);
  expect(judged.test?.requirements).toMatchObject([{ did: "stay-silent", holds: true }]);
  expect(judged.test?.marker).toEqual({ value: "run-7", rows: 0 });
  expect(meetsRequirements(judged)).toBe(false);
});

test("another now is another answer: a day later nothing is recent", async () => {
  const judged = await judge(testProject(), sysmonRecording(), { now: "2024-05-04T00:00:00Z" });
  expect(judged.rules).toMatchObject([{ fired: false, afterMs: null }]);
  expect([judged.test, judged.comparison]).toEqual([null, null]);
  expect(meetsRequirements(judged)).toBe(true);
});

test("a rule for Sentinel sees the rows of a workspace", async () => {
  const root = testProject(undefined, {
    "rules/in-workspace/rule.yaml": `id: 3f0f6e0c-64a1-4a8f-9a07-6f6e6c1d2b11
name: In a workspace
kind: Scheduled
severity: Low
query: DeviceNetworkEvents | where TimeGenerated > ago(1h) | where RemoteUrl == "files.corp.example"
`,
  });
  const judged = await judge(root, sysmonRecording(), { rules: ["in-*"] });
  expect(judged.rules).toMatchObject([{ rule: "in-workspace", fired: true }]);
});

const message = async (root: string, options: JudgingOptions): Promise<string> => {
  try {
    await loadJudgingProject(root, options);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "nothing was wrong";
};

const { guid } = atomic;
const sidecar = "atomics/T1059.001/kqltest.yaml";

// oxfmt-ignore
test.each<[what: string, root: () => string, options: JudgingOptions, text: string]>([
  ["a rule that is none", () => testProject(), { rules: ["encoded"] }, "KT0703 no rule matches `encoded`"],
  ["a test that is none", () => testProject(), { guid: guid.replace("7", "8") }, "KT0864 the project has no atomic test"],
  ["no entry", () => testProject("", { [sidecar]: `${guid.replace("7", "8")}:\n  scenario: x\n  marker: m\n  mustFire: [x]\n` }), { guid }, "KT0864 no sidecar has an entry for `T1059.001-1`"],
  ["a demand on no rule", () => testProject("mustFire: [encoded]"), { guid }, "KT0864 the sidecar of `T1059.001-1` names `encoded`, which is no rule"],
  ["a twin that is none", () => testProject("", { [sidecar]: `${guid}:\n  scenario: x\n  marker: m\n  mustFire: [encoded-powershell]\n` }), { guid }, "KT0864 the twin of `T1059.001-1`, `x`, is no scenario"],
  ["a rule that is wrong", () => testProject("mustFire: [x]", { "rules/x.kql": "" }), { guid }, "rules/x.kql"],
])("%s is a mistake", async (_, root, options, text) => {
  expect(await message(root(), options)).toContain(text);
});

test("what is wrong with the KQL of a rule is told with its place", async () => {
  const root = testProject(undefined, {
    "rules/x.kql": "DeviceProcessEvents | where Nothing == 1",
  });
  await expect(judge(root, sysmonRecording())).rejects.toThrow(/rules\/x\.kql:1:29 KT\d+/);
});
