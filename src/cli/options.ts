import type { MissingFixtures } from "../kql/functions/missing-fixtures.ts";
import { Option, type Command } from "commander";
import type { ModuleOptions } from "../project/modules/module-options.ts";
import { outputLines } from "../project/modules/output-lines.ts";
import { escapeName, suggestion } from "../base/text.ts";
import {
  formatInstant,
  parseInstant,
  ticksPerMillisecond,
  unixEpochTicks,
} from "../schema/time.ts";
import type { Limits } from "../engine/limits.ts";
import type { Io } from "./io.ts";
import { badValue } from "./usage.ts";

/** Reads `--now`: an ISO 8601 instant, given back as Kusto writes it. */
export function parseNow(text: string): string {
  const ticks = parseInstant(text);
  if (ticks === undefined) {
    throw badValue("--now", text, "write an instant such as `2025-01-15T12:00:00Z`");
  }
  return formatInstant(ticks);
}

/** The clock of the run as Kusto writes an instant. */
export function currentInstant(now: Date): string {
  return formatInstant(BigInt(now.getTime()) * ticksPerMillisecond + unixEpochTicks);
}

/** Reads `--seed`: an integer from 0. */
export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) {
    throw badValue("--seed", text, `write an integer from 0 to ${Number.MAX_SAFE_INTEGER}`);
  }
  return seed;
}

/** A reader of `flag` that takes a whole number from 1 to `most`. */
export function parseCount(flag: string, most: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (/^\d+$/.test(text) && count >= 1 && count <= most) return count;
    throw badValue(flag, text, `write a whole number from 1 to ${most}`);
  };
}

/** Reads `--start`: a day such as `2025-01-13`. */
export function parseDay(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && parseInstant(text) !== undefined) return text;
  throw badValue("--start", text, "write a day such as `2025-01-13`");
}

/** A reader of `flag` that takes one of `choices`. */
export function parseChoice<const T extends string>(
  flag: string,
  choices: readonly T[],
): (text: string) => T {
  return (text) => {
    const choice = choices.find((candidate) => candidate === text);
    if (choice !== undefined) return choice;
    throw badValue(flag, text, suggestion(text, choices) ?? `possible: ${choices.join(", ")}`);
  };
}

/** Reads `--timeout`: seconds, 0 for none. Returns milliseconds. */
function parseTimeout(text: string): number {
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds <= mostSeconds) return Math.round(seconds * 1000);
  throw badValue("--timeout", text, `write seconds from 0 (no limit) to ${mostSeconds}`);
}

const mostSeconds = 86_400;

/** `--timeout`, whose value is in milliseconds: the time limit of `what`. */
export function timeoutOption(what: string, defaultSeconds: number): Option {
  return new Option("--timeout <seconds>", `time limit of ${what}; 0 for none`)
    .argParser(parseTimeout)
    .default(defaultSeconds * 1000, String(defaultSeconds));
}

/** `--memory`: the limit of what the process grows by while a query runs. */
export function memoryOption(): Option {
  return new Option(
    "--memory <MiB>",
    "memory limit of a query; never more than 80 % of what the machine has",
  )
    .argParser(parseCount("--memory", 2 ** 24))
    .default(4096);
}

/** Limits as options give them. */
export interface LimitFlags {
  /** In milliseconds. */
  readonly timeout: number;
  readonly memory: number;
}

/** The limits of queries, of which the supervisor is told as well. */
export function limitsOf({ timeout, memory }: LimitFlags, io: Io): Partial<Limits> {
  io.limitMemory?.(memory);
  return { timeoutMs: timeout, memoryMb: memory };
}

const missingFixturesChoices = ["error", "empty"] as const satisfies readonly MissingFixtures[];

/** `--missing-fixtures`: what queries read of data that no fixture provides. */
export function missingFixturesOption(): Option {
  return new Option(
    "--missing-fixtures <answer>",
    "what queries read of watchlists, `externaldata` and the like that no fixture provides: error, or empty (no rows)",
  )
    .argParser(parseChoice("--missing-fixtures", missingFixturesChoices))
    .default("error");
}

/** Accepts `--outside`, the old name of `--missing-fixtures`, with a note; removed in the next version. */
export function acceptOutside(command: Command, io: Pick<Io, "err">): void {
  command.addOption(
    new Option("--outside <answer>")
      .argParser(parseChoice("--outside", ["refuse", "empty"]))
      .hideHelp(),
  );
  command.on("option:outside", (answer: string) => {
    const current = answer === "refuse" ? "error" : answer;
    command.setOptionValue("missingFixtures", current);
    io.err(`warning: \`--outside ${answer}\` is now \`--missing-fixtures ${current}\`\n`);
  });
}

/** The flag that every command has that reads scenarios of a project. */
export interface ModuleFlags {
  /** False: `--no-modules`. */
  readonly modules?: boolean;
}

/** `--no-modules`: what a pull request brings must not run. */
export function noModulesOption(): Option {
  return new Option(
    "--no-modules",
    "reject scenarios and references in TypeScript instead of running them",
  );
}

/** How modules of the project are run, and where what they write goes. */
export function moduleOptions({ modules }: ModuleFlags, io: Pick<Io, "err">): ModuleOptions {
  return {
    ...(modules === false ? { modules: "refuse" } : {}),
    onModuleOutput: (file, text) => {
      const prefix = escapeName(file);
      for (const line of outputLines(text)) io.err(`[${prefix}] ${line}\n`);
    },
  };
}

/** Gathers the values of a flag that may be given several times. */
export function collect(text: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), text];
}
