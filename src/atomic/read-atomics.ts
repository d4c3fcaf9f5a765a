import { defined } from "../base/defined.ts";
import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import type { EmbeddedText, Source } from "../base/source.ts";
import { validateYaml } from "../base/validate.ts";
import { parseYaml, type YamlPath } from "../base/yaml.ts";
import { argumentType, valueText } from "./argument-value.ts";
import { argumentsUsed, defaultsFit, placeholdersDeclared } from "./checks/check-arguments.ts";
import {
  dependencyExecutorFits,
  dependencyExecutorNeeded,
  executorFits,
  sudoElevates,
} from "./checks/check-executor.ts";
import { checkPlace } from "./checks/check-place.ts";
import type { TestCheck, WrittenTest } from "./checks/test-check.ts";
import type { AtomicFile } from "./technique-file.ts";
import { repeatedGuids } from "./checks/guids.ts";
import type { AtomicArgument, AtomicTechnique, AtomicTest, Dependency, Executor } from "./types.ts";

/** What the schema cannot say of a test. */
const testChecks: readonly TestCheck[] = [
  executorFits,
  dependencyExecutorFits,
  dependencyExecutorNeeded,
  sudoElevates,
  placeholdersDeclared,
  argumentsUsed,
  defaultsFit,
];

/**
 * The technique that `source` holds, in the format of Atomic Red Team. Throws an `InputError` (KT0801 to KT0810) of
 * every mistake. `path` is where the file lies, where the name in `source` does not tell its folder.
 */
export function readAtomics(source: Source, path: string = source.file): AtomicTechnique {
  const yaml = parseYaml(source, "KT0801");
  const file = validateYaml<AtomicFile>(yaml, "atomic", "KT0802");
  const written = file.atomic_tests.map((test, index): WrittenTest => ({
    yaml,
    path: ["atomic_tests", index],
    test,
  }));
  const problems: Diagnostic[] = [
    ...checkPlace(yaml, file.attack_technique, path),
    ...written.flatMap((test) => testChecks.flatMap((check) => check(test))),
  ];
  const technique = {
    id: file.attack_technique,
    displayName: file.display_name,
    tests: written.map((test, index) => atomicTest(test, file.attack_technique, index + 1)),
    source,
  };
  problems.push(...repeatedGuids([technique]));
  if (problems.length > 0) throw new InputError(problems);
  return technique;
}

function atomicTest(written: WrittenTest, technique: string, number: number): AtomicTest {
  const { yaml, path, test } = written;
  return {
    technique,
    number,
    guid: test.auto_generated_guid.toLowerCase(),
    name: test.name,
    description: test.description,
    platforms: test.supported_platforms,
    arguments: argumentsOf(written),
    dependencies: dependenciesOf(written),
    dependencyExecutor: test.dependency_executor_name ?? test.executor.name,
    executor: executorOf(written),
    span: yaml.span([...path, "auto_generated_guid"]),
  };
}

function argumentsOf({ yaml, path, test }: WrittenTest): readonly AtomicArgument[] {
  return Object.entries(test.input_arguments ?? {}).map(([name, argument]) => ({
    name,
    description: argument.description,
    type: argumentType(argument.type),
    default: valueText(argument.default),
    span: yaml.keySpan([...path, "input_arguments", name]),
  }));
}

function dependenciesOf(written: WrittenTest): readonly Dependency[] {
  return (written.test.dependencies ?? []).map((dependency, index) => {
    const path = ["dependencies", index];
    const get = textOf(written, [...path, "get_prereq_command"], dependency.get_prereq_command);
    return {
      description: dependency.description,
      check: embedded(written, [...path, "prereq_command"]),
      ...defined({ get }),
    };
  });
}

function executorOf(written: WrittenTest): Executor {
  const { name, elevation_required, cleanup_command } = written.test.executor;
  const cleanup = textOf(written, ["executor", "cleanup_command"], cleanup_command);
  const base = {
    elevated: elevation_required ?? false,
    ...defined({ cleanup }),
  };
  return name === "manual"
    ? { kind: "manual", steps: embedded(written, ["executor", "steps"]), ...base }
    : {
        kind: "command",
        shell: name,
        command: embedded(written, ["executor", "command"]),
        ...base,
      };
}

function textOf(
  written: WrittenTest,
  path: YamlPath,
  text: string | null | undefined,
): EmbeddedText | undefined {
  return text === null || text === undefined || text.trim() === ""
    ? undefined
    : embedded(written, path);
}

function embedded({ yaml, path }: WrittenTest, below: YamlPath): EmbeddedText {
  return yaml.embedded([...path, ...below]);
}
