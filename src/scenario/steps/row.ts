import { bundledCatalog, type Table } from "../../schema/tables.ts";
import { addressType } from "../model/address.ts";
import type { StepFile } from "../format/scenario-file.ts";
import type { Step } from "../model/incident.ts";
import { knownTable, unknownTable } from "../model/recorded-rows.ts";
import { commonOf } from "../resolve/acting.ts";
import type { Columns } from "../generate/event-rows.ts";
import { deviceOf } from "../generate/step-run.ts";
import { text } from "../format/shape.ts";
import type { Device, World } from "../generate/incident-world.ts";
import { stepKind, type StepKind } from "./step.ts";

/** Any row of any table. */
export interface RowStepFile extends StepFile {
  readonly row: string;
}

export interface RowStep extends Step {
  readonly kind: "row";
  readonly table: Table;
  /** False for what a workspace alone has: there, columns of these names tell of other devices, such as a firewall. */
  readonly isOfDevice: boolean;
}

export const rowKind: StepKind = stepKind<RowStepFile, RowStep>({
  name: "row",
  title: "anything else",
  about:
    "The row of any table of Defender or Sentinel, or of one in the project's `tables/`. `Timestamp` (`TimeGenerated`), `DeviceId`, `DeviceName` and `ReportId` are filled in where the table has them; of a table that Sentinel alone has, only `TimeGenerated`: `Computer` and the rest are written out. Columns of type `datetime` take an instant or a time before now (`-2h`); `AdditionalFields` takes a map and becomes JSON. A row of `DeviceInfo` also has the operating system and the role of a device that has them.",
  example: `- row: DeviceNetworkEvents
  at: -1h
  columns:
    ActionType: DnsConnectionInspected
    RemotePort: 53
    AdditionalFields: { query: pastebin.com, qtype_name: A }`,
  keys: { row: text({ description: "A table's name", example: "AlertEvidence" }) },
  resolve(step, place, context) {
    const own = context.files.tables;
    const table = knownTable(step.row, own);
    if (table !== undefined) {
      const isOfDevice = bundledCatalog("defender-xdr").has(step.row) || own.has(step.row);
      return { kind: "row", ...commonOf(step, step.row, { place, context }), table, isOfDevice };
    }
    context.problems.at([...place.path, "row"], "KT0507", unknownTable(step.row, own));
    const { columns: _, ...rest } = step;
    const nothing: Table = { name: step.row, columns: [] };
    return {
      kind: "row",
      ...commonOf(rest, "", { place, context }),
      table: nothing,
      isOfDevice: false,
    };
  },
  rows(step, { time }, run) {
    const row = bareRow(step, deviceOf(step, run), run.clock(time));
    if (step.table.name === "DeviceInfo") setDeviceInfo(row, deviceOf(step, run), run.world);
    return [{ table: step.table.name, row }];
  },
});

/** What is known of a device's system and of who sits at it. */
function setDeviceInfo(row: Columns, { os, role, ip }: Device, { publicAddress }: World): void {
  if (os === undefined) return;
  row["OSPlatform"] = os;
  row["DeviceCategory"] = "Endpoint";
  row["DeviceType"] = role === undefined || role === "workstation" ? "Workstation" : "Server";
  row["PublicIP"] = addressType(ip) === "Private" ? publicAddress : ip;
  row["OnboardingStatus"] = "Onboarded";
}

/** The columns that every table of devices has, as far as the step's has them. */
function bareRow(
  { table: { columns }, isOfDevice }: RowStep,
  device: Device,
  time: string,
): Columns {
  const times = { Timestamp: time, TimeGenerated: time };
  const common = isOfDevice ? { ...times, DeviceId: device.id, DeviceName: device.name } : times;
  const names = new Set(columns.map((column) => column.name));
  return Object.fromEntries(Object.entries(common).filter(([column]) => names.has(column)));
}
