import { accountOf } from "../../resolve/actors.ts";
import { addressType } from "../../model/address.ts";
import type { StepFile } from "../../format/scenario-file.ts";
import type { Step } from "../../model/incident.ts";
import { findProcess, logonIdOf } from "../../generate/processes.ts";
import { linkOf } from "../../model/program-reference.ts";
import { commonOf } from "../../resolve/acting.ts";
import { actionRow, type Clock, type Columns, type Sighting } from "../../generate/event-rows.ts";
import { accountFor, deviceOf, type Run } from "../../generate/step-run.ts";
import { nonEmpty, oneOf, optional, text } from "../../format/shape.ts";
import type { Account } from "../../generate/incident-world.ts";
import { asKey } from "../common.ts";
import { placeOf, resolveFarEnd, type FarEnd } from "../network/network-end.ts";
import { stepKind, type StepKind } from "../step.ts";

const types = [
  "Interactive",
  "RemoteInteractive",
  "Network",
  "Batch",
  "Service",
  "Unlock",
  "CachedInteractive",
  "NewCredentials",
] as const;
const results = ["success", "failed", "attempted"] as const;

/** Somebody logs on to a device. */
export interface LogonStepFile extends StepFile {
  readonly logon: (typeof types)[number];
  readonly as?: string;
  readonly from?: string;
  readonly result?: (typeof results)[number];
  readonly reason?: string;
  readonly protocol?: string;
}

export interface LogonStep extends Step {
  readonly kind: "logon";
  readonly type: (typeof types)[number];
  readonly from: FarEnd | undefined;
  readonly result: (typeof results)[number];
  readonly reason: string | undefined;
  readonly protocol: string | undefined;
}

const table = "DeviceLogonEvents";

export const logonKind: StepKind = stepKind<LogonStepFile, LogonStep>({
  name: "logon",
  title: "somebody logs on to a device",
  about:
    "Gives a row of `DeviceLogonEvents`, whose process is `lsass.exe`. A logon at the desk has the `LogonId` that the account's processes on the device have; one over the network has its own.",
  example: `- logon: RemoteInteractive
  from: 203.0.113.9
- logon: Network
  from: 203.0.113.9
  result: failed`,
  keys: {
    logon: oneOf(types, { description: "The type of the logon" }),
    as: asKey,
    from: optional(
      nonEmpty({ description: "Where from: an address, or a device of the scenario" }),
    ),
    result: optional(oneOf(results, { description: "What came of it", fallback: "`success`" })),
    reason: optional(
      text({
        description: "Why it failed",
        fallback: "`InvalidUserNameOrPassword` where it failed",
      }),
    ),
    protocol: optional(text({ description: "Protocol", example: "NTLM", fallback: "`Negotiate`" })),
  },
  resolve(step, place, context) {
    const { path } = place;
    return {
      kind: "logon",
      ...commonOf(step, table, { place, context }),
      account: accountOf(
        { named: step.as, inherited: undefined, other: step.on, path },
        context.actors,
        context.problems,
      ),
      type: step.logon,
      from:
        step.from === undefined ? undefined : resolveFarEnd(step.from, [...path, "from"], context),
      result: step.result ?? "success",
      reason: step.reason,
      protocol: step.protocol,
      mentions: step.from === undefined ? [] : [step.from],
    };
  },
  rows(step, { time }, run) {
    const device = deviceOf(step, run);
    const account = accountFor(step, run);
    const process = authority(step, time, run);
    const from = step.from === undefined ? {} : { from: placeOf(step.from, run) };
    const event: LogonEvent = {
      type: step.type,
      result: step.result,
      account,
      ...from,
      protocol: step.protocol ?? "Negotiate",
      reason: step.reason ?? "InvalidUserNameOrPassword",
      ...(step.result === "success" ? { logonId: sessionOf(step, account, run) } : {}),
    };
    return [{ table, row: logonRow(event, { device, process, time }, run.clock) }];
  },
});

/** The process that checks who it is. */
function authority(step: LogonStep, time: number, run: Run): Sighting["process"] {
  const link = linkOf("lsass.exe");
  const account = run.world.accounts.get("system");
  if (link === undefined || account === undefined) throw new Error("no lsass.exe");
  const request = { before: time, device: deviceOf(step, run), account };
  return findProcess(run.processes, { links: [link] }, request);
}

const overNetwork = new Set<LogonStep["type"]>(["Network", "NewCredentials", "Batch"]);

function sessionOf(step: LogonStep, account: Account, run: Run): number {
  return overNetwork.has(step.type)
    ? run.draw.random(`logon/${step.id}`).integer(0x2_0000, 0xfff_ffff)
    : logonIdOf(run.draw, { device: deviceOf(step, run), account });
}

export interface LogonEvent {
  readonly type: string;
  readonly result: (typeof results)[number];
  readonly account: Account;
  readonly from?: { readonly address: string; readonly name?: string };
  readonly protocol: string;
  /** Why it failed; counts only where it did. */
  readonly reason: string;
  readonly logonId?: number;
}

const actionTypes: Readonly<Record<LogonEvent["result"], string>> = {
  success: "LogonSuccess",
  failed: "LogonFailed",
  attempted: "LogonAttempted",
};

/** The row of a logon. */
export function logonRow(event: LogonEvent, of: Sighting, clock: Clock): Columns {
  const { account, from, result } = event;
  const row = actionRow(of, actionTypes[result], clock);
  row["LogonType"] = event.type;
  row["AccountDomain"] = account.domain;
  row["AccountName"] = account.name;
  row["AccountSid"] = account.sid;
  row["Protocol"] = event.protocol;
  if (result === "failed") row["FailureReason"] = event.reason;
  if (result === "success") row["IsLocalAdmin"] = account.admin;
  if (event.logonId !== undefined) row["LogonId"] = event.logonId;
  if (from !== undefined) {
    row["RemoteIP"] = from.address;
    row["RemoteIPType"] = addressType(from.address);
    if (from.name !== undefined) row["RemoteDeviceName"] = from.name;
  }
  return row;
}
