import { resolve } from "node:path";
import type { FilledTest } from "../../../atomic/fill-test.ts";
import { testLabel, type AtomicTechnique, type AtomicTest } from "../../../atomic/types.ts";
import { InputError } from "../../../base/diagnostic.ts";
import { escapeControls, suggestion } from "../../../base/text.ts";
import { longest, oneLine, pad } from "../../../report/layout.ts";
import { examples, type CliCommand } from "../../command.ts";
import type { Io } from "../../io.ts";
import { collect } from "../../options.ts";
import { badValue } from "../../usage.ts";

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
    import("../../../run/atomics.ts"),
    import("../../../atomic/fill-test.ts"),
  ]);
  const root = resolve(io.cwd, flags.root);
  const test = findTest(loadTechniques(root), name);
  const values = Object.fromEntries((flags.input ?? []).map(parseInput));
  const filled = fillTest(test, { values, folder: resolve(root, "atomics") });
  const text = flags.json === true ? `${JSON.stringify(filled, null, 2)}\n` : render(test, filled);
  // On a terminal no script may steer it; a pipe gets every byte.
  io.out(io.isTty ? escapeControls(text) : text);
}

function parseInput(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at <= 0) throw badValue("--input", text, "write it as `name=value`");
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The test that `name` means: a GUID, or technique and number. Throws an `InputError` (KT0815) where there is none. */
function findTest(techniques: readonly AtomicTechnique[], name: string): AtomicTest {
  const tests = techniques.flatMap((technique) => technique.tests);
  const wanted = name.toLowerCase();
  const found = tests.find(
    (test) => test.guid === wanted || testLabel(test).toLowerCase() === wanted,
  );
  if (found !== undefined) return found;
  throw new InputError({
    code: "KT0815",
    message: `there is no test \`${name}\``,
    hint: suggestion(name, tests.map(testLabel)) ?? "`kqltest atomics list` lists them",
  });
}

function render(test: AtomicTest, filled: FilledTest): string {
  const facts: readonly (readonly [string, string])[] = [
    ["guid", test.guid],
    ["platforms", test.platforms.join(", ")],
    ["executor", filled.elevated ? `${filled.executor}, elevated` : filled.executor],
    ...Object.entries(filled.arguments).map(([name, value]): readonly [string, string] => [
      `#{${name}}`,
      oneLine(value),
    ]),
  ];
  const width = longest(facts.map(([name]) => name));
  return [
    `${testLabel(test)} ${oneLine(test.name)}`,
    ...facts.map(([name, value]) => `  ${pad(name, width)}  ${value}`.trimEnd()),
    "",
    test.description.trim(),
    ...filled.dependencies.flatMap(({ description, check, get }) => [
      ...script(`needs (${filled.dependencyExecutor}): ${oneLine(description)}`, check),
      ...(get === null ? [] : script(`to get it (${filled.dependencyExecutor})`, get)),
    ]),
    ...script(
      `${filled.executor === "manual" ? "steps" : "command"} (${filled.executor})`,
      filled.command,
    ),
    ...(filled.cleanup === null ? [] : script(`cleanup (${filled.executor})`, filled.cleanup)),
    "",
  ].join("\n");
}

/** A script under a line that says what it is; unindented, so that it can be copied as it is. */
function script(title: string, text: string): readonly string[] {
  return ["", `── ${title} ${"─".repeat(Math.max(3, 76 - title.length))}`, text.trimEnd()];
}
