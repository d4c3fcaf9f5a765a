import { judgementJson } from "./judgement-json.ts";
import type { JudgementReporter } from "./judgement-reporter.ts";
import { judgementText } from "./judgement-text.ts";

/** Every reporter of a judged recording; the first is the default. */
export const judgementReporters: readonly JudgementReporter[] = [judgementText, judgementJson];
