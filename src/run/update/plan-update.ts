import { randomUUID } from "node:crypto";
import { mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { InputError } from "../../base/diagnostic.ts";
import { editYaml, writeYaml } from "../../base/yaml-edit.ts";
import type { ExpectationFile } from "../../expect/types.ts";
import { expectationEdits, newExpectation } from "./accepted-verdicts.ts";
import { expectationPath } from "../../project/find-expectations.ts";
import { fileProblem } from "../../project/project-files.ts";
import type { Project } from "../../project/project.ts";
import type { CheckResult, RunResult } from "../types.ts";

/** One file of `expected/` that an update writes or removes. */
export interface Change {
  /** Relative to the project. */
  readonly path: string;
  /** Null where the file is new. */
  readonly before: string | null;
  /** Null where the file goes. */
  readonly after: string | null;
}

/**
 * What makes the expectations of `project` say what the rules did in `result`: a new file for each check
 * without one, the keys that differ for each that failed, and nothing for what belongs to no rule or scenario.
 * A false verdict that is new gets no `known`: the next run asks for the reason. `again` is a second run with
 * another seed and another time; columns whose values changed with them are left out of rows that are new.
 */
export function planUpdate(
  project: Project,
  result: RunResult,
  again?: RunResult,
): readonly Change[] {
  const keyOf = (check: { readonly rule: string; readonly scenario: string }): string =>
    JSON.stringify([check.rule, check.scenario]);
  const files = new Map(project.expectations.map((file) => [keyOf(file), file]));
  const others = new Map(again?.checks.map((check) => [keyOf(check), check]));
  const changes = result.checks.flatMap((check): readonly Change[] => {
    const change = changeFor(check, {
      file: files.get(keyOf(check)),
      again: others.get(keyOf(check)),
    });
    return change === undefined || change.before === change.after ? [] : [change];
  });
  const stale = (project.stale ?? []).map(({ file, text }): Change => {
    return { path: file, before: text, after: null };
  });
  return [...changes, ...stale];
}

function changeFor(
  check: CheckResult,
  { file, again }: { file: ExpectationFile | undefined; again: CheckResult | undefined },
): Change | undefined {
  // What is for several scenarios is for a person to change; `updateNotes` says how.
  if (file === undefined ? check.case !== undefined : file.entry !== undefined) return undefined;
  const path = expectationPath(check.rule, check.scenario);
  const before = file?.yaml?.source.text;
  if (file === undefined || before === undefined) {
    return { path, before: null, after: writeYaml(newExpectation(check, again)) };
  }
  if (check.status === "passed") return undefined;
  const edits = expectationEdits(check, file.expectation, again);
  return { path, before, after: editYaml(before, edits) };
}

/** Makes `changes` in the project at `root`: each file whole or not at all, and none outside `expected/`. */
export function applyUpdate(root: string, changes: readonly Change[]): void {
  for (const { path, after } of changes) {
    const target = join(root, path);
    const folder = dirname(target);
    requireInside(join(root, "expected"), target, path);
    if (after === null) {
      rmSync(target, { force: true });
      continue;
    }
    mkdirSync(folder, { recursive: true });
    requireInside(realpathSync(join(root, "expected")), realpathSync(folder), path);
    // A rename is atomic only within a file system, so the new text is put beside the old.
    const temporary = join(folder, `.${randomUUID()}.tmp`);
    try {
      writeFileSync(temporary, after, { flag: "wx" });
      renameSync(temporary, target);
    } finally {
      rmSync(temporary, { force: true });
    }
  }
}

/** A link among the folders, or `..` in a name, must not lead the update elsewhere. */
function requireInside(folder: string, target: string, path: string): void {
  const way = relative(folder, target);
  if (way !== ".." && !way.startsWith(`..${sep}`)) return;
  throw new InputError(
    fileProblem("KT0707", path, {
      message: "the path leads out of `expected/`",
      hint: "an update writes nowhere else",
    }),
  );
}
