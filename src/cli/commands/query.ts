import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { InputError } from "../../base/diagnostic.ts";
import { escapeControls } from "../../base/text.ts";
import type { Dialect } from "../../schema/tables.ts";
import { examples, type CliCommand } from "../command.ts";
import type { Io } from "../io.ts";
import { currentInstant, parseChoice, parseNow } from "../options.ts";
import { renderRows, rowFormats, type RowFormat } from "../render-rows.ts";
import { badPath } from "../usage.ts";

const dialects = ["defender-xdr", "sentinel"] as const satisfies readonly Dialect[];

interface QueryFlags {
  readonly data?: string;
  readonly format: RowFormat;
  readonly dialect: Dialect;
  readonly now?: string;
}

/** `kqltest query`: runs one query over the bundled tables, filled from a folder of files. */
export const queryCommand: CliCommand = {
  name: "query",
  define: (command, io, finish) => {
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
      .option("--now <instant>", "what `now()` is, such as 2025-01-15T12:00:00Z", parseNow)
      .addHelpText(
        "after",
        examples({
          "kqltest query 'print strlen(\"abc\")'": "a query that needs no table",
          "kqltest query 'DeviceProcessEvents | count' --data events/": "over recorded events",
          "kqltest query @hunt.kql --data events/ --format csv": "a query in a file, rows as CSV",
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
  const [{ openEngine }, { readDataFolder }] = await Promise.all([
    import("../../engine/duckdb.ts"),
    import("../data-folder.ts"),
  ]);
  const tables =
    flags.data === undefined
      ? {}
      : readDataFolder(resolve(io.cwd, flags.data), io.cwd, flags.dialect);
  const engine = await openEngine({
    now: flags.now ?? currentInstant(io.now()),
    dialect: flags.dialect,
  });
  try {
    await engine.load(tables);
    const text = renderRows(await engine.query(kql), flags.format);
    // On a terminal no value may steer it; a pipe gets every byte.
    io.out(io.isTty ? escapeControls(text.replaceAll("\r\n", "\n")) : text);
  } finally {
    await engine.close();
  }
}
