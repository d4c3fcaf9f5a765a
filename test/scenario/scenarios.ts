import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError } from "../../src/base/diagnostic.ts";
import type { Source } from "../../src/base/source.ts";
import { readScenario, readScenarios } from "../../src/scenario/read-scenarios.ts";
import type { Scenario, ScenarioEvent } from "../../src/scenario/model/types.ts";
import { parseInstant } from "../../src/schema/time.ts";
import type { Row, Value } from "../../src/schema/types.ts";

const folder = resolve(import.meta.dirname, "../../scenarios");

/** An instant without anything round about it. */
export const now = parseInstant("2025-01-15T12:34:56.7890123Z") ?? 0n;

/** The scenarios of the repository: of a file with many cases three, which stand for the others. */
export const scenarios: readonly Scenario[] = readdirSync(folder, {
  recursive: true,
  encoding: "utf8",
})
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => /(^|\/)[^_/][^/]*\.yaml$/.test(file))
  .toSorted()
  .flatMap((file) => {
    const source = { file, text: readFileSync(join(folder, file), "utf8") };
    const { cases, read } = readScenarios(source, file.replace(/\.yaml$/, ""), { readFile });
    const samples = new Set([cases[0], cases[Math.floor(cases.length / 2)], cases.at(-1)]);
    return [...samples].flatMap((one) => (one === undefined ? [] : read(one)));
  });

function readFile(file: string): Source {
  return { file, text: readFileSync(join(folder, file), "utf8") };
}

/** Whether the rows of a scenario are written out by hand, as those of Linux hosts are, and not drawn. */
export function isWrittenOut(id: string): boolean {
  return /(^|\/)linux-[^/]*$/.test(id);
}

/** The scenario of `text`, in a file called `s.yaml`. */
export function scenarioOf(text: string, id = "s"): Scenario {
  return readScenario({ file: "s.yaml", text }, id);
}

/** The events of a timeline given as YAML, at `now`. */
export function eventsOf(text: string): readonly ScenarioEvent[] {
  return scenarioOf(text).events({ now });
}

/** A whole scenario around `timeline`, which is YAML without indentation. */
export function around(timeline: string, more = ""): string {
  const lines = timeline.trim().split("\n");
  const steps = lines.map((line) => `  ${line}`).join("\n");
  return `version: 1\ntitle: t\ntruth: benign\n${more}timeline:\n${steps}\n`;
}

/** What is wrong with `text`, as people read it. */
export function problemsOf(text: string): string {
  try {
    scenarioOf(text).events({ now });
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "nothing";
}

/** Where `text` has its mistakes, with their codes, and what is said of them: `["6:5 KT0501", …]` for one. */
export function diagnosed(text: string): readonly string[] {
  const message = problemsOf(text);
  return [...message.matchAll(/^\S+?:(\d+:\d+) (KT\d{4})/gm)]
    .map(([, place, code]) => `${place} ${code}`)
    .concat(message);
}

/** A string column; fails where the row has none. */
export function text(row: Row, column: string): string {
  const value: Value | undefined = row[column];
  if (typeof value !== "string") throw new Error(`${column} is ${JSON.stringify(value)}`);
  return value;
}

/** A string column, or an empty string where the row has none. */
export function textOrEmpty(row: Row, column: string): string {
  return row[column] === undefined ? "" : text(row, column);
}

/** A datetime column in ticks; fails where the row has none. */
export function ticks(row: Row, column: string): bigint {
  const instant = parseInstant(text(row, column));
  if (instant === undefined) throw new Error(`${column} is no instant: ${text(row, column)}`);
  return instant;
}
