import type { CliCommand } from "../../command.ts";
import { checkPrereqsCommand } from "./check-prereqs.ts";
import { cleanupCommand } from "./cleanup.ts";
import { listCommand } from "./list.ts";
import { runCommand } from "./run.ts";
import { showCommand } from "./show.ts";
import { validateCommand } from "./validate.ts";

/** The commands below `kqltest atomics`. */
export const atomicsCommands: readonly CliCommand[] = [
  listCommand,
  showCommand,
  validateCommand,
  checkPrereqsCommand,
  runCommand,
  cleanupCommand,
];
