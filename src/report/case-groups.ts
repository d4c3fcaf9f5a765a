import type { CheckResult } from "../run/types.ts";

/** The checks of the scenarios that one file describes. */
export interface CaseFile {
  /** Its id. */
  readonly file: string;
  readonly checks: readonly CheckResult[];
}

/** The files among `checks` that describe several scenarios, in the order of their first. */
export function caseFiles(checks: readonly CheckResult[]): readonly CaseFile[] {
  const files = new Map<string, CheckResult[]>();
  for (const check of checks) {
    if (check.case === undefined) continue;
    const { file } = check.case;
    const group = files.get(file);
    if (group === undefined) files.set(file, [check]);
    else group.push(check);
  }
  return [...files].map(([file, own]) => ({ file, checks: own }));
}

/** Checks that a report can tell in one line. */
export interface CaseGroup {
  /** One of them. */
  readonly check: CheckResult;
  readonly count: number;
}

/** `checks` with the cases of one file that one entry of an expectation is for made one. */
export function groupCases(checks: readonly CheckResult[]): readonly CaseGroup[] {
  const groups = new Map<string, CaseGroup>();
  for (const check of checks) {
    const { scenario, verdict, expectationFile, expectationLine } = check;
    const key = JSON.stringify(
      check.case === undefined
        ? [scenario]
        : [check.case.file, verdict, expectationFile, expectationLine ?? null],
    );
    const group = groups.get(key);
    groups.set(key, { check: group?.check ?? check, count: (group?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}
