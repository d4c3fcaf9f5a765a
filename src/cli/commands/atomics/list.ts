import { resolve } from "node:path";
import { escapeControls } from "../../../base/text.ts";
import {
  executorName,
  executorNames,
  platforms,
  testLabel,
  type AtomicTest,
  type ExecutorName,
  type Platform,
} from "../../../atomic/types.ts";
import { InputError } from "../../../base/diagnostic.ts";
import { longest, oneLine, pad, plural } from "../../../report/layout.ts";
import { examples, type CliCommand } from "../../command.ts";
import type { Io } from "../../io.ts";
import { parseChoice } from "../../options.ts";

interface ListFlags {
  readonly technique?: string;
  readonly platform?: Platform;
  readonly executor?: ExecutorName;
  readonly json?: true;
  readonly root: string;
}

/** `kqltest atomics list`: the tests of the project, one a line. */
export const listCommand: CliCommand = {
  name: "list",
  define: (command, io, finish) => {
    command
      .description("list the tests")
      .option("--technique <id>", "only of this technique and those below it, such as T1102")
      .option(
        "--platform <platform>",
        "only what runs there, such as windows, linux or macos",
        parseChoice("--platform", platforms),
      )
      .option(
        "--executor <name>",
        `only what is run by: ${executorNames.join(", ")}`,
        parseChoice("--executor", executorNames),
      )
      .option("--json", "print the tests as JSON, with all they say")
      .option("--root <dir>", "the folder that holds `atomics`", ".")
      .addHelpText(
        "after",
        examples({
          "kqltest atomics list": "every test",
          "kqltest atomics list --technique T1102 --platform linux": "some of them",
          "kqltest atomics list --json": "for other programs",
        }),
      )
      .action(async (flags: ListFlags) => {
        await runList(flags, io);
        finish(0);
      });
  },
};

async function runList(flags: ListFlags, io: Io): Promise<void> {
  const { loadTechniques } = await import("../../../project/atomics/load-atomics.ts");
  const techniques = loadTechniques(resolve(io.cwd, flags.root));
  const tests = techniques
    .flatMap((technique) => technique.tests)
    .filter((test) => isMeant(test, flags));
  if (tests.length === 0) {
    throw new InputError({
      code: "KT0815",
      message: "no test is like that",
      hint: `there is: ${techniques.map(({ id }) => `\`${id}\``).join(", ")}; take a filter away`,
    });
  }
  io.out(
    flags.json === true
      ? `${escapeControls(JSON.stringify(tests.map(asJson), null, 2))}\n`
      : lines(tests),
  );
}

function isMeant(test: AtomicTest, { technique, platform, executor }: ListFlags): boolean {
  const wanted = technique?.toUpperCase();
  return (
    (wanted === undefined ||
      test.technique === wanted ||
      test.technique.startsWith(`${wanted}.`)) &&
    (platform === undefined || test.platforms.includes(platform)) &&
    (executor === undefined || executorName(test.executor) === executor)
  );
}

function lines(tests: readonly AtomicTest[]): string {
  const rows = tests.map((test) => [
    testLabel(test),
    test.guid,
    test.platforms.join(","),
    executorName(test.executor),
    oneLine(test.name),
  ]);
  const widths = [0, 1, 2, 3].map((column) => longest(rows.map((row) => row[column] ?? "")));
  const text = rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${text.join("\n")}\n(${plural(tests.length, "test")})\n`;
}

function asJson(test: AtomicTest): Readonly<Record<string, unknown>> {
  return {
    id: testLabel(test),
    technique: test.technique,
    number: test.number,
    guid: test.guid,
    name: test.name,
    description: test.description.trim(),
    platforms: test.platforms,
    executor: executorName(test.executor),
    elevated: test.executor.elevated,
    arguments: test.arguments.map(({ name, description, type, default: value }) => ({
      name,
      description,
      type,
      default: value,
    })),
  };
}
