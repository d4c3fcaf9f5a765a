import { describe, expect, test } from "vitest";
import { InputError, renderDiagnostic } from "../../src/base/diagnostic.ts";
import { readRule } from "../../src/kql/rules/rule-file.ts";
import type { Rule } from "../../src/kql/rules/rule.ts";
import type { Project } from "../../src/project/project.ts";
import { runSuite } from "../../src/run/suite.ts";
import type { Progress, RunOptions, RunResult } from "../../src/run/types.ts";
import { runUpdate } from "../../src/run/update/update-suite.ts";
import { hasFailures, hasPassed } from "../../src/run/summary.ts";
import { applyUpdate } from "../../src/run/update/plan-update.ts";
import { scenarioFromRows } from "../../src/scenario/from-rows.ts";
import type { Scenario, Truth } from "../../src/scenario/model/types.ts";
import { tempFolder } from "../support/temp-project.ts";

const ruleOf = (name: string, text: string): Rule =>
  readRule({ file: `rules/${name}.kql`, text }, name);

/** A scenario of one process start for each of `names`, all on the same device. */
const scenarioOf = (id: string, truth: Truth, ...names: readonly string[]): Scenario =>
  scenarioFromRows({
    id,
    truth,
    rows: {
      DeviceProcessEvents: names.map((FileName) => ({
        Timestamp: "2025-01-15T11:00:00Z",
        DeviceId: "d1",
        FileName,
      })),
    },
  });

const shells = ruleOf(
  "shells",
  'DeviceProcessEvents | where FileName =~ "powershell.exe" | project DeviceId, FileName',
);
const attack = scenarioOf("attack", "malicious", "cmd.exe", "PowerShell.exe");
const work = scenarioOf("work", "benign", "winword.exe");
const admin = scenarioOf("admin", "benign", "powershell.exe");

function projectOf(change: Partial<Project> = {}): Project {
  return { rules: [shells], scenarios: [attack, work], expectations: [], ...change };
}

async function messageOf(options: RunOptions): Promise<string> {
  try {
    await runSuite(options);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error("no error was thrown");
}

test("the rules of this repository do what is expected of them", async () => {
  const result = await runSuite({ root: ".", cache: false });
  expect(
    result.checks.flatMap(({ rule, scenario, findings }) =>
      findings.map(({ message }) => `${rule} × ${scenario}: ${message}`),
    ),
  ).toEqual([]);
  expect(result.referenceDifferences).toEqual([]);
  expect(result.summary.checks).toBeGreaterThan(30);
});

describe("a project in memory", () => {
  test("is judged by the truth of its scenarios", async () => {
    const { summary, checks, now, seed, stopped } = await runSuite({
      project: projectOf({ scenarios: [attack, work, admin] }),
    });
    expect(checks.map(({ scenario, verdict, status }) => [scenario, verdict, status])).toEqual([
      ["admin", "false-positive", "failed"],
      ["attack", "true-positive", "passed"],
      ["work", "true-negative", "passed"],
    ]);
    expect(checks[1]).toMatchObject({
      rows: [{ row: { DeviceId: "d1", FileName: "PowerShell.exe" } }],
      events: ["DeviceProcessEvents-2"],
    });
    expect(summary).toMatchObject({ rules: 1, scenarios: 3, checks: 3, passed: 2, failed: 1 });
    expect({ now, seed, stopped }).toEqual({
      now: "2025-01-15T12:00:00.0000000Z",
      seed: null,
      stopped: false,
    });
  });

  test("keeps scenarios apart, whatever they have in common", async () => {
    const pairs = ruleOf(
      "pairs",
      "DeviceProcessEvents | join kind=inner DeviceProcessEvents on DeviceId | where FileName != FileName1",
    );
    const { checks } = await runSuite({
      project: projectOf({ rules: [pairs], scenarios: [attack, work, admin] }),
    });
    expect(checks.map(({ rows }) => rows.length)).toEqual([0, 2, 0]);
  });

  test("stops at the first failure where it is told to", async () => {
    const progress: Progress[] = [];
    const { checks, stopped } = await runSuite({
      project: projectOf({ rules: [shells, ruleOf("zz", "DeviceInfo")], scenarios: [admin, work] }),
      bail: true,
      onProgress: (step) => progress.push(step),
    });
    expect(checks.map(({ scenario }) => scenario)).toEqual(["admin"]);
    expect(stopped).toBe(true);
    expect(progress).toEqual([{ rule: "shells", done: 1, total: 4 }]);
  });
});

test("a rule that is not its reference is told, by scenario and row", async () => {
  const root = tempFolder({
    "reference.ts": `export const reference = (tables) =>
      tables["DeviceProcessEvents"].filter((row) => row.FileName === "powershell.exe")
        .map(({ DeviceId, FileName }) => ({ DeviceId, FileName }));`,
  });
  const rule: Rule = { ...shells, reference: `${root}/reference.ts` };
  const result = await runSuite({
    project: projectOf({ rules: [rule], scenarios: [attack, admin] }),
  });
  expect(result.referenceDifferences).toEqual([
    {
      rule: "shells",
      scenario: "attack",
      onlyRule: [{ DeviceId: "d1", FileName: "PowerShell.exe" }],
      onlyReference: [],
    },
  ]);
});

describe("a rule that cannot be run is an error, and the others are run", () => {
  const endless =
    "DeviceProcessEvents | extend k = 1 | join kind=inner (range a from 1 to 100000 step 1 | extend k = 1 | join kind=inner (range b from 1 to 100000 step 1 | extend k = 1) on k) on k | summarize count()";
  const errorsOf = ({ errors }: RunResult): readonly (readonly [string, string])[] =>
    errors.map(({ rule, scenario, diagnostics }) => [
      scenario === undefined ? rule : `${rule} ${scenario}`,
      diagnostics.map(renderDiagnostic).join("\n").split("\n")[0] ?? "",
    ]);

  test.each([
    ["a name that is none", "DeviceProcessEvents | where FileNam == 1", "rules/a.kql:1:29 KT0101"],
    [
      "a bad regular expression",
      "DeviceProcessEvents | where FileName matches regex strcat('(', substring(FileName, 0, 0))",
      "rules/a.kql KT0303",
    ],
    ["a limit of time", endless, "rules/a.kql KT0304 the query took longer than 2 s"],
    ["a limit of rows", "range a from 1 to 3000 step 1 | project a", "rules/a.kql KT0301"],
  ])("%s", async (_, kql, place) => {
    // Only one of them is slow, and any may be on a machine under load.
    const limits = { timeoutMs: kql === endless ? 2000 : 0, rows: 1000 };
    const rules = [ruleOf("a", kql), shells];
    const result = await runSuite({ project: projectOf({ rules }), limits, metamorphic: true });
    expect(errorsOf(result)).toEqual([["a", expect.stringMatching(`^${place}`)]]);
    expect(result.summary).toMatchObject({ rules: 1, checks: 2, passed: 2, errors: 1 });
    expect({ passed: hasPassed(result), failed: hasFailures(result), ...result }).toMatchObject({
      passed: false,
      failed: false,
      stopped: false,
    });
  });

  test("on one scenario alone, which is then named", async () => {
    const wrong = scenarioFromRows({
      id: "wrong",
      truth: "malicious",
      rows: { DeviceProcessEvents: [{ FileName: "powershell.exe", ProcessId: "many" }] },
    });
    const rule = ruleOf(
      "ids",
      "DeviceProcessEvents | where ProcessId != 4 and FileName has 'powershell'",
    );
    const result = await runSuite({
      project: projectOf({ rules: [rule], scenarios: [attack, wrong] }),
    });
    expect(errorsOf(result)).toEqual([["ids wrong", expect.stringContaining("KT0312")]]);
    expect(result.checks).toMatchObject([{ scenario: "attack", status: "passed" }]);
  });

  test("and `--bail` stops at it", async () => {
    const rules = [ruleOf("a", "Nope"), shells];
    const result = await runSuite({ project: projectOf({ rules }), bail: true });
    expect(result).toMatchObject({ stopped: true, checks: [], summary: { errors: 1 } });
  });
});

describe("mistakes", () => {
  test("of all rules are told at once", async () => {
    const rules = [ruleOf("a", "DeviceProcessEvents | where FileNam == 1"), ruleOf("b", "Nope")];
    const { errors } = await runSuite({ project: projectOf({ rules }) });
    const texts = errors.map(({ diagnostics }) => diagnostics.map(renderDiagnostic).join());
    expect(texts).toEqual([
      expect.stringContaining("rules/a.kql:1:29"),
      expect.stringContaining("rules/b.kql:1:1"),
    ]);
  });

  test("in the names of an expectation are told before anything is judged", async () => {
    const expectations = [
      {
        rule: "shells",
        scenario: "attack",
        expectation: {
          verdict: "true-positive",
          rows: [{ FileNam: "powershell.exe" }],
          events: { exclude: ["DeviceProcessEvents-9"] },
        },
      },
    ] as const;
    const message = await messageOf({ project: projectOf({ expectations }) });
    expect(message).toContain("KT0603 the rule gives no column `FileNam`");
    expect(message).toContain("KT0604 the scenario has no event `DeviceProcessEvents-9`");
  });

  test("in the time and in filters", async () => {
    expect(await messageOf({ project: projectOf(), now: "noon" })).toContain("KT0709");
    expect(await messageOf({ project: projectOf(), rules: ["none"] })).toContain("KT0703");
  });
});

test("an update writes what the rule does, and asks for the reason of what is wrong", async () => {
  const scenario = (truth: Truth, process: string): string =>
    `version: 1\ntitle: x\ntruth: ${truth}\ntimeline:\n  - process: ${process}\n    parent: explorer.exe\n`;
  const root = tempFolder({
    "rules/shells.kql": shells.kql.text,
    "scenarios/attack.yaml": scenario("malicious", "powershell.exe"),
    "scenarios/work.yaml": scenario("benign", "WINWORD.EXE"),
    "expected/shells/gone.yaml": "verdict: true-negative\n",
  });
  expect(await messageOf({ root, cache: false })).toMatch(/KT0704[^]*KT0705/);

  const { changes } = await runUpdate({ root, cache: false });
  expect(changes).toEqual([
    {
      path: "expected/shells/attack.yaml",
      before: null,
      after: expect.stringContaining(
        "verdict: true-positive\ncount: 1\nrows:\n  - FileName: powershell.exe\n",
      ),
    },
    { path: "expected/shells/work.yaml", before: null, after: "verdict: true-negative\n" },
    { path: "expected/shells/gone.yaml", before: "verdict: true-negative\n", after: null },
  ]);
  applyUpdate(root, changes);
  expect((await runSuite({ root, cache: false })).summary).toMatchObject({ passed: 2, failed: 0 });
  expect((await runUpdate({ root, cache: false })).changes).toEqual([]);
});
