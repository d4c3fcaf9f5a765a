import type { RunResult } from "../run/types.ts";

/** How a report may look where it is going. */
export interface ReportStyle {
  readonly color: boolean;
  /** Columns of the terminal; reports to files use 100. */
  readonly width: number;
}

/** Turns a finished run into text. The same result and style give the same text. */
export interface Reporter {
  /** What `--reporter` calls it. */
  readonly name: string;
  readonly render: (result: RunResult, style: ReportStyle) => string;
}
