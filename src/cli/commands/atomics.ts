import { examples, type CliCommand } from "../command.ts";
import { atomicsCommands } from "./atomics/index.ts";

/** `kqltest atomics`: what can be done with atomic tests, one command each. */
export const atomicsCommand: CliCommand = {
  name: "atomics",
  define: (command, io, finish) => {
    command
      .description("atomic tests: attack steps as scripts, in the format of Atomic Red Team")
      .helpCommand("help [command]", "print the help of a command")
      .addHelpText(
        "after",
        examples({
          "kqltest atomics list --platform linux": "the tests that run on Linux",
          "kqltest atomics show T1102-1": "one test, filled in as it would run",
          "kqltest atomics validate": "check every test of the project; nothing of them runs",
          "kqltest atomics run T1102-2": "run one in a lab, after a yes to what it shows",
        }),
      );
    for (const { name, define } of atomicsCommands) {
      define(command.command(name).helpOption("-h, --help", "print this help"), io, finish);
    }
  },
};
