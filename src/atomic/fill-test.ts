import { defined } from "../base/defined.ts";
import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import { suggestion } from "../base/text.ts";
import { isOfType, valueExamples } from "./argument-value.ts";
import { fillText } from "./fill.ts";
import {
  executorName,
  type AtomicArgument,
  type AtomicTest,
  type ArgumentType,
  type ExecutorName,
} from "./types.ts";

/** A test as it would run: every `#{name}` and the path of its folder filled in. Plain data. */
export interface FilledTest {
  readonly technique: string;
  readonly number: number;
  readonly guid: string;
  readonly name: string;
  readonly executor: ExecutorName;
  readonly elevated: boolean;
  /** The value of each argument, given or by default. */
  readonly arguments: Readonly<Record<string, string>>;
  /** What the executor runs, or a person does. */
  readonly command: string;
  readonly cleanup: string | null;
  readonly dependencyExecutor: ExecutorName;
  readonly dependencies: readonly FilledDependency[];
}

export interface FilledDependency {
  readonly description: string;
  readonly check: string;
  readonly get: string | null;
}

export interface FillOptions {
  /** Values of arguments by name; the others have their default. */
  readonly values?: Readonly<Record<string, string>>;
  /** Absolute path of the folder `atomics`, for commands that name it. */
  readonly folder: string;
}

/** `test` with its arguments filled in. Throws an `InputError` (KT0816) for values that are of no argument, or not of its type. */
export function fillTest(test: AtomicTest, { values = {}, folder }: FillOptions): FilledTest {
  const problems = Object.entries(values).flatMap(([name, value]) =>
    valueProblem(test, name, value),
  );
  if (problems.length > 0) throw new InputError(problems);
  const filled = new Map(
    test.arguments.map((argument) => [argument.name, values[argument.name] ?? argument.default]),
  );
  const fill = (text: string): string => fillFolder(fillText(text, filled).text, folder);
  const { executor } = test;
  return {
    technique: test.technique,
    number: test.number,
    guid: test.guid,
    name: test.name,
    executor: executorName(executor),
    elevated: executor.elevated,
    arguments: Object.fromEntries(filled),
    command: fill(executor.kind === "manual" ? executor.steps.text : executor.command.text),
    cleanup: executor.cleanup === undefined ? null : fill(executor.cleanup.text),
    dependencyExecutor: test.dependencyExecutor,
    dependencies: test.dependencies.map(({ description, check, get }) => ({
      description: fill(description),
      check: fill(check.text),
      get: get === undefined ? null : fill(get.text),
    })),
  };
}

/** Atomic Red Team writes its folder as `PathToAtomicsFolder`, in any case, with or without a `$`. */
function fillFolder(text: string, folder: string): string {
  return text.replaceAll(/\$?PathToAtomicsFolder/gi, () => folder);
}

function valueProblem(test: AtomicTest, name: string, value: string): readonly Diagnostic[] {
  const argument = test.arguments.find((candidate) => candidate.name === name);
  if (argument === undefined) {
    const hint = suggestion(
      name,
      test.arguments.map((candidate) => candidate.name),
    );
    return [
      {
        code: "KT0816",
        message: `\`${test.name}\` has no input argument \`${name}\``,
        ...defined({ hint }),
      },
    ];
  }
  if (fits(value, argument)) return [];
  return [
    {
      code: "KT0816",
      message: `the value of \`${name}\` is no ${argument.type}: \`${value}\``,
      hint: valueExamples[argument.type],
    },
  ];
}

function fits(value: string, { type }: AtomicArgument): boolean {
  const readers: Partial<Record<ArgumentType, () => number>> = {
    float: () => (value.trim() === "" ? Number.NaN : Number(value)),
  };
  return isOfType(readers[type]?.() ?? value, type);
}
