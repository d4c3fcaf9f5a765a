import type { CliCommand } from "../../command.ts";
import { listCommand } from "./list.ts";
import { showCommand } from "./show.ts";
import { validateCommand } from "./validate.ts";

/** The commands below `kqltest atomics`. */
export const atomicsCommands: readonly CliCommand[] = [listCommand, showCommand, validateCommand];
