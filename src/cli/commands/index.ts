import type { CliCommand } from "../command.ts";
import { atomicsCommand } from "./atomics.ts";
import { generateCommand } from "./generate.ts";
import { importCommand } from "./import.ts";
import { listCommand } from "./list.ts";
import { newCommand } from "./new.ts";
import { queryCommand } from "./query.ts";
import { replayCommand } from "./replay.ts";
import { showCommand } from "./show.ts";
import { testCommand } from "./test.ts";

/** Every command; the first runs where none is named. */
export const commands: readonly CliCommand[] = [
  testCommand,
  queryCommand,
  showCommand,
  listCommand,
  newCommand,
  atomicsCommand,
  importCommand,
  generateCommand,
  replayCommand,
];
