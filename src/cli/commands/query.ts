import type { MissingFixtures } from "../../kql/functions/missing-fixtures.ts";
import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { InputError } from "../../base/diagnostic.ts";
import { kustoTimeoutMs } from "../../base/kusto-limits.ts";
import { escapeControls } from "../../base/text.ts";
import { dialects, type Dialect } from "../../schema/tables.ts";
import { examples, type CliCommand } from "../command.ts";
import type { Io } from "../io.ts";
import {
  currentInstant,
  limitsOf,
  memoryOption,
  acceptOutside,
  missingFixturesOption,
  parseChoice,
  parseNow,
  timeoutOption,
} from "../options.ts";
import { renderRows, rowFormats, type RowFormat } from "../output/render-rows.ts";
import { badPath } from "../usage.ts";

interface QueryFlags {
  readonly data?: string;
  readonly format: RowFormat;
  readonly csvSafe?: boolean;
  readonly dialect: Dialect;
  readonly now?: string;
  readonly root: string;
  readonly missingFixtures: MissingFixtures;
  readonly timeout: number;
  readonly memory: number;
}

/** `kqltest query`: runs one query over the bundled tables, filled from a folder of files. */
export const queryCommand: CliCommand = {
  name: "query",
  define: (command, io, finish) => {
    acceptOutside(command, io);
    command
      .description("run one KQL query and print its rows")
      .argument("<kql>", "the query; `-` reads it from the standard input, `@file` from a file")
      .option("--data <dir>", "a folder of tables: <Table>.json, .jsonl, .ndjson or .csv")
      .option(
        "--format <format>",
        `how rows are printed: ${rowFormats.join(", ")}`,
        parseChoice("--format", rowFormats),
        "table",
      )
      .option(
        "--dialect <dialect>",
        `which tables there are: ${dialects.join(", ")}`,
        parseChoice("--dialect", dialects),
        "defender-xdr",
      )
      .option(
        "--csv-safe",
        "put a `'` before CSV cells that a spreadsheet would run as formulas (default: on a terminal)",
      )
      .option("--no-csv-safe", "write every CSV cell as it is (default: in a pipe or a file)")
      .option("--now <timestamp>", "what `now()` is, such as 2025-01-15T12:00:00Z", parseNow)
      .option("--root <dir>", "the project whose tables, functions and fixtures there are", ".")
      .addOption(missingFixturesOption())
      .addOption(timeoutOption("the query, as in Kusto", kustoTimeoutMs / 1000))
      .addOption(memoryOption())
      .addHelpText(
        "after",
        examples({
          "kqltest query 'print strlen(\"abc\")'": "a query that needs no table",
          "kqltest query 'DeviceProcessEvents | count' --data events/": "over recorded events",
          "kqltest query @hunt.kql --data events/ --format csv": "a query in a file, rows as CSV",
          "kqltest query @rules/x/rule.kql --missing-fixtures empty":
            "watchlists and the like have no rows",
        }),
      )
      .action(async (kql: string, flags: QueryFlags) => {
        await runQuery(await readQuery(kql, io), flags, io);
        finish(0);
      });
  },
};

async function readQuery(argument: string, io: Io): Promise<string> {
  const text = await queryText(argument, io);
  if (text.trim() !== "") return text;
  throw new InputError({
    code: "KT0905",
    message: "the query is empty",
    hint: "write it as one quoted argument: `kqltest query 'DeviceProcessEvents | count'`",
  });
}

async function queryText(argument: string, io: Io): Promise<string> {
  if (argument === "-") return io.readInput();
  if (!argument.startsWith("@")) return argument;
  const path = resolve(io.cwd, argument.slice(1));
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw badPath(
      { message: `\`${relative(io.cwd, path)}\` cannot be read: ${(error as Error).message}` },
      error,
    );
  }
}

async function runQuery(kql: string, flags: QueryFlags, io: Io): Promise<void> {
  const [{ openEngine }, { catalogWith }, { loadInputs }, { readDataFolder }] = await Promise.all([
    import("../../engine/duckdb.ts"),
    import("../../kql/environment.ts"),
    import("../../project/inputs.ts"),
    import("../data-folder.ts"),
  ]);
  const { dialect, missingFixtures } = flags;
  const inputs = loadInputs(resolve(io.cwd, flags.root));
  const catalog = catalogWith(dialect, inputs.tables ?? []);
  const batches =
    flags.data === undefined ? [] : readDataFolder(resolve(io.cwd, flags.data), io.cwd, catalog);
  const now = flags.now ?? currentInstant(io.now());
  const engine = await openEngine({
    now,
    dialect,
    inputs,
    missingFixtures,
    limits: limitsOf(flags, io),
  });
  try {
    for (const tables of batches) await engine.load(tables);
    const text = renderRows(await engine.query(kql), flags.format, {
      csvSafe: flags.csvSafe ?? io.isTty,
    });
    // On a terminal no value may steer it; a pipe gets every byte.
    io.out(io.isTty ? escapeControls(text.replaceAll("\r\n", "\n")) : text);
  } finally {
    await engine.close();
  }
}
