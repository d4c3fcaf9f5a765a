import type { Finding } from "../expect/types.ts";
import type { CheckResult, ReferenceResult, RunResult, RunSummary } from "../run/types.ts";
import { plural } from "./layout.ts";

/** The checks of a run as reports show them: one whose rule and reference disagree has failed, with that as a finding. */
export function judgedChecks(result: RunResult): readonly CheckResult[] {
  const differences = new Map(
    result.referenceDifferences.map((difference) => [keyOf(difference), difference]),
  );
  return result.checks.map((check): CheckResult => {
    const difference = differences.get(keyOf(check));
    if (difference === undefined) return check;
    return {
      ...check,
      status: "failed",
      findings: [...check.findings, referenceFinding(difference)],
    };
  });
}

function keyOf(item: { readonly rule: string; readonly scenario: string }): string {
  return JSON.stringify([item.rule, item.scenario]);
}

function referenceFinding(difference: ReferenceResult): Finding {
  const { onlyRule, onlyReference } = difference;
  return {
    message:
      `the rule and its reference disagree: ${plural(onlyReference.length, "row")} ` +
      `only from the reference, ${plural(onlyRule.length, "row")} only from the rule`,
    expected: onlyReference,
    actual: onlyRule,
  };
}

/** `checks` by rule, rules in the order of their first check. */
export function groupByRule(
  checks: readonly CheckResult[],
): ReadonlyMap<string, readonly CheckResult[]> {
  const groups = new Map<string, CheckResult[]>();
  for (const check of checks) {
    const group = groups.get(check.rule);
    if (group === undefined) groups.set(check.rule, [check]);
    else group.push(check);
  }
  return groups;
}

/** Of what was flagged, the share that is an attack; undefined where nothing was flagged. */
export function precision(counts: RunSummary): number | undefined {
  return share(counts.truePositives, counts.falsePositives);
}

/** Of the attacks, the share that was flagged; undefined where there was none. */
export function recall(counts: RunSummary): number | undefined {
  return share(counts.truePositives, counts.falseNegatives);
}

function share(part: number, rest: number): number | undefined {
  return part + rest === 0 ? undefined : part / (part + rest);
}
