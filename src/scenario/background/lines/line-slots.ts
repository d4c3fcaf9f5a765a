import { addressType } from "../../model/address.ts";
import type { Account, Device } from "../../generate/incident-world.ts";
import type { SpanClock } from "./span-clock.ts";
import { rowOf, type Connection, type ProcessStart } from "../background-event.ts";
import type { LineFormat } from "./line-format.ts";
import { renderCells, type Slot, type Slots } from "./line-template.ts";
import type { Destination } from "../fleet-machine.ts";
import { putBytes, putNumber, putText, type Page } from "./page.ts";
import type { Image, Running } from "../tree.ts";

/** What differs between two rows of a program, by column. */
export interface ColumnSlots<H> {
  readonly of: (image: Image) => Slots<H>;
  /** Forgets what it knows of the device before. */
  nextDevice(device: Device): void;
}

/** What differs between two starts of one program. */
export function startSlots(format: LineFormat, clock: SpanClock): ColumnSlots<ProcessStart> {
  const device = createDeviceCells<ProcessStart>(format);
  const row = createRowCells<ProcessStart>(format, clock);
  const parents = (put: PutProcess): PutProcess => onParent(put);
  const grandparents = (put: PutProcess): PutProcess => onParent(onParent(put));
  const { pid, logonId, uniqueId, creation, command } = row;
  const common: Slots<ProcessStart> = {
    ...device.common,
    FolderPath: device.text(({ file }) => file.path),
    ProcessTokenElevation: device.text(({ elevation }) => elevation),
    ...device.account("", ({ account }) => account),
    ...device.account("InitiatingProcess", ({ account, parent }) => parent?.account ?? account),
    InitiatingProcessTokenElevation: device.text(({ parent }) => parent?.elevation ?? ""),
    InitiatingProcessFolderPath: device.text(({ parent }) => parent?.file.path.toLowerCase() ?? ""),
    Timestamp: row.timestamp,
    ReportId: row.reportId,
    ProcessId: row.slot("row", pid),
    ProcessCreationTime: row.slot("row", creation),
    LogonId: row.slot("row", logonId),
    ProcessUniqueId: row.slot("row", uniqueId),
    InitiatingProcessLogonId: row.slot("row", parents(logonId)),
    InitiatingProcessId: row.slot("row", parents(pid)),
    InitiatingProcessCreationTime: row.slot("row", parents(creation)),
    InitiatingProcessParentId: row.slot("row", grandparents(pid)),
    InitiatingProcessParentCreationTime: row.slot("row", grandparents(creation)),
    InitiatingProcessUniqueId: row.slot("row", parents(uniqueId)),
  };
  const ownerOf = (image: Image | undefined): "device" | "row" =>
    image === undefined || image.command.drawn.length === 0 ? "device" : "row";
  return {
    of: (image) => ({
      ...common,
      ProcessCommandLine: row.slot(ownerOf(image), command),
      InitiatingProcessCommandLine: row.slot(ownerOf(image.parent), parents(command)),
    }),
    nextDevice: device.clear,
  };
}

/** What differs between two connections of one program. */
export function connectionSlots(format: LineFormat, clock: SpanClock): ColumnSlots<Connection> {
  const { quote } = format;
  const device = createDeviceCells<Connection>(format);
  const row = createRowCells<Connection>(format, clock);
  const destinations = createDestinationCells(format, clock);
  const failed = Buffer.from(`${quote}ConnectionFailed${quote}`);
  const made = Buffer.from(`${quote}ConnectionSuccess${quote}`);
  const { pid, uniqueId, creation, command } = row;
  const slots: Slots<Connection> = {
    ...device.common,
    LocalIP: device.text(({ device: { ip } }) => ip),
    ...device.account("InitiatingProcess", ({ account }) => account),
    InitiatingProcessTokenElevation: device.text(({ elevation }) => elevation),
    InitiatingProcessFolderPath: device.text(({ file }) => file.path.toLowerCase()),
    InitiatingProcessId: row.slot("process", pid),
    InitiatingProcessCommandLine: row.slot("process", command),
    InitiatingProcessCreationTime: row.slot("process", creation),
    InitiatingProcessParentId: row.slot("process", onParent(pid)),
    InitiatingProcessParentCreationTime: row.slot("process", onParent(creation)),
    InitiatingProcessUniqueId: row.slot("process", uniqueId),
    Timestamp: row.timestamp,
    ReportId: row.reportId,
    ActionType: {
      of: "row",
      put: (page, happening) => putBytes(page, happening.failed ? failed : made),
    },
    LocalPort: { of: "row", put: (page, happening) => putNumber(page, happening.localPort) },
    RemoteIP: destinations.named.slot,
    Protocol: destinations.typed.slot,
  };
  let addresses: string | undefined;
  return {
    of: () => slots,
    nextDevice: (next) => {
      device.clear();
      const type = addressType(next.ip);
      if (type !== addresses) destinations.typed.known.clear();
      addresses = type;
    },
  };
}

type PutProcess = (page: Page, process: Running) => void;

/** `put` for the parent of a process, where it has one. */
function onParent(put: PutProcess): PutProcess {
  return (page, { parent }) => {
    if (parent !== undefined) put(page, parent);
  };
}

interface OfProcess {
  readonly time: number;
  readonly process: Running;
}

interface DeviceCells<H> {
  readonly common: Slots<H>;
  text(of: (process: Running) => string): Slot<H>;
  /** The columns of an account, whose names begin with `prefix`. */
  account(prefix: string, of: (process: Running) => Account): Slots<H>;
  clear(): void;
}

/** Cells that are the same in all rows of a program on a device. */
function createDeviceCells<H extends OfProcess>(format: LineFormat): DeviceCells<H> {
  const known = new Map<string, Uint8Array>();
  const put = (page: Page, value: string): void => {
    let bytes = known.get(value);
    if (bytes === undefined) {
      bytes = Buffer.from(format.value(value));
      known.set(value, bytes);
    }
    putBytes(page, bytes);
  };
  const text = (of: (process: Running) => string): Slot<H> => ({
    of: "device",
    put: (page, { process }) => put(page, of(process)),
  });
  return {
    text,
    common: {
      DeviceId: text(({ device }) => device.id),
      DeviceName: text(({ device }) => device.name),
    },
    account: (prefix, of) => ({
      [`${prefix}AccountDomain`]: text((process) => of(process).domain),
      [`${prefix}AccountName`]: text((process) => of(process).name),
      [`${prefix}AccountSid`]: text((process) => of(process).sid),
      [`${prefix}AccountUpn`]: text((process) => of(process).upn ?? ""),
      [`${prefix}AccountObjectId`]: text((process) => of(process).objectId ?? ""),
    }),
    clear: () => known.clear(),
  };
}

interface RowCells<H> {
  readonly timestamp: Slot<H>;
  readonly reportId: Slot<H>;
  readonly pid: PutProcess;
  readonly logonId: PutProcess;
  readonly uniqueId: PutProcess;
  readonly creation: PutProcess;
  readonly command: PutProcess;
  slot(of: Slot<H>["of"], put: PutProcess): Slot<H>;
}

/** Cells that differ from process to process, or from row to row. */
function createRowCells<H extends OfProcess>(format: LineFormat, clock: SpanClock): RowCells<H> {
  const { quote } = format;
  const time = (page: Page, ticks: number): void => {
    if (quote !== "") page.bytes[page.length++] = quotationMark;
    clock.put(page, ticks);
    if (quote !== "") page.bytes[page.length++] = quotationMark;
  };
  return {
    timestamp: { of: "row", put: (page, happening) => time(page, happening.time) },
    reportId: { of: "row", put: (page, _, reportId) => putNumber(page, reportId) },
    pid: (page, process) => putNumber(page, process.pid),
    logonId: (page, process) => putNumber(page, process.logonId),
    uniqueId: (page, process) => putText(page, `${quote}${process.uniqueId}${quote}`),
    creation: (page, process) => time(page, process.creation),
    command: (page, process) => putText(page, format.value(process.command)),
    slot: (of, put) => ({ of, put: (page, { process }) => put(page, process) }),
  };
}

const quotationMark = 34;

/** The cells that only a connection's destination decides. */
interface DestinationCells {
  readonly named: KnownCells;
  readonly typed: KnownCells;
}

interface KnownCells {
  readonly slot: Slot<Connection>;
  readonly known: Map<Destination, Uint8Array>;
}

function createDestinationCells(format: LineFormat, clock: SpanClock): DestinationCells {
  const cells = (columns: readonly string[]): KnownCells => {
    const known = new Map<Destination, Uint8Array>();
    const put = (page: Page, happening: Connection): void => {
      let bytes = known.get(happening.to);
      if (bytes === undefined) {
        const row = rowOf({ happening, reportId: 0 }, clock.text);
        bytes = Buffer.from(renderCells(row, columns, format));
        known.set(happening.to, bytes);
      }
      putBytes(page, bytes);
    };
    return { known, slot: { of: "row", cells: columns, put } };
  };
  return {
    named: cells(["RemoteIP", "RemotePort", "RemoteUrl"]),
    typed: cells(["Protocol", "LocalIPType", "RemoteIPType"]),
  };
}
