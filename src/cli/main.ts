import { Command, CommanderError } from "commander";
import { InputError } from "../base/diagnostic.ts";
import { escapeControls } from "../base/text.ts";
import { EngineGone } from "../base/engine-gone.ts";
import { examples } from "./command.ts";
import { commands } from "./commands/index.ts";
import type { ExitCode, Io } from "./io.ts";
import { usageError, withCommandGuess } from "./usage.ts";
import { packageVersion } from "./version.ts";

/** Runs kqltest with `argv` (without node and script) and gives the exit code. Never throws. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await run(argv, io);
  } catch (error) {
    if (error instanceof InputError) {
      const names = commands.map((command) => command.name);
      io.err(`${withCommandGuess(error, argv, names).message}\n`);
      return 2;
    }
    if (error instanceof EngineGone) {
      io.err(`the engine is gone: ${error.message}\n`);
      return 3;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.err(
      `this is a bug in kqltest ${packageVersion()} (node ${io.nodeVersion})\n${escapeControls(text)}\n`,
    );
    return 3;
  }
}

async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = createProgram(io, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw usageError(error, commandNamed(program, argv));
  }
  return code;
}

/** The command that `argv` names, with those above it: `kqltest atomics list`. */
function commandNamed(program: Command, argv: readonly string[]): string {
  const names = [program.name()];
  let command = program;
  for (const word of argv) {
    const below = command.commands.find((candidate) => candidate.name() === word);
    if (below === undefined) break;
    names.push(word);
    command = below;
  }
  return names.join(" ");
}

function createProgram(io: Io, finish: (code: ExitCode) => void): Command {
  const program = new Command("kqltest")
    .description("Unit tests for KQL detection rules, run offline against synthetic events.")
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      // Mistakes are printed once, by `main`, in the form of every other diagnostic.
      outputError: () => {},
      getOutHelpWidth: () => io.columns ?? 100,
      getErrHelpWidth: () => io.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText(
      "after",
      examples({
        kqltest: "run every rule of the project against its scenarios",
        "kqltest test --help": "the flags of a run",
        "kqltest query 'print now()'": "run one query",
      }),
    )
    .addHelpText("after", exitCodes);
  for (const [index, { name, define }] of commands.entries()) {
    const command = program.command(name, { isDefault: index === 0 });
    define(command.helpOption("-h, --help", "print this help"), io, finish);
  }
  return program;
}

const exitCodes = `
Exit codes:
  0    everything is as expected
  1    a detection did not do what is expected of it
  2    the input or the configuration is wrong, there is nothing to test, or a rule could not be run
  3    a bug in kqltest, or the engine is gone
  130  interrupted (143 by SIGTERM, 129 by SIGHUP)`;
