import type { Verdict } from "../expect/types.ts";
import type { CheckResult, RuleError, RunResult, RunSummary } from "./types.ts";

/** The checks counted, and the errors beside them. */
export function summarize(
  checks: readonly CheckResult[],
  errors: readonly RuleError[] = [],
): RunSummary {
  const verdicts: Record<Verdict, number> = {
    "true-positive": 0,
    "false-positive": 0,
    "true-negative": 0,
    "false-negative": 0,
  };
  let passed = 0;
  let known = 0;
  for (const check of checks) {
    verdicts[check.verdict]++;
    if (check.status !== "passed") continue;
    passed++;
    if (check.known !== null) known++;
  }
  return {
    rules: new Set(checks.map(({ rule }) => rule)).size,
    scenarios: new Set(checks.map(({ scenario }) => scenario)).size,
    checks: checks.length,
    passed,
    failed: checks.length - passed,
    errors: errors.length,
    truePositives: verdicts["true-positive"],
    falsePositives: verdicts["false-positive"],
    trueNegatives: verdicts["true-negative"],
    falseNegatives: verdicts["false-negative"],
    known,
  };
}

/** Whether everything was run and is as it should be: each rule, each check, each reference, each verdict where events are told in other words. */
export function hasPassed(result: RunResult): boolean {
  return !result.stopped && result.errors.length === 0 && !hasFailures(result);
}

/** Whether a detection did not do what is expected of it. */
export function hasFailures(result: RunResult): boolean {
  return (
    result.summary.failed > 0 ||
    result.referenceDifferences.length > 0 ||
    (result.metamorphic?.failures ?? []).length > 0
  );
}
