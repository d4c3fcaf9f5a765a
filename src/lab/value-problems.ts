import { posix, win32 } from "node:path";
import type { FilledTest } from "../atomic/fill-test.ts";
import type { AtomicArgument, AtomicTest } from "../atomic/types.ts";
import type { Diagnostic } from "../base/diagnostic.ts";

/** Where a test may read and write by paths with `..`. Absolute. */
export interface Places {
  readonly project: string;
  readonly temporary: string;
  /** Which separators and roots paths have. */
  readonly style: "posix" | "windows";
}

/** What some shell would not take as a letter of the value that a person gave. */
const steering = /[\p{Cc}"'`$;&|<>()%^!]/u;

/** What no default needs. A test may say `$env:TEMP` in a default, since its file is what people read before it runs. */
const steeringDefault = /[\p{Cc}`]|\$\(/u;

/** Values of `filled` that would be read as part of a script (KT0834). */
export function valueProblems(
  { test, filled, given }: ValuesOf,
  { project }: Places,
): readonly Diagnostic[] {
  const problems = test.arguments.flatMap(({ name }): readonly Diagnostic[] => {
    const [found] = (given.has(name) ? steering : steeringDefault).exec(value(filled, name)) ?? [];
    if (found === undefined) return [];
    return [
      {
        code: "KT0834",
        message: `the value of \`${name}\` holds ${characterName(found)}, which a shell may not take as text`,
        hint: given.has(name)
          ? "give a value without it; what a script needs beyond that belongs into the test"
          : "write it in the command of the test and not in a default",
      },
    ];
  });
  const [inFolder] = steering.exec(project) ?? [];
  if (inFolder === undefined || !namesFolder(test)) return problems;
  const message = `the test names its folder, whose path holds ${characterName(inFolder)}`;
  return [
    ...problems,
    { code: "KT0834", message, hint: "move the project to a path of plain letters" },
  ];
}

/** Paths with `..` that leave the project and the temporary folder, in arguments and in scripts of dependencies (KT0835). */
export function pathProblems(
  { test, filled, given }: ValuesOf,
  places: Places,
): readonly Diagnostic[] {
  return [
    ...test.arguments.flatMap((argument) =>
      argument.type === "path" || given.has(argument.name)
        ? argumentPath(argument, value(filled, argument.name), places)
        : [],
    ),
    ...filled.dependencies.flatMap(({ check, get }, index) =>
      pathsIn(`${check}\n${get ?? ""}`)
        .filter((path) => leaves(path, places))
        .map((path) => leaving(`dependency ${index + 1} names \`${path}\``)),
    ),
  ];
}

interface ValuesOf {
  readonly test: AtomicTest;
  readonly filled: FilledTest;
  /** Arguments whose value is not their default. */
  readonly given: ReadonlySet<string>;
}

function argumentPath(
  { name, type }: AtomicArgument,
  text: string,
  places: Places,
): readonly Diagnostic[] {
  if (!hasParent(text)) return [];
  // A name goes up from a folder that only the script knows.
  if (type === "path" && !leaves(text, places)) return [];
  return [leaving(`the value of \`${name}\` is \`${text}\``)];
}

function leaving(what: string): Diagnostic {
  return {
    code: "KT0835",
    message: `${what}, which leaves the project and the temporary folder`,
    hint: "name a path inside them, without `..`",
  };
}

function hasParent(text: string): boolean {
  return text.split(/[/\\]/).includes("..");
}

/** Words of a script that go up a folder. */
function pathsIn(script: string): readonly string[] {
  return (script.match(/[^\s"'`;|&()<>=,]+/g) ?? []).filter(hasParent);
}

/** Whether a path with `..` ends outside of both folders, or where nobody can tell: behind a variable. Relative ones start in a folder below the temporary one. */
function leaves(path: string, { project, temporary, style }: Places): boolean {
  if (!hasParent(path)) return false;
  const { isAbsolute, join, normalize, relative } = style === "windows" ? win32 : posix;
  const filled = path.replaceAll(/\$?PathToAtomicsFolder/gi, () => join(project, "atomics"));
  if (/[$%~]/.test(filled)) return true;
  // PowerShell takes a backslash on every system.
  const written = style === "windows" ? filled : filled.replaceAll("\\", "/");
  const whole = normalize(isAbsolute(written) ? written : join(temporary, "run", written));
  return [project, temporary].every((folder) => {
    const way = relative(folder, whole);
    return way === ".." || way.startsWith("../") || way.startsWith("..\\") || isAbsolute(way);
  });
}

function value(filled: FilledTest, name: string): string {
  return filled.arguments[name] ?? "";
}

function namesFolder({ executor, dependencies, arguments: list }: AtomicTest): boolean {
  const texts = [
    executor.kind === "manual" ? undefined : executor.command.text,
    executor.cleanup?.text,
    ...dependencies.flatMap(({ check, get }) => [check.text, get?.text]),
    ...list.map((argument) => argument.default),
  ];
  return texts.some((text) => text !== undefined && /PathToAtomicsFolder/i.test(text));
}

function characterName(character: string): string {
  if (character === "\n" || character === "\r") return "a line break";
  return /\p{Cc}/u.test(character) ? "a control character" : `\`${character}\``;
}
