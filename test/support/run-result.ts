import type { CheckResult, RunResult } from "../../src/run/types.ts";

/** A check that passed as a true positive; `changes` say what is different. */
export function checkResult(changes: Partial<CheckResult> = {}): CheckResult {
  const rule = changes.rule ?? "web-service";
  const scenario = changes.scenario ?? "T1102/powershell-pastebin";
  return {
    rule,
    scenario,
    truth: "malicious",
    verdict: "true-positive",
    expected: "true-positive",
    status: "passed",
    known: null,
    columns: ["DeviceName", "FileName"],
    rows: [
      {
        row: { DeviceName: "ws-1", FileName: "powershell.exe" },
        events: ["process-1", "network-2"],
      },
    ],
    events: ["process-1", "network-2"],
    findings: [],
    expectationFile: `expected/${rule}/${scenario}.yaml`,
    ...changes,
  };
}

/** A run of `checks`, its summary counted from them. */
export function runResult(
  checks: readonly CheckResult[],
  changes: Partial<RunResult> = {},
): RunResult {
  const count = (matches: (check: CheckResult) => boolean): number => checks.filter(matches).length;
  return {
    summary: {
      rules: new Set(checks.map((check) => check.rule)).size,
      scenarios: new Set(checks.map((check) => check.scenario)).size,
      checks: checks.length,
      passed: count((check) => check.status === "passed"),
      failed: count((check) => check.status === "failed"),
      truePositives: count((check) => check.verdict === "true-positive"),
      falsePositives: count((check) => check.verdict === "false-positive"),
      trueNegatives: count((check) => check.verdict === "true-negative"),
      falseNegatives: count((check) => check.verdict === "false-negative"),
      known: count((check) => check.known !== null),
    },
    checks,
    referenceDifferences: [],
    now: "2025-01-15T12:00:00.0000000Z",
    seed: null,
    durationMs: 1234,
    stopped: false,
    ...changes,
  };
}
