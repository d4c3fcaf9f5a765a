import { addressType } from "../model/address.ts";
import {
  actionRow,
  columnType,
  deviceRow,
  processRow,
  type Clock,
  type Columns,
} from "../generate/event-rows.ts";
import type { Row } from "../../schema/types.ts";
import type { Destination } from "./fleet-machine.ts";
import type { Running } from "./tree.ts";

/** Something that happens on a device, at `time` in ticks from the beginning of the span. */
export type Happening = ProcessStart | Connection | Inspection | InjectedEvent;

export interface ProcessStart {
  readonly kind: "start";
  readonly time: number;
  readonly process: Running;
}

export interface Connection {
  readonly kind: "connection";
  readonly time: number;
  readonly process: Running;
  readonly to: Destination;
  readonly failed: boolean;
  /** Given out in order of time once the whole day is known. */
  localPort: number;
}

/** A connection seen on the wire, where no process is known. */
export interface Inspection {
  readonly kind: "inspection";
  readonly time: number;
  readonly of: Connection;
}

/** A row that is there already, such as one of a scenario; it gets its number here. */
export interface InjectedEvent {
  readonly kind: "told";
  readonly time: number;
  readonly table: string;
  readonly row: Row;
}

/** A row of a device, numbered in order of time. */
export interface BackgroundEvent {
  readonly happening: Happening;
  readonly reportId: number;
}

const tables = {
  start: "DeviceProcessEvents",
  connection: "DeviceNetworkEvents",
  inspection: "DeviceNetworkEvents",
} as const;

/** The table that has the row of `happening`. */
export function tableOf(happening: Happening): string {
  return happening.kind === "told" ? happening.table : tables[happening.kind];
}

/** The row of an event as Defender has it; columns that nothing is known of are left out. */
export function rowOf({ happening, reportId }: BackgroundEvent, clock: Clock): Columns {
  const row = rowWithoutNumber(happening, clock);
  if (columnType(tableOf(happening), "ReportId") === "long") row["ReportId"] = reportId;
  return row;
}

function rowWithoutNumber(happening: Happening, clock: Clock): Columns {
  switch (happening.kind) {
    case "start":
      return processRow(happening.process, happening.time, clock);
    case "connection":
      return connectionRow(happening, clock);
    case "inspection":
      return inspectionRow(happening, clock);
    default:
      return { ...happening.row };
  }
}

function connectionRow(
  { time, process, to, failed, localPort }: Connection,
  clock: Clock,
): Columns {
  const { device } = process;
  const action = failed ? "ConnectionFailed" : "ConnectionSuccess";
  const row = actionRow({ device, process, time }, action, clock);
  row["RemoteIP"] = to.address;
  row["RemotePort"] = to.port;
  row["LocalIP"] = device.ip;
  row["LocalPort"] = localPort;
  row["Protocol"] = to.form === "full" ? "TcpV4" : "Tcp";
  if (to.form === "host") row["RemoteUrl"] = to.host;
  // Rows with a whole URL come from network protection, which types no addresses.
  if (to.form === "full") row["RemoteUrl"] = `https://${to.host}/`;
  else {
    row["LocalIPType"] = addressType(device.ip);
    row["RemoteIPType"] = addressType(to.address);
  }
  return row;
}

function inspectionRow({ time, of }: Inspection, clock: Clock): Columns {
  const { to, localPort } = of;
  const { device } = of.process;
  const row = deviceRow({ device, process: undefined, time }, "SslConnectionInspected", clock);
  const seen = { direction: "Out", version: "TLSv12", server_name: to.host, established: "true" };
  return Object.assign(row, {
    RemoteIP: to.address,
    RemotePort: to.port,
    LocalIP: device.ip,
    LocalPort: localPort,
    Protocol: "Tcp",
    InitiatingProcessId: 0,
    InitiatingProcessTokenElevation: "None",
    AdditionalFields: JSON.stringify(seen),
  });
}
