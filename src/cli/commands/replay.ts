import { relative, resolve } from "node:path";
import { examples, type CliCommand } from "../command.ts";
import type { ExitCode, Io } from "../io.ts";
import { judge, judgementNames, type JudgeFlags } from "../judge-recordings.ts";
import {
  collect,
  noModulesOption,
  acceptOutside,
  missingFixturesOption,
  parseChoice,
  parseNow,
} from "../options.ts";

/** `kqltest replay`: what the rules of a project do with a recording, and whether the recording is as its twin claims. */
export const replayCommand: CliCommand = {
  name: "replay",
  define: (command, io, finish) => {
    acceptOutside(command, io);
    command
      .description("run rules over a recording, and compare it with the scenario that claims it")
      .argument("<recording>", "a folder that `kqltest import` wrote, or of exported rows")
      .option(
        "--rule <name>",
        "only this rule; `*` is any part of a name; may be given several times",
        collect,
      )
      .option("--atomic <test>", "the atomic test that ran, where the recording does not tell")
      .option("--no-atomic", "no test ran: judge nothing but the rules")
      .option("--now <timestamp>", "what `now()` is; default: the end of the recording", parseNow)
      .option(
        "--reporter <name>",
        `how it is reported: ${judgementNames.join(", ")}`,
        parseChoice("--reporter", judgementNames),
        "text",
      )
      .option("--output <file>", "write the report there; the terminal still gets the text")
      .option(
        "--save <file>",
        "write a scenario that tells the recording with other names, as YAML",
      )
      .option("--force", "replace the scenario that is there")
      .addOption(missingFixturesOption())
      .addOption(noModulesOption())
      .option("--root <dir>", "the project", ".")
      .addHelpText(
        "after",
        examples({
          "kqltest replay recorded/": "every rule over a recording",
          "kqltest replay recorded/ --atomic T1102-2": "what the test demands, and its twin",
          "kqltest replay recorded/ --save scenarios/T1102/recorded-curl.yaml":
            "the recording becomes a scenario",
          "kqltest replay recorded/ --reporter json --output replay.json": "for machines as well",
        }),
      )
      .addHelpText(
        "after",
        `
Exit codes:
  0  every demand of the test holds; nothing is demanded where no test is known
  1  a rule that must fire is silent, one that must be silent fired, or no row has the marker
  2  the recording, the project or a flag is wrong`,
      )
      .action(async (folder: string, flags: JudgeFlags) => finish(await replay(folder, flags, io)));
  },
};

async function replay(folder: string, flags: JudgeFlags, io: Io): Promise<ExitCode> {
  const [{ readRecording }, { loadTables }] = await Promise.all([
    import("../../recording/read-recording.ts"),
    import("../../project/inputs.ts"),
  ]);
  const root = resolve(io.cwd, flags.root);
  const path = resolve(io.cwd, folder);
  const own = new Map(loadTables(root).map((table) => [table.name, table]));
  const recording = readRecording(path, { label: relative(io.cwd, path) || ".", own });
  return judge(recording, flags, io);
}
