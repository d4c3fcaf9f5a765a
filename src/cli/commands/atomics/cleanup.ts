import { resolve } from "node:path";
import { testLabel } from "../../../atomic/types.ts";
import { escapeControls } from "../../../base/text.ts";
import type { Journal, StartedEntry } from "../../../lab/journal.ts";
import { examples, type CliCommand } from "../../command.ts";
import type { ExitCode, Io } from "../../io.ts";
import { confirm, prepare, renderResult, startOptions, type StartFlags } from "./prepare.ts";
import { script } from "./render-test.ts";

/** `kqltest atomics cleanup`: runs the cleanup of a test, or of every run that was cut off. */
export const cleanupCommand: CliCommand = {
  name: "cleanup",
  define: (command, io, finish) => {
    command
      .description("run the cleanup of a test, or finish what was interrupted")
      .argument(
        "[test]",
        "its GUID, or its technique and number; without it, every run in the journal that has not ended",
      );
    startOptions(command)
      .addHelpText(
        "after",
        examples({
          "kqltest atomics cleanup": "after a crash: what the journal says is left",
          "kqltest atomics cleanup T1102-2 --input marker=run-7": "one by hand",
        }),
      )
      .addHelpText(
        "after",
        `
Exit codes:
  0  nothing is left
  1  a cleanup failed, or a run is still going on
  2  it was refused, or the answer was no`,
      )
      .action(async (name: string | undefined, flags: StartFlags) =>
        finish(await (name === undefined ? finishRuns(flags, io) : byHand(name, flags, io))),
      );
  },
};

async function byHand(name: string, flags: StartFlags, io: Io): Promise<ExitCode> {
  const prepared = await prepare(name, flags, io);
  const { test, filled } = prepared.request;
  const label = testLabel(test);
  if (filled.cleanup === null) {
    io.out(`${label} has no cleanup\n`);
    return 0;
  }
  io.out(shown(`cleanup of ${label} (${filled.executor})`, filled.cleanup));
  await confirm(`Run the cleanup of ${label} on this machine?`, flags, io);
  const [{ inLocalLab }, { cleanUp, isClean }] = await Promise.all([
    import("./start.ts"),
    import("../../../lab/run-test.ts"),
  ]);
  return inLocalLab(prepared, { io }, async ({ lab, journal, started, interrupt }) => {
    journal.append(started);
    const result = await cleanUp(lab, journal, {
      started,
      script: started.cleanup,
      timeoutMs: flags.timeout,
      abandon: interrupt,
      now: io.now,
    });
    if (result !== undefined) io.out(renderResult(result));
    return isClean(result) ? 0 : 1;
  });
}

async function finishRuns(flags: StartFlags, io: Io): Promise<ExitCode> {
  const [{ openJournal, unfinishedRuns }, { isAlive }] = await Promise.all([
    import("../../../lab/journal.ts"),
    import("../../../lab/kill-processes.ts"),
  ]);
  const journal = openJournal(resolve(io.cwd, flags.root));
  const runs = unfinishedRuns(journal);
  const going = runs.filter(({ runner }) => isAlive(runner));
  for (const { label, runner } of going) {
    io.out(escapeControls(`${label} is still run by process ${runner.pid}: left alone\n`));
  }
  const left = runs.filter((run) => !going.includes(run));
  if (left.length === 0) {
    io.out(going.length === 0 ? "no run was interrupted\n" : "");
    return going.length === 0 ? 0 : 1;
  }
  for (const run of left) io.out(renderLeft(run));
  await confirm("Run this on this machine?", flags, io);
  let code: ExitCode = going.length === 0 ? 0 : 1;
  for (const run of left) {
    const finish = run.lab === undefined ? finishRun : finishContainers;
    if (!(await finish(run, journal, { flags, io }))) code = 1;
  }
  return code;
}

function renderLeft({ id, label, at, cleanup, lab }: StartedEntry): string {
  const what = `cleanup of ${label}, begun ${at}`;
  if (lab !== undefined) return shown(what, `remove the containers and networks of the run ${id}`);
  return shown(`${what} (${cleanup?.shell ?? "nothing to run"})`, cleanup?.text ?? "");
}

/** Removes what is left of a run in a container. */
async function finishContainers(
  { id }: StartedEntry,
  journal: Journal,
  { io }: { readonly io: Io },
): Promise<true> {
  const { openEngine, removeRun } = await import("../../../lab/docker/container-engine.ts");
  await removeRun(await openEngine(), id);
  journal.append({ kind: "cleaned", id, at: io.now().toISOString() });
  return true;
}

/** Ends what is left of a run's processes, runs its cleanup, removes its folder; whether that went well. */
async function finishRun(
  started: StartedEntry,
  journal: Journal,
  { flags, io }: { readonly flags: StartFlags; readonly io: Io },
): Promise<boolean> {
  const [{ killProcesses }, { cleanUp, isClean }, { localLab, withInterrupts }, folders] =
    await Promise.all([
      import("../../../lab/kill-processes.ts"),
      import("../../../lab/run-test.ts"),
      import("./start.ts"),
      import("../../../lab/private-folder.ts"),
    ]);
  const machine = await io.machine();
  const { temporary } = machine;
  await killProcesses(undefined, { id: started.id, windows: machine.platform === "windows" });
  // A system that was started anew has emptied its temporary folder.
  const folder = folders.isPrivateFolder(temporary, started.folder)
    ? started.folder
    : folders.makePrivateFolder(temporary);
  try {
    const result = await withInterrupts(io, ({ interrupt }) =>
      cleanUp(localLab({ id: started.id, folder }, machine, io), journal, {
        started,
        script: started.cleanup,
        timeoutMs: flags.timeout,
        abandon: interrupt,
        now: io.now,
      }),
    );
    if (result !== undefined) io.out(renderResult(result));
    return isClean(result);
  } finally {
    folders.removePrivateFolder(temporary, folder);
  }
}

function shown(title: string, text: string): string {
  return escapeControls(`${script(title, text).join("\n").trimStart()}\n\n`);
}
