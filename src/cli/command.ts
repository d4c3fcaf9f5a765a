import type { Command } from "commander";
import type { ExitCode, Io } from "./io.ts";

/** One command of kqltest: its flags and help, and what it does. */
export interface CliCommand {
  readonly name: string;
  /**
   * Adds flags, help and action to `command`. The action hands its exit code to `finish`, and imports what is heavy
   * (the parser, DuckDB, YAML) only when it runs, so that `--help` loads none of it.
   */
  readonly define: (command: Command, io: Io, finish: (code: ExitCode) => void) => void;
}

/** The help text of examples: a line of what it does above each command. */
export function examples(list: Readonly<Record<string, string>>): string {
  const lines = Object.entries(list).map(([command, what]) => `  # ${what}\n  $ ${command}`);
  return `\nExamples:\n${lines.join("\n")}`;
}
