import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { escapeName } from "./base/text.ts";
import { renderDiagnostic } from "./base/diagnostic.ts";
import type { Detection, Given } from "./detection.ts";
import { unmatchedRows } from "./expect/compare.ts";
import { judgedChecks } from "./report/judged-checks.ts";
import { renderFailure } from "./report/failure.ts";
import { metamorphicFailures } from "./report/metamorphic-lines.ts";
import { createPaint, type Paint } from "./report/paint.ts";
import { renderRowDiff } from "./report/row-diff.ts";
import { runSuite } from "./run/suite.ts";
import type { RunOptions, CheckResult, RunResult } from "./run/types.ts";
import type { Row } from "./schema/types.ts";

export {
  detection,
  type Detection,
  type DetectionOptions,
  type Given,
  type QueryText,
} from "./detection.ts";

/** Which rules and scenarios become tests; as for `runSuite`, but that `metamorphic` is true by default, as for the command. */
export type DetectionTestOptions = Pick<
  RunOptions,
  | "root"
  | "rules"
  | "scenarios"
  | "filters"
  | "now"
  | "seed"
  | "cache"
  | "missingFixtures"
  | "outside"
  | "metamorphic"
  | "modules"
  | "onModuleOutput"
>;

const style = { color: false, width: 100 };
const paint: Paint = createPaint(false);

/** Registers every rule × scenario of a project as a Vitest test: a `describe` for each rule, a `test` for each scenario, and one that verdicts stay where events are told in other words. Await it at the top of a test file. */
export async function defineDetectionTests(options: DetectionTestOptions = {}): Promise<void> {
  const root = resolve(options.root ?? ".");
  const result = await runSuite({ metamorphic: true, ...options, root });
  const checks = judgedChecks(result);
  for (const error of result.errors) {
    const { rule, scenario = "the rule can be run", diagnostics } = error;
    describe(rule, () => {
      test(scenario, () => {
        throw detectionError(diagnostics.map(renderDiagnostic));
      });
    });
  }
  for (const rule of new Set(checks.map((check) => check.rule))) {
    // A reporter of Vitest prints them as they are.
    describe(escapeName(rule), () => {
      for (const [name, run] of testsOf(rule, checks, result)) test(escapeName(name), run);
    });
  }
}

/** What is to be tested of `rule`, by name. */
function testsOf(
  rule: string,
  checks: readonly CheckResult[],
  result: RunResult,
): readonly (readonly [name: string, run: () => void])[] {
  const own = checks.filter((check) => check.rule === rule);
  const same = [sameVerdicts, () => requireSame(rule, result)] as const;
  return [
    ...own.map((check) => [check.scenario, () => requirePassed(check, result)] as const),
    ...(result.metamorphic === undefined ? [] : [same]),
  ];
}

const sameVerdicts = "verdicts stay where events are told in other words";

function requirePassed(check: CheckResult, result: RunResult): void {
  if (check.status === "passed") return;
  throw detectionError(renderFailure(check, { result, style, paint }));
}

/** Throws what changed verdicts of `rule` that must not change. */
function requireSame(rule: string, result: RunResult): void {
  const failures = (result.metamorphic?.failures ?? []).filter((failure) => failure.rule === rule);
  if (failures.length > 0) throw detectionError(metamorphicFailures(failures, result, paint));
}

function detectionError(lines: readonly string[]): Error {
  const error = new Error(lines.join("\n").trimStart());
  error.name = "DetectionError";
  // A stack would point into kqltest, where nothing is wrong.
  error.stack = `${error.name}: ${error.message}`;
  return error;
}

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

expect.extend({
  async toFlag(received: Detection, given: Given): Promise<MatcherResult> {
    const check = await received.run(given);
    return {
      pass: fired(check),
      message: () =>
        fired(check)
          ? `\`${received.name}\` was not to flag ${describeGiven(given)}${rowsText(check)}`
          : `\`${received.name}\` was to flag ${describeGiven(given)}, but gave ${check.rows.length} rows`,
    };
  },
  async toStaySilent(received: Detection, given: Given): Promise<MatcherResult> {
    const check = await received.run(given);
    return {
      pass: !fired(check),
      message: () =>
        fired(check)
          ? `\`${received.name}\` was to stay silent on ${describeGiven(given)}${rowsText(check)}`
          : `\`${received.name}\` was not to stay silent on ${describeGiven(given)}`,
    };
  },
  toMatchRows(received: readonly Row[], expected: readonly Row[]): MatcherResult {
    const left = unmatchedRows(expected, received);
    const pass = left.expected.length === 0 && left.actual.length === 0;
    return {
      pass,
      message: () =>
        pass
          ? "the rows were to differ"
          : `the rows differ\n${renderRowDiff(left, style.width, paint).join("\n")}`,
    };
  },
});

function fired(check: CheckResult): boolean {
  return check.verdict === "true-positive";
}

function describeGiven(given: Given): string {
  return typeof given === "string" ? `\`${given}\`` : `rows of ${Object.keys(given).join(", ")}`;
}

function rowsText(check: CheckResult): string {
  const actual = check.rows.map(({ row }) => row);
  return `\n${renderRowDiff({ expected: [], actual }, style.width, paint).join("\n")}`;
}

declare global {
  // The one interface that the assertions of Vitest 4 and of Vitest 5 are both made from: their own
  // `Matchers` have different type parameters, and an augmentation must repeat those.
  namespace Chai {
    interface Assertion {
      /** The detection fires on the scenario, or on the rows. */
      toFlag(given: Given): Promise<void>;
      /** The detection does not fire on the scenario, or on the rows. */
      toStaySilent(given: Given): Promise<void>;
      /** The rows are these and no others, in any order, each by the columns it lists. */
      toMatchRows(expected: readonly Row[]): void;
    }
  }
}
