import type { Judgement } from "../../run/replay/judgement.ts";
import type { ReportStyle } from "../reporter.ts";

/** Turns a judged recording into text. The same judgement and style give the same text. */
export interface JudgementReporter {
  /** What `--reporter` calls it. */
  readonly name: string;
  readonly render: (judgement: Judgement, style: ReportStyle) => string;
}
