import type { ExpectationFile } from "../../expect/types.ts";
import { expectationEdits } from "./accepted-verdicts.ts";
import type { Project } from "../../project/project.ts";
import type { CheckResult, RunResult } from "../types.ts";

/** What an update leaves to a person: an expectation that is for several scenarios says a rule, and only a person knows whether the rule is wrong. */
export interface UpdateNote {
  /** File relative to the project, with the line where there is one: `expected/r/T1/x.yaml:12`. */
  readonly place: string;
  readonly message: string;
}

/** What would have to change in the expectations of `project` that are for several scenarios, and which of these have none. */
export function updateNotes(project: Project, result: RunResult): readonly UpdateNote[] {
  const files = new Map(project.expectations.map((file) => [keyOf(file), file]));
  const groups = new Map<
    string,
    { readonly place: string; readonly what: string; readonly ids: string[] }
  >();
  const totals = new Map<string, number>();
  for (const check of result.checks) {
    const file = files.get(keyOf(check));
    const { expectationFile: path, expectationLine: line } = check;
    const place = line === undefined ? path : `${path}:${line}`;
    totals.set(place, (totals.get(place) ?? 0) + 1);
    const what = missingOrWrong(check, file);
    if (what === undefined) continue;
    const key = `${place} ${what}`;
    const group = groups.get(key) ?? { place, what, ids: [] };
    group.ids.push(check.scenario);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ place, what, ids }) => ({
    place,
    message: `${what} for ${ids.length} of ${totals.get(place)} checks, the first of them \`${ids[0]}\``,
  }));
}

function keyOf(check: { readonly rule: string; readonly scenario: string }): string {
  return JSON.stringify([check.rule, check.scenario]);
}

function missingOrWrong(check: CheckResult, file: ExpectationFile | undefined): string | undefined {
  if (file === undefined) {
    return check.case === undefined ? undefined : "an expectation would have to be written";
  }
  if (file.entry === undefined || check.status === "passed") return undefined;
  if (check.verdict !== check.expected) {
    return `\`verdict\` would have to be ${check.verdict} and not ${check.expected}`;
  }
  const keys = new Set(expectationEdits(check, file.expectation).map(({ path }) => path[0]));
  return `${[...keys].map((key) => `\`${key}\``).join(" and ")} would have to change`;
}
