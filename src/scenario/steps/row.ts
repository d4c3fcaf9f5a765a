import { suggestion } from "../../base/text.ts";
import { bundledCatalog, type Table } from "../../schema/tables.ts";
import { addressType } from "../address.ts";
import type { StepFile } from "../file.ts";
import type { Step } from "../incident.ts";
import { commonOf } from "../resolve-common.ts";
import type { Columns } from "../rows.ts";
import { deviceOf } from "../run.ts";
import { text } from "../shape.ts";
import type { Device, World } from "../world.ts";
import { stepKind, type StepKind } from "./step.ts";

/** Any row of any table. */
export interface RowStepFile extends StepFile {
  readonly row: string;
}

export interface RowStep extends Step {
  readonly kind: "row";
  readonly table: Table;
}

export const rowKind: StepKind = stepKind<RowStepFile, RowStep>({
  name: "row",
  title: "anything else",
  about:
    "The row of any Defender table, or of one in the project's `tables/`. `Timestamp` (`TimeGenerated`), `DeviceId`, `DeviceName` and `ReportId` are filled in where the table has them. Columns of type `datetime` take an instant or a time before now (`-2h`); `AdditionalFields` takes a map and becomes JSON. A row of `DeviceInfo` also has the operating system and the role of a device that has them.",
  example: `- row: DeviceNetworkEvents
  at: -1h
  columns:
    ActionType: DnsConnectionInspected
    RemotePort: 53
    AdditionalFields: { query: pastebin.com, qtype_name: A }`,
  keys: { row: text({ description: "A table's name", example: "AlertEvidence" }) },
  resolve(step, place, context) {
    const bundled = bundledCatalog("defender-xdr");
    const own = context.files.tables;
    const table = bundled.get(step.row) ?? own.get(step.row);
    if (table !== undefined) {
      return { kind: "row", ...commonOf(step, step.row, { place, context }), table };
    }
    context.problems.at([...place.path, "row"], "KT0507", {
      message: `there is no table \`${step.row}\``,
      hint: suggestion(step.row, [...bundled.keys(), ...own.keys()]),
    });
    const { columns: _, ...rest } = step;
    const nothing: Table = { name: step.row, columns: [] };
    return { kind: "row", ...commonOf(rest, "", { place, context }), table: nothing };
  },
  rows(step, { time }, run) {
    const row = bareRow(step.table, deviceOf(step, run), run.clock(time));
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

/** The columns that every table of devices has, as far as `table` has them. */
function bareRow({ columns }: Table, { id, name }: Device, time: string): Columns {
  const common = { Timestamp: time, TimeGenerated: time, DeviceId: id, DeviceName: name };
  const names = new Set(columns.map((column) => column.name));
  return Object.fromEntries(Object.entries(common).filter(([column]) => names.has(column)));
}
