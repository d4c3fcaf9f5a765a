import { escapeName } from "../base/text.ts";
import { renderDiagnostic } from "../base/diagnostic.ts";
import type { Verdict } from "../expect/types.ts";
import { summarize } from "../run/summary.ts";
import type { CheckResult, RuleError, RunResult, RunSummary } from "../run/types.ts";
import { caseFiles, groupCases, type CaseFile, type CaseGroup } from "./case-groups.ts";
import { metamorphicLines, metamorphicTotal } from "./metamorphic-lines.ts";
import { groupByRule, judgedChecks, precision, recall } from "./judged-checks.ts";
import { renderFailure } from "./failure.ts";
import { cut, longest, oneLine, pad, plural } from "./layout.ts";
import { createPaint, type Paint } from "./paint.ts";
import type { Reporter, ReportStyle } from "./reporter.ts";

/** The run for people at a terminal: a line a rule, the failures in full, the known verdicts, the totals. */
export const textReporter: Reporter = {
  name: "text",
  render: (result, style) => {
    const paint = createPaint(style.color);
    const checks = judgedChecks(result);
    const failures = checks.filter((check) => check.status === "failed");
    const sections = [
      ruleLines(checks, style, paint),
      ...(failures.length === 0 ? [] : [failureHeading(failures.length, style, paint)]),
      ...failures.map((check) => renderFailure(check, { result, style, paint })),
      metamorphicLines(result, paint),
      errorLines(result.errors, style, paint),
      knownLines(checks, style, paint),
      totalLines(result, checks, paint),
    ];
    return `${sections
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join("\n"))
      .join("\n\n")}\n`;
  },
};

const shortVerdicts: Readonly<Record<Verdict, string>> = {
  "true-positive": "TP",
  "false-positive": "FP",
  "true-negative": "TN",
  "false-negative": "FN",
};

function ruleLines(
  checks: readonly CheckResult[],
  style: ReportStyle,
  paint: Paint,
): readonly string[] {
  const rules = [...groupByRule(checks)];
  const width = longest(rules.map(([name]) => escapeName(name)));
  return rules.flatMap(([name, own]) => {
    const failed = own.filter((check) => check.status === "failed");
    const summary = summarize(own);
    const sign = failed.length === 0 ? paint.good("✓") : paint.bad("✗");
    const line = [
      ` ${sign} ${pad(escapeName(name), width)}`,
      pad(plural(own.length, "scenario"), 12),
      countsText(summary),
      ...(summary.known === 0 ? [] : [paint.dim(`${summary.known} known`)]),
    ].join("  ");
    return [
      line,
      ...caseFiles(own).map((file) => caseFileLine(file, paint)),
      ...failed.map((check) => {
        const first = check.findings[0]?.message ?? "failed";
        return `   ${paint.bad("✗")} ${cut(`${escapeName(check.scenario)}  ${oneLine(first)}`, style.width - 5)}`;
      }),
    ];
  });
}

/** A file that describes many scenarios is one line, however many of them passed; those that failed have lines of their own. */
function caseFileLine({ file, checks }: CaseFile, paint: Paint): string {
  const summary = summarize(checks);
  return [
    `   ${summary.failed === 0 ? paint.good("✓") : paint.bad("✗")} ${escapeName(file)}`,
    plural(checks.length, "case"),
    countsText(summary),
    ...(summary.known === 0 ? [] : [paint.dim(`${summary.known} known`)]),
    ...(summary.failed === 0 ? [] : [paint.bad(`${summary.failed} failed`)]),
  ].join("  ");
}

function countsText(counts: RunSummary): string {
  return (
    `TP ${counts.truePositives}  FP ${counts.falsePositives}  ` +
    `TN ${counts.trueNegatives}  FN ${counts.falseNegatives}`
  );
}

function failureHeading(count: number, style: ReportStyle, paint: Paint): readonly string[] {
  const title = ` Failed ${count} `;
  return [paint.bad(`──${title}${"─".repeat(Math.max(2, style.width - title.length - 2))}`)];
}

/** Rules without a verdict, each with what is wrong and where. */
function errorLines(
  errors: readonly RuleError[],
  style: ReportStyle,
  paint: Paint,
): readonly string[] {
  if (errors.length === 0) return [];
  const title = ` Errors ${errors.length} `;
  return [
    paint.bad(`──${title}${"─".repeat(Math.max(2, style.width - title.length - 2))}`),
    ...errors.flatMap(({ rule, scenario, diagnostics }) => [
      ` ${paint.failBadge(" ERROR ")} ${[rule, ...(scenario === undefined ? [] : [scenario])]
        .map(oneLine)
        .join(` ${paint.dim("›")} `)}`,
      ...diagnostics.flatMap((diagnostic) =>
        renderDiagnostic(diagnostic)
          .split("\n")
          .map((line) => `   ${line}`),
      ),
    ]),
  ];
}

function knownLines(
  checks: readonly CheckResult[],
  style: ReportStyle,
  paint: Paint,
): readonly string[] {
  const known = checks.filter((check) => check.known !== null && check.status === "passed");
  if (known.length === 0) return [];
  return [
    ` ${paint.strong("Known")}  accepted false verdicts; each must keep happening`,
    ...[...groupByRule(known)].flatMap(([rule, own]) => [
      `   ${escapeName(rule)}`,
      ...groupCases(own).map((group) => {
        const verdict = shortVerdicts[group.check.verdict];
        const text = `${escapeName(nameOf(group))}  ${oneLine(group.check.known ?? "")}`;
        return `     ${paint.warn(verdict)} ${cut(text, style.width - 8)}`;
      }),
    ]),
  ];
}

/** What a line about `count` checks, of which `check` is one, is about. */
function nameOf({ check, count }: CaseGroup): string {
  if (check.case === undefined || count === 1) return check.scenario;
  return `${check.case.file} (${plural(count, "case")})`;
}

function totalLines(
  result: RunResult,
  checks: readonly CheckResult[],
  paint: Paint,
): readonly string[] {
  const failed = checks.filter((check) => check.status === "failed");
  const failedRules = new Set(failed.map((check) => check.rule)).size;
  const total = (count: number, bad: number): string =>
    [
      ...(bad > 0 ? [paint.bad(`${bad} failed`)] : []),
      ...(count > bad ? [paint.good(`${count - bad} passed`)] : []),
      paint.dim(`(${count})`),
    ].join(" ");
  const summary = summarize(checks);
  const line = (label: string, text: string): string => `${paint.dim(label.padStart(10))}  ${text}`;
  return [
    line("Rules", total(summary.rules, failedRules)),
    line("Scenarios", String(summary.scenarios)),
    line("Checks", total(checks.length, failed.length)),
    line(
      "Verdicts",
      `${countsText(summary)}${summary.known > 0 ? `  (${summary.known} known)` : ""}`,
    ),
    ...(result.errors.length === 0
      ? []
      : [line("Errors", paint.bad(String(result.errors.length)))]),
    ...metamorphicTotal(result, paint).map((text) => line("Variants", text)),
    line("Precision", ratio(precision(summary))),
    line("Recall", ratio(recall(summary))),
    line("Now", result.seed === null ? result.now : `${result.now}, seed ${result.seed}`),
    line("Duration", durationText(result.durationMs)),
    ...(result.cached === true ? [line("Cached", cachedNote)] : []),
    ...(result.stopped ? [paint.warn(" stopped at the first failure: `--bail`")] : []),
  ];
}

const cachedNote = "nothing has changed since this run, which passed; `--no-cache` runs it again";

function ratio(value: number | undefined): string {
  return value === undefined ? "–" : value.toFixed(2);
}

function durationText(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(2)} s`;
}
