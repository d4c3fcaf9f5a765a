import { escapeControls, escapeName } from "../base/text.ts";
import type { Finding } from "../expect/types.ts";
import type { CheckResult, RunResult } from "../run/types.ts";
import { oneLine, pad, plural } from "./layout.ts";
import type { Paint } from "./paint.ts";
import type { ReportStyle } from "./reporter.ts";
import { renderRowDiff } from "./row-diff.ts";

/** What a failure is shown with: the run it belongs to, for the replay line, and the looks. */
export interface FailureContext {
  readonly result: Pick<RunResult, "now" | "seed">;
  readonly style: ReportStyle;
  readonly paint: Paint;
}

/** One failed check in full: its verdicts, each finding with its rows, the events behind them, how to replay it. Lines. */
export function renderFailure(check: CheckResult, context: FailureContext): readonly string[] {
  const { paint } = context;
  const label = (name: string, text: string): string => `   ${paint.dim(pad(name, 11))}  ${text}`;
  return [
    ` ${paint.failBadge(" FAIL ")} ${escapeName(check.rule)} ${paint.dim("›")} ${escapeName(check.scenario)}`,
    ...check.findings.flatMap((finding) => findingLines(finding, context)),
    label("verdict", verdictText(check, paint)),
    label("output", outputText(check)),
    ...(check.known === null ? [] : [label("known", oneLine(check.known))]),
    label("expectation", escapeName(expectationPlace(check))),
    label("replay", replayCommand(check, context.result)),
  ];
}

function expectationPlace({ expectationFile, expectationLine }: CheckResult): string {
  return expectationLine === undefined ? expectationFile : `${expectationFile}:${expectationLine}`;
}

function verdictText(check: CheckResult, paint: Paint): string {
  return check.verdict === check.expected
    ? `${check.verdict}, as expected`
    : `${paint.bad(check.verdict)}, expected ${paint.good(check.expected)} of this ${scenarioKind(check)}`;
}

function scenarioKind({ truth, inScope }: CheckResult): string {
  return inScope === false ? "scenario, whose technique the rule is not for" : `${truth} scenario`;
}

function findingLines(finding: Finding, { style, paint }: FailureContext): readonly string[] {
  const rows = renderRowDiff(
    { expected: finding.expected ?? [], actual: finding.actual ?? [] },
    style.width - 7,
    paint,
  );
  const [first = "", ...more] = escapeControls(finding.message).split("\n");
  return [
    `   ${paint.bad("✗")} ${first}`,
    ...more.map((line) => `     ${line}`),
    ...rows.map((line) => `       ${line}`),
  ];
}

function outputText(check: CheckResult): string {
  const count = plural(check.rows.length, "row");
  return check.events.length === 0
    ? count
    : `${count} from ${check.events.map((event) => escapeName(event)).join(", ")}`;
}

/** The command that runs one check alone, with the same clock and seed. */
export function replayCommand(
  check: Pick<CheckResult, "rule" | "scenario">,
  run: Pick<RunResult, "now" | "seed">,
): string {
  return [
    "kqltest",
    `--rule ${shellWord(check.rule)}`,
    `--scenario ${shellWord(check.scenario)}`,
    `--now ${shellWord(run.now)}`,
    ...(run.seed === null ? [] : [`--seed ${run.seed}`]),
  ].join(" ");
}

/** `text` as one word of a POSIX shell, whatever characters it holds. */
function shellWord(text: string): string {
  const safe = oneLine(text);
  return /^[\w@%+=:,./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}
