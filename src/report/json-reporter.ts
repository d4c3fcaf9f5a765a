import { defined } from "../base/defined.ts";
import { position } from "../base/source.ts";
import { escapeControls } from "../base/text.ts";
import { summarize } from "../run/summary.ts";
import type {
  CheckResult,
  MetamorphicResult,
  RuleError,
  RunResult,
  RunSummary,
} from "../run/types.ts";
import type { ScenarioCase } from "../scenario/model/types.ts";
import { judgedChecks } from "./judged-checks.ts";
import type { Reporter } from "./reporter.ts";

/** The run as JSON for machines. No durations and no clock: the same inputs give the same bytes. */
export const jsonReporter: Reporter = {
  name: "json",
  // What JSON leaves as it is (C1 controls, bidirectional marks) would steer a terminal; `\\u202e` says the same.
  render: (result) => `${escapeControls(JSON.stringify(reportOf(result), null, 2))}\n`,
};

/** The shape of the JSON report; `version` changes when a key changes its meaning or goes away. */
interface JsonReport {
  readonly version: 1;
  readonly summary: RunSummary;
  readonly results: readonly JsonResult[];
  readonly errors: readonly JsonError[];
  /** Absent where the metamorphic checks were not run. */
  readonly metamorphic?: MetamorphicResult;
}

/** A rule, or a rule on a scenario, that could not be run: one entry for each diagnostic. */
interface JsonError {
  readonly rule: string;
  readonly scenario: string | null;
  readonly code: string;
  readonly message: string;
  readonly file: string | null;
  /** Null where only the file is known. */
  readonly line: number | null;
  readonly column: number | null;
  readonly hint: string | null;
}

interface JsonResult {
  readonly rule: string;
  readonly scenario: string;
  /** Only of a scenario that is one of several in its file. */
  readonly case?: ScenarioCase;
  readonly truth: CheckResult["truth"];
  /** Only where the rule is not for the technique of the scenario. */
  readonly inScope?: false;
  readonly verdict: CheckResult["verdict"];
  readonly expected: CheckResult["expected"];
  readonly status: CheckResult["status"];
  readonly known: string | null;
  readonly rows: number;
  readonly events: readonly string[];
  readonly reason: string | null;
}

function reportOf(result: RunResult): JsonReport {
  const checks = judgedChecks(result);
  return {
    version: 1,
    summary: summaryOf(checks, result.errors),
    results: checks.map(resultOf),
    errors: result.errors.flatMap(errorsOf),
    ...(result.metamorphic === undefined ? {} : { metamorphic: metamorphicOf(result.metamorphic) }),
  };
}

/** The keys are spelled out: their order is part of "the same bytes". */
function summaryOf(checks: readonly CheckResult[], errors: readonly RuleError[]): RunSummary {
  const summary = summarize(checks, errors);
  return {
    rules: summary.rules,
    scenarios: summary.scenarios,
    checks: summary.checks,
    passed: summary.passed,
    failed: summary.failed,
    errors: summary.errors,
    truePositives: summary.truePositives,
    falsePositives: summary.falsePositives,
    trueNegatives: summary.trueNegatives,
    falseNegatives: summary.falseNegatives,
    known: summary.known,
  };
}

function errorsOf({ rule, scenario, diagnostics }: RuleError): readonly JsonError[] {
  return diagnostics.map(({ code, message, source, span, hint }) => {
    const place =
      source === undefined || span === undefined ? undefined : position(source.text, span.start);
    return {
      rule,
      scenario: scenario ?? null,
      code,
      message,
      file: source?.file ?? null,
      line: place?.line ?? null,
      column: place?.column ?? null,
      hint: hint ?? null,
    };
  });
}

function metamorphicOf({ variants, failures }: MetamorphicResult): MetamorphicResult {
  return {
    variants,
    failures: failures.map(({ rule, scenario, transformation, message }) => ({
      rule,
      scenario,
      transformation,
      message,
    })),
  };
}

function resultOf(check: CheckResult): JsonResult {
  return {
    rule: check.rule,
    scenario: check.scenario,
    ...defined({ case: check.case }),
    truth: check.truth,
    ...(check.inScope === false ? { inScope: false } : {}),
    verdict: check.verdict,
    expected: check.expected,
    status: check.status,
    known: check.known,
    rows: check.rows.length,
    events: check.events,
    reason:
      check.status === "passed"
        ? null
        : check.findings.map((finding) => finding.message).join("; "),
  };
}
