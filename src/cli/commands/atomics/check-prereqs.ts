import { testLabel } from "../../../atomic/types.ts";
import { escapeControls } from "../../../base/text.ts";
import { examples, type CliCommand } from "../../command.ts";
import type { ExitCode, Io } from "../../io.ts";
import { confirm, prepare, renderResult, startOptions, type StartFlags } from "./prepare.ts";
import { script } from "./render-test.ts";

/** `kqltest atomics check-prereqs`: runs the checks of a test's dependencies, and nothing else of it. */
export const checkPrereqsCommand: CliCommand = {
  name: "check-prereqs",
  define: (command, io, finish) => {
    command
      .description("check on this machine, after a yes, whether what a test needs is there")
      .argument("<test>", "its GUID, or its technique and number: T1102-2");
    startOptions(command)
      .addHelpText(
        "after",
        examples({ "kqltest atomics check-prereqs T1102-2": "shows the checks, and asks" }),
      )
      .addHelpText(
        "after",
        `
Exit codes:
  0  everything is there
  1  something is missing; what would provide it is printed and not run
  2  the test was refused, or the answer was no`,
      )
      .action(async (name: string, flags: StartFlags) => finish(await check(name, flags, io)));
  },
};

async function check(name: string, flags: StartFlags, io: Io): Promise<ExitCode> {
  const prepared = await prepare(name, flags, io);
  const { test, filled } = prepared.request;
  const { dependencies, dependencyExecutor } = filled;
  if (dependencies.length === 0) {
    io.out(`${testLabel(test)} needs nothing\n`);
    return 0;
  }
  const shown = dependencies.flatMap(({ description, check }) =>
    script(`needs (${dependencyExecutor}): ${description.trim()}`, check),
  );
  io.out(escapeControls(`${shown.join("\n").trimStart()}\n\n`));
  await confirm(`Run the checks of ${testLabel(test)} on this machine?`, flags, io);
  const [{ inLocalLab }, { checkPrereqs }] = await Promise.all([
    import("./start.ts"),
    import("../../../lab/run-test.ts"),
  ]);
  return inLocalLab(prepared, { io }, async ({ lab, interrupt }) => {
    const limits = { timeoutMs: flags.timeout, signal: interrupt };
    const { results, missing } = await checkPrereqs(lab, filled, limits);
    io.out(results.map(renderResult).join(""));
    for (const number of missing) {
      const get = dependencies[number - 1]?.get ?? "";
      const title = `to get dependency ${number} (${dependencyExecutor})`;
      if (get !== "") io.out(escapeControls(`${script(title, get).join("\n")}\n`));
    }
    return missing.length === 0 && results.length === dependencies.length ? 0 : 1;
  });
}
