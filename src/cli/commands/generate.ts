import { relative, resolve } from "node:path";
import type { ProfileName } from "../../scenario/background/profile-names.ts";
import type { ProfileShare } from "../../scenario/background/fleet.ts";
import {
  outputFormats,
  type Destination,
  type Manifest,
  type OutputFormat,
  type Progress,
} from "../../run/generate/types.ts";
import type { GenerateContext } from "../../run/generate/generate-world.ts";
import { plural } from "../../report/layout.ts";
import { InputError } from "../../base/diagnostic.ts";
import { escapeName, suggestion } from "../../base/text.ts";
import { examples, type CliCommand } from "../command.ts";
import type { ExitCode, Io } from "../io.ts";
import { packageVersion } from "../version.ts";
import {
  collect,
  moduleOptions,
  noModulesOption,
  parseChoice,
  parseCount,
  parseDay,
  parseNow,
  parseSeed,
  type ModuleFlags,
} from "../options.ts";
import { badValue, wrongUsage } from "../usage.ts";

interface GenerateFlags extends ModuleFlags {
  readonly devices?: number;
  readonly days?: number;
  readonly profile?: readonly string[];
  readonly inject?: readonly string[];
  readonly start?: string;
  readonly now?: string;
  readonly seed: number;
  readonly format: OutputFormat;
  readonly out: string;
  readonly resume?: true;
  readonly force?: true;
  readonly root: string;
}

/** Named here, so that the help loads no profile. */
const profileNames = [
  "office-day",
  "developer",
  "ci-runner",
  "it-admin",
  "server",
  "kiosk",
] as const satisfies readonly ProfileName[];

/** Flags of a world, which scenarios alone do not have. */
const worldFlags = ["devices", "days", "profile", "inject", "start"] as const;

/** `kqltest generate`: rows of an ordinary world, with scenarios in it, or of scenarios alone. */
export const generateCommand: CliCommand = {
  name: "generate",
  define: (command, io, finish) => {
    command
      .description("write rows of ordinary days on many devices, or of scenarios, as files")
      .argument("[scenario...]", "write the rows of these and nothing else")
      .requiredOption("--out <dir>", "a folder for <Table>.jsonl and manifest.json")
      .option(
        "--devices <number>",
        "how many devices there are; default: 10",
        parseCount("--devices", 100_000),
      )
      .option("--days <number>", "how many days; default: 1", parseCount("--days", 3650))
      .option(
        "--profile <name[:weight]>",
        `what the devices are: ${profileNames.join(", ")}; may be given several times; default: office-day`,
        collect,
      )
      .option(
        "--inject <scenario>",
        "put a scenario on one of the devices; may be given several times",
        collect,
      )
      .option("--start <day>", "the first day; default: 2025-01-13", parseDay)
      .option("--now <timestamp>", "scenarios alone: what `now()` is", parseNow)
      .option("--seed <number>", "another seed gives other rows", parseSeed, 0)
      .option(
        "--format <format>",
        `how the files are written: ${outputFormats.join(", ")}`,
        parseChoice("--format", outputFormats),
        "jsonl",
      )
      .option("--resume", "go on where the same command was stopped")
      .option("--force", "replace what was generated there before")
      .addOption(noModulesOption())
      .option("--root <dir>", "the project that has the scenarios", ".")
      .addHelpText(
        "after",
        examples({
          "kqltest generate --devices 1000 --days 7 --out world/": "a week of a thousand desks",
          "kqltest generate --profile office-day:8 --profile server:2 --inject word-rundll32 --out world/":
            "desks and servers, and one attack",
          "kqltest generate T1102/ --format parquet --out rows/": "the rows of scenarios alone",
          "kqltest query @hunt.kql --data world/": "a query over what was generated",
        }),
      )
      .action(async (scenarios: readonly string[], flags: GenerateFlags) => {
        finish(await generate(scenarios, flags, io));
      });
  },
};

async function generate(
  scenarios: readonly string[],
  flags: GenerateFlags,
  io: Io,
): Promise<ExitCode> {
  checkFlags(scenarios, flags);
  const profiles = (flags.profile ?? ["office-day"]).map(profileShare);
  const folder = resolve(io.cwd, flags.out);
  const { format, force = false, resume = false, seed } = flags;
  const destination: Destination = { folder, format, force, resume };
  const stop = new AbortController();
  const release = io.onInterrupt(() => {
    if (stop.signal.aborted) return false;
    stop.abort();
    return true;
  });
  const show = progressBar(io);
  const context: GenerateContext = {
    root: resolve(io.cwd, flags.root),
    version: packageVersion(),
    signal: stop.signal,
    onProgress: show.update,
    modules: moduleOptions(flags, io),
  };
  try {
    const { generateFromScenarios, generateWorld } =
      await import("../../run/generate/generate-world.ts");
    const { defaultNow } = await import("../../project/now.ts");
    const { devices = 10, days = 1, start = "2025-01-13", inject = [], now = defaultNow } = flags;
    const manifest =
      scenarios.length > 0
        ? await generateFromScenarios({ scenarios, seed, now }, destination, context)
        : await generateWorld(
            { devices, days, profiles, seed, start, inject },
            destination,
            context,
          );
    show.clear();
    io.out(renderManifest(manifest, relative(io.cwd, folder) || "."));
    return 0;
  } catch (error) {
    if (!(error instanceof InputError) || error.diagnostics[0]?.code !== "KT0909") throw error;
    show.clear();
    io.err(`${error.message}\n`);
    return 130;
  } finally {
    show.clear();
    release();
  }
}

function checkFlags(scenarios: readonly string[], flags: GenerateFlags): void {
  if (scenarios.length === 0) {
    if (flags.now === undefined) return;
    throw wrongUsage("`--now` is for scenarios alone", "say with `--start` when the days begin");
  }
  const flag = worldFlags.find((name) => flags[name] !== undefined);
  if (flag === undefined) return;
  throw wrongUsage(
    `\`--${flag}\` is for a world, and scenarios were named`,
    "put them into a world with `--inject`, or leave the flag out",
  );
}

/** `server`, or `server:2` where another profile has another weight. */
function profileShare(text: string): ProfileShare {
  const [name = "", number = "1", rest] = text.split(":");
  const profile = profileNames.find((candidate) => candidate === name);
  if (profile === undefined) {
    throw badValue(
      "--profile",
      text,
      suggestion(name, profileNames) ?? `possible: ${profileNames.join(", ")}`,
    );
  }
  const weight = Number(number);
  if (rest !== undefined || !(weight > 0 && Number.isFinite(weight))) {
    throw badValue("--profile", text, `write the weight as a number above 0: \`${profile}:2\``);
  }
  return { profile, weight };
}

const barWidth = 24;

/** One line that tells how far it is, for whoever watches. */
function progressBar(io: Io): { update: (progress: Progress) => void; clear: () => void } {
  const { showProgress } = io;
  if (showProgress === undefined) return { update: () => {}, clear: () => {} };
  let shown = false;
  return {
    update: ({ rows, part, parts }) => {
      const done = Math.floor((part / parts) * barWidth);
      const bar = `${"█".repeat(done)}${"░".repeat(barWidth - done)}`;
      shown = true;
      showProgress(
        `${bar} ${Math.floor((part / parts) * 100)} %  ${rows.toLocaleString("en")} rows`,
      );
    },
    clear: () => {
      if (shown) showProgress("");
      shown = false;
    },
  };
}

function renderManifest({ files, injected, rows }: Manifest, folder: string): string {
  const width = Math.max(0, ...files.map(({ file }) => escapeName(file).length));
  const lines = files.map(
    (file) => ` ${escapeName(file.file).padEnd(width)}  ${plural(file.rows, "row")}`,
  );
  const put = injected.map(
    ({ scenario, device, now, rows: count }) =>
      ` ${escapeName(scenario)}: ${plural(count, "row")} on ${escapeName(device)}, now ${now}`,
  );
  return `${[...lines, ...put, `${plural(rows, "row")} in ${escapeName(folder)}`].join("\n")}\n`;
}
