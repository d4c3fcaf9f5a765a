import { defined } from "../../base/defined.ts";
import { resolve } from "node:path";
import type { ShownScenario } from "../../report/scenario-text.ts";
import { escapeControls } from "../../base/text.ts";
import type { Scenario } from "../../scenario/model/types.ts";
import { examples, type CliCommand } from "../command.ts";
import { styleOf, type Io } from "../io.ts";
import {
  moduleOptions,
  noModulesOption,
  parseChoice,
  parseNow,
  parseSeed,
  type ModuleFlags,
} from "../options.ts";

const formats = ["text", "json"] as const;

interface ShowFlags extends ModuleFlags {
  readonly root: string;
  readonly format: (typeof formats)[number];
  readonly now?: string;
  readonly seed?: number;
}

/** `kqltest show`: what happens in a scenario, and the rows it gives. */
export const showCommand: CliCommand = {
  name: "show",
  define: (command, io, finish) => {
    command
      .description("print a scenario: its processes as a tree, and its rows by table")
      .argument("<scenario...>", "by id, by a part of it, with a `*`, or the path of its file")
      .option(
        "--format <format>",
        `how it is printed: ${formats.join(", ")}`,
        parseChoice("--format", formats),
        "text",
      )
      .option("--now <timestamp>", "what `now()` is, such as 2025-01-15T12:00:00Z", parseNow)
      .option("--seed <number>", "added to the seed of the scenario", parseSeed)
      .addOption(noModulesOption())
      .option("--root <dir>", "the project", ".")
      .addHelpText(
        "after",
        examples({
          "kqltest show T1102/powershell-pastebin": "one scenario",
          "kqltest show word": "every scenario with `word` in its id",
          "kqltest show T1102/onedrive-sync --format json": "its events for a program",
        }),
      )
      .action(async (patterns: readonly string[], flags: ShowFlags) => {
        await show(patterns, flags, io);
        finish(0);
      });
  },
};

async function show(patterns: readonly string[], flags: ShowFlags, io: Io): Promise<void> {
  const { generateScenarios } = await import("../../project/scenarios/load-scenarios.ts");
  const generated = await generateScenarios({
    root: resolve(io.cwd, flags.root),
    filters: patterns,
    ...defined({ now: flags.now, seed: flags.seed }),
    ...moduleOptions(flags, io),
  });
  const shown = generated.map(({ scenario, events }) => ({ ...headOf(scenario), events }));
  if (flags.format === "json") {
    io.out(`${escapeControls(JSON.stringify(shown, null, 2))}\n`);
    return;
  }
  const { renderScenario } = await import("../../report/scenario-text.ts");
  // What is piped into a file or a pager is whole.
  const { color, width } = styleOf(io);
  const style = { color, width: io.isTty ? width : Number.POSITIVE_INFINITY };
  io.out(shown.map((scenario) => renderScenario(scenario, style)).join("\n"));
}

/** What a scenario says of itself, in the order in which it is printed. */
function headOf({
  id,
  title,
  description,
  truth,
  technique,
}: Scenario): Omit<ShownScenario, "events"> {
  return {
    id,
    title,
    ...defined({ description }),
    truth,
    ...defined({ technique }),
  };
}
