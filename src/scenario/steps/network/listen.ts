import { addressType } from "../../model/address.ts";
import type { StepFile } from "../../format/scenario-file.ts";
import type { Step } from "../../model/incident.ts";
import { actingProcess, commonOf } from "../../resolve/acting.ts";
import { actionRow, type Clock, type Columns, type Sighting } from "../../generate/event-rows.ts";
import { seen } from "../../generate/step-run.ts";
import { integer } from "../../format/shape.ts";
import { asKey, byKey } from "../common.ts";
import { stepKind, type StepKind } from "../step.ts";

/** A process opens a port. */
export interface ListenStepFile extends StepFile {
  readonly listen: number;
  readonly by: string;
  readonly as?: string;
}

export interface ListenStep extends Step {
  readonly kind: "listen";
  readonly port: number;
}

const table = "DeviceNetworkEvents";

export const listenKind: StepKind = stepKind<ListenStepFile, ListenStep>({
  name: "listen",
  title: "a process opens a port",
  about: "Gives a row of `DeviceNetworkEvents` (`ListeningConnectionCreated`).",
  example: String.raw`- listen: 4444
  by: C:\Users\Public\nc.exe < cmd.exe`,
  keys: { listen: integer({ description: "The port" }, 1, 65_535), by: byKey, as: asKey },
  resolve(step, place, context) {
    const { owner, account, above } = actingProcess(step, place.path, context);
    return {
      kind: "listen",
      ...commonOf(step, table, { place, context, above }),
      owner,
      account,
      port: step.listen,
    };
  },
  rows(step, { time }, run) {
    return [{ table, row: listenRow(step.port, seen(step, time, run), run.clock) }];
  },
});

/** The row of a port that a process opens. There is no far end yet. */
export function listenRow(port: number, of: Sighting, clock: Clock): Columns {
  const row = actionRow(of, "ListeningConnectionCreated", clock);
  row["LocalIP"] = of.device.ip;
  row["LocalPort"] = port;
  row["LocalIPType"] = addressType(of.device.ip);
  row["Protocol"] = "Tcp";
  return row;
}
