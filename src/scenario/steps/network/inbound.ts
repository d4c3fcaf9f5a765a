import { addressType } from "../../model/address.ts";
import type { StepFile } from "../../format/scenario-file.ts";
import type { Step } from "../../model/incident.ts";
import { actingProcess, commonOf } from "../../resolve/acting.ts";
import { actionRow, type Clock, type Columns, type Sighting } from "../../generate/event-rows.ts";
import { seen } from "../../generate/step-run.ts";
import { integer, nonEmpty } from "../../format/shape.ts";
import { asKey, byKey } from "../common.ts";
import { placeOf, resolveFarEnd, type FarEnd } from "./network-end.ts";
import { stepKind, type StepKind } from "../step.ts";

/** Somebody connects to a process. */
export interface InboundStepFile extends StepFile {
  readonly inbound: string;
  readonly port: number;
  readonly by: string;
  readonly as?: string;
}

export interface InboundStep extends Step {
  readonly kind: "inbound";
  readonly from: FarEnd;
  readonly port: number;
}

const table = "DeviceNetworkEvents";

export const inboundKind: StepKind = stepKind<InboundStepFile, InboundStep>({
  name: "inbound",
  title: "a connection comes in",
  about: "Gives a row of `DeviceNetworkEvents` (`InboundConnectionAccepted`).",
  example: `- inbound: 203.0.113.9
  port: 3389
  by: svchost.exe -k NetworkService -s TermService`,
  keys: {
    inbound: nonEmpty({
      description: "Where it comes from: an address, or a device of the scenario",
    }),
    port: integer({ description: "The local port" }, 1, 65_535),
    by: byKey,
    as: asKey,
  },
  resolve(step, place, context) {
    const { path } = place;
    const { owner, account, above } = actingProcess(step, path, context);
    return {
      kind: "inbound",
      ...commonOf(step, table, { place, context, above }),
      owner,
      account,
      from: resolveFarEnd(step.inbound, [...path, "inbound"], context),
      port: step.port,
      mentions: [step.inbound],
    };
  },
  rows(step, { time }, run) {
    const from = {
      address: placeOf(step.from, run).address,
      port: run.draw.random(`port/${step.id}`).integer(49_152, 65_535),
    };
    return [
      { table, row: inboundRow({ from, port: step.port }, seen(step, time, run), run.clock) },
    ];
  },
});

/** The row of a connection that a process accepts. */
export function inboundRow(
  {
    from,
    port,
  }: {
    readonly from: { readonly address: string; readonly port: number };
    readonly port: number;
  },
  of: Sighting,
  clock: Clock,
): Columns {
  const row = actionRow(of, "InboundConnectionAccepted", clock);
  row["RemoteIP"] = from.address;
  row["RemotePort"] = from.port;
  row["RemoteIPType"] = addressType(from.address);
  row["LocalIP"] = of.device.ip;
  row["LocalPort"] = port;
  row["LocalIPType"] = addressType(of.device.ip);
  row["Protocol"] = "Tcp";
  return row;
}
