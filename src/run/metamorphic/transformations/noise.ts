import type { ScenarioEvent } from "../../../scenario/model/types.ts";
import type { Transformation } from "./transformation.ts";

/** Everyday events on a device that the scenario does not have, at the time of its first event. */
export const noise: Transformation = {
  name: "noise",
  description: "everyday events on another device",
  apply: ({ events, tables, start }) => {
    const added = everyday.filter(({ table }) => tables?.includes(table) ?? true);
    if (start === undefined || added.length === 0) return events;
    return [
      ...events,
      ...added.map((event) => ({ ...event, row: { Timestamp: start, ...event.row } })),
    ];
  },
};

const device = {
  DeviceName: "quiet-desk-7.contoso.example",
  DeviceId: "5a1c7e30b94d2f68a1e05c3d7b9f24860e1d3c5b",
};

const everyday: readonly ScenarioEvent[] = [
  {
    id: "noise-process",
    table: "DeviceProcessEvents",
    row: {
      ...device,
      ActionType: "ProcessCreated",
      FileName: "notepad.exe",
      FolderPath: "C:\\Windows\\System32\\notepad.exe",
      ProcessId: 7312,
      ProcessCommandLine: "notepad.exe",
      AccountName: "quiet",
      InitiatingProcessFileName: "explorer.exe",
      InitiatingProcessId: 4188,
    },
  },
  {
    id: "noise-connection",
    table: "DeviceNetworkEvents",
    row: {
      ...device,
      ActionType: "ConnectionSuccess",
      RemoteUrl: "intranet.contoso.example",
      RemoteIP: "10.20.0.15",
      RemoteIPType: "Private",
      RemotePort: 443,
      Protocol: "Tcp",
      InitiatingProcessFileName: "msedge.exe",
      InitiatingProcessId: 5020,
    },
  },
];
