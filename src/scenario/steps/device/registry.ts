import { suggestion } from "../../../base/text.ts";
import type { StepFile } from "../../format/scenario-file.ts";
import type { Step } from "../../model/incident.ts";
import { actingProcess, commonOf } from "../../resolve/acting.ts";
import { actionRow, type Clock, type Columns, type Sighting } from "../../generate/event-rows.ts";
import { fill, seen } from "../../generate/step-run.ts";
import { nonEmpty, oneOf, optional, text } from "../../format/shape.ts";
import { asKey, byKey } from "../common.ts";
import { stepKind, type StepKind } from "../step.ts";

const actions = ["set", "deleted", "keyCreated", "keyDeleted"] as const;
const types = ["String", "ExpandString", "MultiString", "Dword", "Qword", "Binary"] as const;

/** A process changes the registry. */
export interface RegistryStepFile extends StepFile {
  readonly registry: string;
  readonly by: string;
  readonly as?: string;
  readonly value?: string;
  readonly data?: string;
  readonly type?: (typeof types)[number];
  readonly previous?: string;
  readonly action?: (typeof actions)[number];
}

export interface RegistryStep extends Step {
  readonly kind: "registry";
  readonly key: string;
  readonly action: (typeof actions)[number];
  readonly value: string | undefined;
  readonly data: string | undefined;
  readonly type: string;
  readonly previous: string | undefined;
}

const table = "DeviceRegistryEvents";

/** How hives are written short, and how Defender writes them. */
const hives: Readonly<Record<string, string>> = {
  HKLM: "HKEY_LOCAL_MACHINE",
  HKCU: "HKEY_CURRENT_USER",
  HKU: "HKEY_USERS",
  HKCR: "HKEY_CLASSES_ROOT",
};

export const registryKind: StepKind = stepKind<RegistryStepFile, RegistryStep>({
  name: "registry",
  title: "a process changes the registry",
  about: "Gives a row of `DeviceRegistryEvents`.",
  example: String.raw`- registry: HKCU\Software\Microsoft\Windows\CurrentVersion\Run
  value: Updater
  data: C:\Users\{user}\AppData\Roaming\updater.exe
  by: cmd.exe`,
  keys: {
    registry: nonEmpty({
      description: "The key; `HKLM`, `HKCU`, `HKU` and `HKCR` are written out",
    }),
    by: byKey,
    as: asKey,
    value: optional(text({ description: "Name of the value", fallback: "the key's own value" })),
    data: optional(text({ description: "What is written" })),
    type: optional(oneOf(types, { description: "Type of the value", fallback: "`String`" })),
    previous: optional(text({ description: "What stood there before" })),
    action: optional(oneOf(actions, { description: "What happened", fallback: "`set`" })),
  },
  resolve(step, place, context) {
    const { path } = place;
    const { owner, account, above } = actingProcess(step, path, context);
    const [hive = "", ...rest] = step.registry.split("\\");
    const name = hives[hive.toUpperCase()] ?? hive;
    const known = [...Object.values(hives), ...Object.keys(hives)];
    if (!known.includes(name) || rest.length === 0) {
      context.problems.at([...path, "registry"], "KT0521", {
        message: `\`${step.registry}\` is no key of the registry`,
        hint:
          rest.length === 0
            ? "write a whole key such as `HKLM\\SOFTWARE\\Policies`"
            : suggestion(hive, known),
      });
    }
    return {
      kind: "registry",
      ...commonOf(step, table, { place, context, above }),
      owner,
      account,
      key: [name, ...rest].join("\\"),
      action: step.action ?? "set",
      value: step.value,
      data: step.data,
      type: step.type ?? "String",
      previous: step.previous,
    };
  },
  rows(step, { time }, run) {
    const of = { step, run };
    const filled = (text: string | undefined, key: string): string | undefined =>
      text === undefined ? undefined : fill(text, key, of);
    const event: RegistryEvent = {
      ...step,
      key: fill(step.key, "registry", of),
      value: filled(step.value, "value"),
      data: filled(step.data, "data"),
      previous: filled(step.previous, "previous"),
    };
    return [{ table, row: registryRow(event, seen(step, time, run), run.clock) }];
  },
});

export type RegistryEvent = Pick<
  RegistryStep,
  "key" | "action" | "value" | "data" | "type" | "previous"
>;

const actionTypes: Readonly<Record<RegistryEvent["action"], string>> = {
  set: "RegistryValueSet",
  deleted: "RegistryValueDeleted",
  keyCreated: "RegistryKeyCreated",
  keyDeleted: "RegistryKeyDeleted",
};

/** The row of what a process did to the registry. What is gone stands in the columns of what was before. */
export function registryRow(event: RegistryEvent, of: Sighting, clock: Clock): Columns {
  const { action, key, value, data, type, previous } = event;
  const row = actionRow(of, actionTypes[action], clock);
  const isGone = action === "deleted" || action === "keyDeleted";
  if (isGone) row["PreviousRegistryKey"] = key;
  else row["RegistryKey"] = key;
  if (action === "keyCreated" || action === "keyDeleted") return row;
  const before = previous ?? (isGone ? data : undefined);
  if (!isGone) {
    row["RegistryValueType"] = type;
    row["RegistryValueName"] = value ?? "";
    row["RegistryValueData"] = data ?? "";
  }
  if (isGone || before !== undefined) {
    row["PreviousRegistryValueName"] = value ?? "";
    row["PreviousRegistryValueData"] = before ?? "";
  }
  return row;
}
