import { defined } from "../../base/defined.ts";
import type { MissingFixtures } from "../../kql/functions/missing-fixtures.ts";
import { resolve } from "node:path";
import { renderDiagnostic } from "../../base/diagnostic.ts";
import { reporters } from "../../report/index.ts";
import { runCached, type FolderRunOptions } from "../../run/run-cache.ts";
import { hasFailures, hasPassed } from "../../run/summary.ts";
import { examples, type CliCommand } from "../command.ts";
import { styleOf, type ExitCode, type Io } from "../io.ts";
import {
  collect,
  moduleOptions,
  noModulesOption,
  limitsOf,
  memoryOption,
  acceptOutside,
  missingFixturesOption,
  parseChoice,
  parseNow,
  parseSeed,
  type ModuleFlags,
  timeoutOption,
} from "../options.ts";
import { writeReport } from "../output/write-report.ts";

const reporterNames = reporters.map((reporter) => reporter.name);

interface TestFlags extends ModuleFlags {
  readonly root: string;
  readonly rule?: readonly string[];
  readonly scenario?: readonly string[];
  readonly reporter: string;
  readonly output?: string;
  readonly now?: string;
  readonly seed?: number;
  readonly update?: true;
  readonly bail?: true;
  readonly cache: boolean;
  readonly metamorphic: boolean;
  readonly missingFixtures: MissingFixtures;
  readonly timeout: number;
  readonly memory: number;
}

/** `kqltest test`: runs the rules of a project against its scenarios and reports what each did. */
export const testCommand: CliCommand = {
  name: "test",
  define: (command, io, finish) => {
    acceptOutside(command, io);
    command
      .description("run rules against scenarios (what runs where no command is named)")
      .argument(
        "[filter...]",
        "only rules and scenarios with one of these in their name; a path of a file, or a `*`, will do",
      )
      .option(
        "--rule <name>",
        "only this rule; `*` is any part of a name; may be given several times",
        collect,
      )
      .option("--scenario <id>", "only this scenario, in the same way", collect)
      .option(
        "--reporter <name>",
        `how the run is reported: ${reporterNames.join(", ")}`,
        parseChoice("--reporter", reporterNames),
        "text",
      )
      .option("--output <file>", "write the report there; the terminal still gets the text")
      .option("--now <timestamp>", "what `now()` is, such as 2025-01-15T12:00:00Z", parseNow)
      .option("--seed <number>", "added to the seed of every scenario", parseSeed)
      .option("-u, --update", "rewrite the expectations to what the rules do, and show the changes")
      .addOption(missingFixturesOption())
      .addOption(noModulesOption())
      .addOption(timeoutOption("a rule over all its scenarios, and of its metamorphic checks", 60))
      .addOption(memoryOption())
      .option("--bail", "stop at the first failure")
      .option(
        "--no-metamorphic",
        "do not try whether verdicts stay where events are told in other words",
      )
      .option(
        "--no-cache",
        "compile and run everything, though nothing has changed, and keep nothing",
      )
      .option("--root <dir>", "the project", ".")
      .addHelpText(
        "after",
        examples({
          kqltest: "every rule against every scenario it has an expectation for",
          "kqltest T1102": "only rules and scenarios with T1102 in their name",
          "kqltest --rule web-service --bail": "one rule, up to its first failure",
          "kqltest --reporter json --output report.json": "a report for machines beside the text",
          "kqltest --update": "accept what the rules do now",
        }),
      )
      .action(async (filters: readonly string[], flags: TestFlags) => {
        finish(await runTest(filters, flags, io));
      });
  },
};

async function runTest(filters: readonly string[], flags: TestFlags, io: Io): Promise<ExitCode> {
  const options = {
    root: resolve(io.cwd, flags.root),
    filters,
    ...defined({ rules: flags.rule, scenarios: flags.scenario, now: flags.now, seed: flags.seed }),
    bail: flags.bail ?? false,
    cache: flags.cache,
    metamorphic: flags.metamorphic,
    missingFixtures: flags.missingFixtures,
    ...moduleOptions(flags, io),
    limits: limitsOf(flags, io),
  } satisfies FolderRunOptions;
  if (flags.output !== undefined) io.promiseOutput?.(resolve(io.cwd, flags.output));
  if (flags.update === true) await updateExpectations(options, io);
  const result = await runCached(options);
  writeReport(reporters, result, { target: flags, io });
  if (hasPassed(result)) return 0;
  return result.errors.length > 0 && !hasFailures(result) ? 2 : 1;
}

/** Rewrites the expectations to what the rules do. The run after it asks for what only a person knows: why a false verdict is accepted. */
async function updateExpectations(options: FolderRunOptions, io: Io): Promise<void> {
  const [{ runUpdate }, { applyUpdate }, { renderChanges, renderNotes }] = await Promise.all([
    import("../../run/update/update-suite.ts"),
    import("../../run/update/plan-update.ts"),
    import("../output/render-changes.ts"),
  ]);
  const { changes, notes, result } = await runUpdate(options);
  // A rule that cannot be run has nothing to expect; the run after this one may not come to it.
  for (const { diagnostics } of result.errors) {
    io.err(`${diagnostics.map(renderDiagnostic).join("\n")}\n`);
  }
  // Not on `out`: a report for machines may stand there.
  const { color } = styleOf(io);
  io.err(`${renderChanges(changes, color)}${renderNotes(notes, color)}\n`);
  applyUpdate(options.root, changes);
}
