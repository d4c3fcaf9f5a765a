import { escapeName } from "../../base/text.ts";
import type {
  RuleRequirement,
  FlaggedEvent,
  JudgedTest,
  Judgement,
  RuleReplay,
} from "../../run/replay/judgement.ts";
import { meetsRequirements } from "../../run/replay/judgement.ts";
import { comparisonLines } from "./comparison-text.ts";
import type { JudgementReporter } from "./judgement-reporter.ts";
import { cut, longest, oneLine, pad, plural } from "../layout.ts";
import { createPaint, type Paint } from "../paint.ts";
import type { ReportStyle } from "../reporter.ts";
import { eventText } from "../scenario-text.ts";

/** A judged recording for people: what was recorded, what each rule flagged, what was demanded, how it compares with the twin. */
export const judgementText: JudgementReporter = {
  name: "text",
  render: (judgement, style) => {
    const paint = createPaint(style.color);
    const sections = [
      headLines(judgement, paint),
      ruleLines(judgement.rules, style, paint),
      ...(judgement.test === null ? [] : [testLines(judgement.test, paint)]),
      ...(judgement.comparison === null
        ? []
        : [comparisonLines(judgement.comparison, style, paint)]),
      [verdictLine(judgement, paint)],
    ];
    return `${sections
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join("\n"))
      .join("\n\n")}\n`;
  },
};

function headLines({ recording, tables, now }: Judgement, paint: Paint): readonly string[] {
  const { source, device, started, ended } = recording;
  const rows = Object.entries(tables).map(
    ([table, count]) => `${escapeName(table)} ${plural(count, "row")}`,
  );
  const times = started === null || ended === null ? "no times" : `${started} to ${ended}`;
  const line = (label: string, text: string): string => ` ${paint.dim(pad(label, 9))}  ${text}`;
  return [
    line("Recorded", `by ${source}${device === null ? "" : ` on ${oneLine(device)}`}, ${times}`),
    line("Rows", rows.length === 0 ? "none" : rows.join(", ")),
    line("Now", now),
  ];
}

/** More than these make a report that nobody reads; the JSON report has all. */
const mostEvents = 20;

function ruleLines(
  rules: readonly RuleReplay[],
  style: ReportStyle,
  paint: Paint,
): readonly string[] {
  const width = longest(rules.map(({ rule }) => escapeName(rule)));
  return rules.flatMap((rule) => {
    const { fired, rows, events, afterMs } = rule;
    const facts = [
      plural(rows.length, "row"),
      ...(events.length === 0 ? [] : [`from ${plural(events.length, "event")}`]),
      ...(afterMs === null ? [] : [`the first ${seconds(afterMs)} after the start`]),
    ];
    const did = fired ? paint.warn("fired ") : "silent";
    const more = events.length - mostEvents;
    return [
      ` ${paint.strong(pad(escapeName(rule.rule), width))}  ${did}  ${facts.join(", ")}`,
      ...events.slice(0, mostEvents).map((event) => `   ${eventLine(event, style.width - 3)}`),
      ...(more > 0 ? [paint.dim(`   … and ${more} more; \`--reporter json\` has all`)] : []),
    ];
  });
}

/** `1.25 s`; before the start where somebody gave a later one. */
function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms % 1000 === 0 ? 0 : 3)} s`;
}

function eventLine(event: FlaggedEvent, width: number): string {
  const { row, marked } = event;
  const command = row["ProcessCommandLine"] ?? row["InitiatingProcessCommandLine"];
  const text = [
    eventText(event),
    ...(marked ? ["(marked)"] : []),
    ...(typeof command === "string" && command !== "" ? [oneLine(command)] : []),
  ];
  return cut(text.join("  "), width);
}

function testLines(test: JudgedTest, paint: Paint): readonly string[] {
  const { label, name, marker, requirements } = test;
  const sign = (holds: boolean): string => (holds ? paint.good("✓") : paint.bad("✗"));
  return [
    ` ${paint.strong(label)}  ${oneLine(name)}  ${paint.dim(test.class)}`,
    ...(marker === null
      ? []
      : [
          `   ${sign(marker.rows > 0)} the marker \`${oneLine(marker.value)}\` is in ${plural(marker.rows, "row")}`,
        ]),
    ...requirements.map(({ rule, must, did, holds }) => {
      const demand = must === "fire" ? "must fire" : "must stay silent";
      return `   ${sign(holds)} ${escapeName(rule)} ${demand}${holds ? "" : `, and ${reactions[did]}`}`;
    }),
    ...(requirements.length === 0 ? [paint.dim("   none of its rules was evaluated")] : []),
  ];
}

const reactions: Readonly<Record<RuleRequirement["did"], string>> = {
  fire: "fired",
  "stay-silent": "stayed silent",
  "fire-elsewhere": "fired on no row of this run",
};

function verdictLine(judgement: Judgement, paint: Paint): string {
  if (judgement.test === null) return paint.dim(" no test is known: nothing was demanded");
  return meetsRequirements(judgement)
    ? paint.good(" as demanded")
    : paint.bad(" not as demanded: see the lines with ✗ of the test");
}
