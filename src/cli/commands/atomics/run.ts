import { resolve } from "node:path";
import { testLabel } from "../../../atomic/types.ts";
import { escapeControls } from "../../../base/text.ts";
import type { TestRun } from "../../../lab/run-test.ts";
import { examples, type CliCommand } from "../../command.ts";
import type { ExitCode, Io } from "../../io.ts";
import { writeFileWhole } from "../../write-file.ts";
import { confirm, prepare, renderResult, startOptions, type StartFlags } from "./prepare.ts";
import { renderTest } from "./render-test.ts";

interface RunFlags extends StartFlags {
  readonly log?: string;
}

/** `kqltest atomics run`: runs one test on this machine, and its cleanup after it. */
export const runCommand: CliCommand = {
  name: "run",
  define: (command, io, finish) => {
    command
      .description("run a test on this machine, after a yes to what is shown, and clean up")
      .argument("<test>", "its GUID, or its technique and number: T1102-2");
    startOptions(command)
      .option("--log <file>", "write an execution log in the format of ATTiRe")
      .addHelpText(
        "after",
        examples({
          "kqltest atomics run T1102-2": "shows what would run, and asks",
          "kqltest atomics run T1102-2 --yes --input marker=run-7": "where nobody can answer",
          "kqltest atomics run T1102-2 --input service_url=https://lab.contoso.com --allow lab.contoso.com":
            "against a host of the tester's",
        }),
      )
      .addHelpText(
        "after",
        `
Attack steps belong on machines that may be thrown away.

Exit codes:
  0  the test ran, and its cleanup too
  1  a dependency is missing, the test failed or was ended, or its cleanup failed
  2  the test was refused, or the answer was no`,
      )
      .action(async (name: string, flags: RunFlags) => finish(await run(name, flags, io)));
  },
};

async function run(name: string, flags: RunFlags, io: Io): Promise<ExitCode> {
  const prepared = await prepare(name, flags, io);
  const { test, filled } = prepared.request;
  io.out(escapeControls(`${renderTest(test, filled)}\n`));
  await confirm(`Run ${testLabel(test)} on this machine?`, flags, io);
  const [{ inLocalLab }, { isDone, runTest }] = await Promise.all([
    import("./start.ts"),
    import("../../../lab/run-test.ts"),
  ]);
  return inLocalLab(prepared, io, async ({ lab, journal, ...signals }) => {
    const done = await runTest(lab, journal, {
      ...signals,
      filled,
      timeoutMs: flags.timeout,
      now: io.now,
    });
    io.out(renderRun(done));
    if (flags.log !== undefined) {
      const { renderAttire } = await import("../../../lab/attire.ts");
      const text = renderAttire({
        test,
        run: done,
        id: signals.started.id,
        machine: prepared.machine,
        path: io.env["PATH"] ?? "",
        commandLine: `kqltest atomics run ${testLabel(test)}`,
        generated: io.now(),
      });
      writeFileWhole(resolve(io.cwd, flags.log), text);
    }
    return isDone(done) ? 0 : 1;
  });
}

function renderRun({ dependencies, missing, command, cleanup }: TestRun): string {
  const results = [...dependencies, command, cleanup].filter((result) => result !== undefined);
  const notes: string[] = [];
  if (missing.length > 0) {
    notes.push(` the test did not run: dependency ${missing.join(", ")} is missing\n`);
  }
  if ((cleanup?.stopped ?? null) !== null) {
    notes.push(" the cleanup did not end: `kqltest atomics cleanup` runs it again\n");
  }
  return [...results.map(renderResult), ...notes].join("");
}
