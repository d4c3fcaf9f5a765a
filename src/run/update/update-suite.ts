import { resolve } from "node:path";
import { formatInstant, parseInstant, ticksPerDay } from "../../schema/time.ts";
import { loadProject } from "../../project/project.ts";
import { runSuite } from "../suite.ts";
import type { RunOptions, RunResult } from "../types.ts";
import { updateNotes, type UpdateNote } from "./update-notes.ts";
import { planUpdate, type Change } from "./plan-update.ts";

/** An update that is not made yet. */
export interface Update {
  readonly result: RunResult;
  /** What `applyUpdate` writes and removes. */
  readonly changes: readonly Change[];
  /** What it leaves to a person. */
  readonly notes: readonly UpdateNote[];
}

/** What the rules do, and the changes that make the expectations say so; `applyUpdate` makes them. Runs twice, to see what depends on the seed and the time. */
export async function runUpdate(options: RunOptions): Promise<Update> {
  const lenient = { ...options, bail: false, update: true };
  const project =
    options.project ??
    (await loadProject(resolve(options.root ?? "."), { ...options, update: true }));
  const result = await runSuite({ ...lenient, project });
  // `now` comes out of the run as an instant.
  const later = (parseInstant(result.now) ?? 0n) + 10n * ticksPerDay;
  const again = await runSuite({
    ...lenient,
    project,
    seed: (options.seed ?? 0) + 1,
    now: formatInstant(later),
  });
  return {
    result,
    changes: planUpdate(project, result, again),
    notes: updateNotes(project, result),
  };
}
