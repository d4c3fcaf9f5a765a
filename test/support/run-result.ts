import { summarize } from "../../src/run/summary.ts";
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

/** A run of `checks`. */
export function runResult(
  checks: readonly CheckResult[],
  changes: Partial<RunResult> = {},
): RunResult {
  return {
    summary: summarize(checks, changes.errors),
    checks,
    errors: [],
    referenceDifferences: [],
    now: "2025-01-15T12:00:00.0000000Z",
    seed: null,
    durationMs: 1234,
    stopped: false,
    ...changes,
  };
}
