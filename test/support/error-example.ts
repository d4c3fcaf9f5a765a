import { expect } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import type { ErrorExample, ErrorTable } from "../../src/base/errors/error-code.ts";
import { runSuite } from "../../src/run/suite.ts";
import { sharedEngine } from "./engine.ts";
import { runCli } from "./fake-io.ts";
import { starterProject } from "./temp-project.ts";

/** The codes of `table` that have an example, with it. */
export function examplesOf(table: ErrorTable): readonly (readonly [string, ErrorExample])[] {
  return Object.entries(table).flatMap(([code, { example }]) =>
    example === undefined ? [] : [[code, example] as const],
  );
}

/** Holds an example to giving its code. */
export async function expectCode(code: string, example: ErrorExample): Promise<void> {
  expect(await outcomeOf(example)).toContain(`${code} `);
}

async function outcomeOf(example: ErrorExample): Promise<string> {
  if ("kql" in example) return messageOf((await sharedEngine()).query(example.kql));
  const root = starterProject(example.files ?? {});
  if ("command" in example) return (await runCli(argumentsOf(example.command), { cwd: root })).err;
  return messageOf(
    runSuite({ root, cache: false }).then(({ errors }) => {
      const diagnostics = errors.flatMap((error) => error.diagnostics);
      if (diagnostics.length > 0) throw new InputError(diagnostics);
    }),
  );
}

async function messageOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
    return "nothing was wrong";
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** The arguments of a command line behind its first word; single quotes hold blanks together. */
function argumentsOf(command: string): readonly string[] {
  const words = command.match(/'[^']*'|\S+/g) ?? [];
  return words.slice(1).map((word) => word.replace(/^'(.*)'$/s, "$1"));
}
