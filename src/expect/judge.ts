import { contains } from "./contains.ts";
import { count } from "./count.ts";
import { events } from "./events.ts";
import { known } from "./known.ts";
import { rows } from "./rows.ts";
import type { Expectation, ExpectationKind, Finding, Outcome } from "./types.ts";
import { verdict } from "./verdict.ts";

/** Every kind of expectation. A new one is a file beside these, its line here and its key in the schema. */
const kinds: readonly ExpectationKind[] = [verdict, known, count, rows, contains, events];

/** In which ways `outcome` is not what `expectation` says; empty where it is. */
export function judge(outcome: Outcome, expectation: Expectation): readonly Finding[] {
  const findings: Finding[] = [];
  for (const kind of kinds) {
    findings.push(...kind.check(outcome, expectation));
    if (kind.decides === true && findings.length > 0) break;
  }
  return findings;
}
