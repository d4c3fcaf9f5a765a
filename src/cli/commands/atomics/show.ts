import { resolve } from "node:path";
import { escapeControls } from "../../../base/text.ts";
import { examples, type CliCommand } from "../../command.ts";
import type { Io } from "../../io.ts";
import { collect } from "../../options.ts";
import { findTest, parseInput } from "./find-test.ts";
import { renderTest } from "./render-test.ts";

interface ShowFlags {
  readonly input?: readonly string[];
  readonly json?: true;
  readonly root: string;
}

/** `kqltest atomics show`: one test with its arguments filled in, as it would run. */
export const showCommand: CliCommand = {
  name: "show",
  define: (command, io, finish) => {
    command
      .description("print a test with its arguments filled in, exactly as it would run")
      .argument("<test>", "its GUID, or its technique and number: T1102-1")
      .option(
        "--input <name=value>",
        "the value of an input argument; may be given several times",
        collect,
      )
      .option("--json", "print it as JSON")
      .option("--root <dir>", "the folder that holds `atomics`", ".")
      .addHelpText(
        "after",
        examples({
          "kqltest atomics show T1102-1": "with the defaults of its arguments",
          "kqltest atomics show T1102-1 --input marker=run-7": "with another value",
        }),
      )
      .action(async (name: string, flags: ShowFlags) => {
        await runShow(name, flags, io);
        finish(0);
      });
  },
};

async function runShow(name: string, flags: ShowFlags, io: Io): Promise<void> {
  const [{ loadTechniques }, { fillTest }] = await Promise.all([
    import("../../../project/atomics/load-atomics.ts"),
    import("../../../atomic/fill-test.ts"),
  ]);
  const root = resolve(io.cwd, flags.root);
  const test = findTest(loadTechniques(root), name);
  const values = Object.fromEntries((flags.input ?? []).map(parseInput));
  const filled = fillTest(test, { values, folder: resolve(root, "atomics") });
  const text =
    flags.json === true ? `${JSON.stringify(filled, null, 2)}\n` : renderTest(test, filled);
  // On a terminal no script may steer it; a pipe gets every byte.
  io.out(io.isTty ? escapeControls(text) : text);
}
