import { examples, type CliCommand } from "../command.ts";
import { newScenarioCommand } from "./new/scenario.ts";

/** `kqltest new`: files to start from. */
export const newCommand: CliCommand = {
  name: "new",
  define: (command, io, finish) => {
    command
      .description("write a file to start from")
      .helpCommand("help [command]", "print the help of a command")
      .addHelpText(
        "after",
        examples({ "kqltest new scenario": "asks what happens, and writes it down" }),
      );
    const { name, define } = newScenarioCommand;
    define(command.command(name).helpOption("-h, --help", "print this help"), io, finish);
  },
};
