import { posix, resolve } from "node:path";
import type { SidecarEntry } from "../../../atomic/sidecar.ts";
import type { AtomicTest } from "../../../atomic/types.ts";
import { InputError } from "../../../base/diagnostic.ts";
import { escapeControls } from "../../../base/text.ts";
import type { Machine } from "../../../lab/machine.ts";
import type { RunRequest } from "../../../lab/preflight.ts";
import type { ScriptResult } from "../../../lab/scripts/run-script.ts";
import type { Command } from "commander";
import type { Io } from "../../io.ts";
import { collect } from "../../options.ts";
import { badValue } from "../../usage.ts";
import { findTest, parseInput } from "./find-test.ts";

/** The flags of every command that runs something of a test. */
export interface StartFlags {
  readonly input?: readonly string[];
  readonly allow?: readonly string[];
  /** In milliseconds. */
  readonly timeout: number;
  readonly yes?: true;
  readonly root: string;
  /** Where it runs; default: on this machine. */
  readonly lab?: LabName;
}

/** What a test can run in beside this machine. */
export const labNames = ["docker"] as const;
export type LabName = (typeof labNames)[number];

/** Adds the flags of `StartFlags`. */
export function startOptions(command: Command): Command {
  return command
    .option(
      "--input <name=value>",
      "the value of an input argument; may be given several times",
      collect,
    )
    .option(
      "--allow <host>",
      "a host of the tester's that the test may connect to; may be given several times",
      collect,
    )
    .option("--timeout <seconds>", "end a script that takes longer", parseTimeout, 120_000)
    .option("--yes", "do not ask")
    .option("--root <dir>", "the folder that holds `atomics`", ".");
}

/** Reads `--timeout`: seconds, given back in milliseconds. */
export function parseTimeout(text: string): number {
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds > 0 && seconds <= 86_400) return seconds * 1000;
  throw badValue("--timeout", text, "write seconds, more than 0 and at most a day");
}

export interface Prepared {
  readonly request: RunRequest;
  /** The machine that the test sees. */
  readonly machine: Machine;
  /** Absolute path of the project. */
  readonly root: string;
}

/** The test `name`, filled in; throws an `InputError` (KT0831 to KT0835) where it must not run there. */
export async function prepare(name: string, flags: StartFlags, io: Io): Promise<Prepared> {
  const [{ loadTechniques }, { readSidecarOf }, { preflight }] = await Promise.all([
    import("../../../project/atomics/load-atomics.ts"),
    import("../../../project/atomics/sidecars.ts"),
    import("../../../lab/preflight.ts"),
  ]);
  const root = resolve(io.cwd, flags.root);
  const techniques = loadTechniques(root);
  const test = findTest(techniques, name);
  const technique = techniques.find(({ tests }) => tests.includes(test));
  const entry = technique === undefined ? undefined : readSidecarOf(root, technique).get(test.guid);
  const values = Object.fromEntries((flags.input ?? []).map(parseInput));
  const { machine, ...place } =
    flags.lab === undefined
      ? await onThisMachine(test, { root, values, flags }, io)
      : await inContainer(test, entry, values);
  const request: RunRequest = {
    test,
    entry,
    given: new Set(Object.keys(values)),
    ...place,
  };
  const problems = preflight(request, machine);
  if (problems.length > 0) throw new InputError(problems);
  return { request, machine, root };
}

/** Where a test runs, and what it is there. */
type Place = Pick<RunRequest, "filled" | "project" | "allow" | "contained"> &
  Pick<Prepared, "machine">;

type Values = Readonly<Record<string, string>>;

interface Given {
  readonly root: string;
  readonly values: Values;
  readonly flags: StartFlags;
}

async function onThisMachine(
  test: AtomicTest,
  { root, values, flags }: Given,
  io: Io,
): Promise<Place> {
  const [{ fillTest }, { readConfig }] = await Promise.all([
    import("../../../atomic/fill-test.ts"),
    import("../../../project/config.ts"),
  ]);
  const filled = fillTest(test, { values, folder: resolve(root, "atomics") });
  const allow = [...readConfig(root).atomics.allow, ...(flags.allow ?? [])];
  return { filled, project: root, allow, machine: await io.machine() };
}

/** In a container every name leads to a sinkhole, those of web services too; so they are the defaults, and may be targets. */
async function inContainer(
  test: AtomicTest,
  entry: SidecarEntry | undefined,
  values: Values,
): Promise<Place> {
  const [{ fillTest }, { atomicsFolder, containerMachine }, { targetNames }] = await Promise.all([
    import("../../../atomic/fill-test.ts"),
    import("../../../lab/docker/container-machine.ts"),
    import("../../../lab/targets.ts"),
  ]);
  const services = Object.entries(entry?.sinkhole ?? {}).filter(([argument]) =>
    test.arguments.some(({ name }) => name === argument),
  );
  const filled = fillTest(test, {
    values: { ...Object.fromEntries(services), ...values },
    folder: atomicsFolder,
  });
  const allow = targetNames({ test, filled, entry });
  const project = posix.dirname(atomicsFolder);
  return { filled, project, allow, contained: true, machine: containerMachine };
}

/** Ends with a clear yes to `question`, or throws an `InputError` (KT0837). */
export async function confirm(question: string, { yes }: StartFlags, io: Io): Promise<void> {
  if (yes === true) return;
  if (io.ask === undefined) {
    throw new InputError({
      code: "KT0837",
      message: "nothing was run: nobody is there to say yes",
      hint: "read what would run, then say so with `--yes`",
    });
  }
  const answer = await io.ask(`${question} [y/N] `);
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new InputError({ code: "KT0837", message: "nothing was run: the answer was no" });
}

/** How a script went, and what it wrote; safe on a terminal. */
export function renderResult({ name, stopped, exitCode, out, err }: ScriptResult): string {
  const sign = exitCode === 0 ? "✓" : "✗";
  const end = stopped ?? `exit code ${exitCode ?? "unknown"}`;
  const written = [out, err].filter((text) => text.trim() !== "").map(indent);
  return ` ${sign} ${name}  ${end}\n${written.join("")}`;
}

function indent(text: string): string {
  const lines = escapeControls(text.trimEnd().replaceAll("\r\n", "\n")).split("\n");
  return lines.map((line) => `     ${line}`.trimEnd() + "\n").join("");
}
