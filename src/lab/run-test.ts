import type { FilledTest } from "../atomic/fill-test.ts";
import type { ShellName } from "../atomic/types.ts";
import type { Journal, StartedEntry } from "./journal.ts";
import type { Lab, ScriptResult, ShellScript } from "./scripts/run-script.ts";
import type { Limits } from "./scripts/stopping.ts";

/** A test that may run: nothing speaks against it, and somebody said yes. */
export interface ApprovedRun {
  readonly filled: FilledTest;
  /** What the journal says of it. */
  readonly started: StartedEntry;
  readonly timeoutMs: number;
  /** Aborted by a first interruption: ends the test. */
  readonly interrupt: AbortSignal;
  /** Aborted by a second one: ends the cleanup, too. */
  readonly abandon: AbortSignal;
  readonly now: () => Date;
}

/** How a test went. Plain data. */
export interface TestRun {
  /** Numbers, from 1, of the dependencies that are missing; where there are some, the command did not run. */
  readonly missing: readonly number[];
  /** What ran, in this order; the cleanup is the last, and always there where the command ran. */
  readonly dependencies: readonly ScriptResult[];
  readonly command: ScriptResult | undefined;
  readonly cleanup: ScriptResult | undefined;
}

/** Runs a test in `lab`: its dependencies' checks, its command, its cleanup, each start and end first written to `journal`, which has `run.started` already. */
export async function runTest(lab: Lab, journal: Journal, run: ApprovedRun): Promise<TestRun> {
  const limits = { timeoutMs: run.timeoutMs, signal: run.interrupt };
  const { id } = run.started;
  let command: ScriptResult | undefined;
  let cleanup: ScriptResult | undefined;
  let checked: PrereqCheck = { results: [], missing: [] };
  try {
    checked = await checkPrereqs(lab, run.filled, limits);
    if (checked.missing.length === 0 && !run.interrupt.aborted) {
      command = await lab.run(commandOf(run.filled), limits);
    }
  } finally {
    // Whatever happened, and whether or not the command could begin: nothing that it did is left.
    journal.append({
      kind: "ended",
      id,
      at: run.now().toISOString(),
      exitCode: command?.exitCode ?? null,
    });
    cleanup = await cleanUp(lab, journal, {
      ...run,
      script: command === undefined ? null : cleanupOf(run.filled),
    });
  }
  return { missing: checked.missing, dependencies: checked.results, command, cleanup };
}

export interface PrereqCheck {
  readonly results: readonly ScriptResult[];
  /** Numbers of those that are missing, from 1. */
  readonly missing: readonly number[];
}

/** Runs the checks of the dependencies of `filled`: one that ends with an exit code other than 0 says that it is missing. */
export async function checkPrereqs(
  lab: Lab,
  filled: FilledTest,
  limits: Limits,
): Promise<PrereqCheck> {
  const results: ScriptResult[] = [];
  for (const script of checksOf(filled)) {
    if (!limits.signal.aborted) results.push(await lab.run(script, limits));
  }
  return {
    results,
    missing: results.flatMap(({ exitCode }, index) => (exitCode === 0 ? [] : [index + 1])),
  };
}

/** What is left to do for a run, and when. */
export interface CleanUp {
  readonly started: StartedEntry;
  readonly script: StartedEntry["cleanup"];
  readonly timeoutMs: number;
  readonly abandon: AbortSignal;
  readonly now: () => Date;
}

/** Runs a cleanup, discards the lab and notes it; undefined where there is nothing to run. One that was interrupted stays unfinished in `journal` where the lab stays. */
export async function cleanUp(
  lab: Lab,
  journal: Journal,
  { started, script, timeoutMs, abandon, now }: CleanUp,
): Promise<ScriptResult | undefined> {
  const note = (kind: "cleaning" | "cleaned", exitCode: number | null): void =>
    journal.append({ kind, id: started.id, at: now().toISOString(), exitCode });
  let result: ScriptResult | undefined;
  if (script !== null) {
    note("cleaning", null);
    result = await lab.run({ name: "cleanup", ...script }, { timeoutMs, signal: abandon });
  }
  // With its lab goes everything that a test left, however its cleanup ended.
  await lab.discard?.();
  if (lab.discard !== undefined || (result?.stopped ?? null) === null) {
    note("cleaned", result?.exitCode ?? null);
  }
  return result;
}

/** Whether everything went as it should: the test ended by itself with exit code 0, and nothing is left. */
export function isDone({ missing, command, cleanup }: TestRun): boolean {
  return missing.length === 0 && command?.exitCode === 0 && isClean(cleanup);
}

/** Whether a cleanup took everything away; one that has nothing to run does. */
export function isClean(cleanup: ScriptResult | undefined): boolean {
  return cleanup === undefined || cleanup.exitCode === 0;
}

/** A test for a person has no script (KT0831). */
function shellOf(name: FilledTest["executor"]): ShellName {
  if (name === "manual") throw new Error("a manual test was to be run");
  return name;
}

function commandOf({ executor, command }: FilledTest): ShellScript {
  return { name: "command", shell: shellOf(executor), text: command, isAttack: true };
}

/** The cleanup of `filled` as the journal keeps it. */
export function cleanupOf({ executor, cleanup }: FilledTest): StartedEntry["cleanup"] {
  return cleanup === null ? null : { shell: shellOf(executor), text: cleanup };
}

function checksOf({ dependencies, dependencyExecutor }: FilledTest): readonly ShellScript[] {
  return dependencies.map(({ check }, index) => ({
    name: `dependency-${index + 1}`,
    shell: shellOf(dependencyExecutor),
    text: check,
  }));
}
