import {
  rowOf,
  tableOf,
  type BackgroundEvent,
  type Connection,
  type ProcessStart,
} from "./event.ts";
import { columnNamesOf } from "../rows.ts";
import type { SpanClock } from "./clock.ts";
import type { LineFormat } from "./format.ts";
import {
  compileLine,
  putLine,
  renderCells,
  renderLine,
  settleLine,
  type LineTemplate,
  type SettledLine,
  type Slot,
  type Slots,
} from "./line-template.ts";
import type { Destination } from "./machine.ts";
import { putBytes, putNumber, putText, type Page } from "./page.ts";
import type { Image, Running } from "./tree.ts";

/**
 * Appends the lines of a device's day, each to the page of its table.
 *
 * Starts and connections are nearly all there is. What their lines share is made once for each program of a device, what
 * those of one process share once for each process; the rest is a handful of numbers a row, written as bytes.
 */
export type LineWriter = (
  events: readonly BackgroundEvent[],
  pageOf: (table: string) => Page,
) => void;

/** A writer of lines of `format` whose times are told by `clock`. It keeps texts of one device at a time. */
export function createLineWriter(
  format: LineFormat,
  clock: SpanClock,
  columnsOf: (table: string) => readonly string[] = columnNamesOf,
): LineWriter {
  const startLine = createStartLine(format, clock);
  const connectionLine = createConnectionLine(format, clock);
  let device: unknown;
  return (events, pageOf) => {
    connectionLine.nextDay();
    for (const event of events) {
      const { happening } = event;
      const table = tableOf(happening);
      const page = pageOf(table);
      if (happening.kind !== "start" && happening.kind !== "connection") {
        putText(page, renderLine(rowOf(event, clock.text), { format, columns: columnsOf(table) }));
        continue;
      }
      if (happening.process.device !== device) {
        device = happening.process.device;
        startLine.nextDevice();
        connectionLine.nextDevice();
      }
      if (happening.kind === "start") startLine.put(page, happening, event.reportId);
      else connectionLine.put(page, happening, event.reportId);
    }
  };
}

/** Lines of one kind of event. */
interface KindWriter<H> {
  put(page: Page, happening: H, reportId: number): void;
  /** Forgets what it knows of the device before. */
  nextDevice(): void;
  nextDay(): void;
}

function createStartLine(format: LineFormat, clock: SpanClock): KindWriter<ProcessStart> {
  const templates = new Map<Image, SettledLine<ProcessStart>>();
  const slotsOf = slotsByImage(startSlots(format, clock));
  const given = { format, columns: columnNamesOf("DeviceProcessEvents") };
  return {
    put: (page, happening, reportId) => {
      const { image } = happening.process;
      let template = templates.get(image);
      if (template === undefined) {
        const row = rowOf({ happening, reportId }, clock.text);
        template = settleLine(compileLine(row, slotsOf(image), given), happening);
        templates.set(image, template);
      }
      putLine(template, page, { happening, reportId });
    },
    nextDevice: () => templates.clear(),
    nextDay: () => {},
  };
}

function createConnectionLine(format: LineFormat, clock: SpanClock): KindWriter<Connection> {
  const ofImages = new Map<Image, LineTemplate<Connection>>();
  const ofProcesses = new Map<Running, SettledLine<Connection>>();
  const destinations = createDestinationCells(format, clock);
  const slots = connectionSlots(format, clock, destinations);
  const given = { format, columns: columnNamesOf("DeviceNetworkEvents") };
  return {
    put: (page, happening, reportId) => {
      const { process } = happening;
      let own = ofProcesses.get(process);
      if (own === undefined) {
        let template = ofImages.get(process.image);
        if (template === undefined) {
          const row = rowOf({ happening, reportId }, clock.text);
          template = compileLine(row, slots, given);
          ofImages.set(process.image, template);
        }
        own = settleLine(template, happening);
        ofProcesses.set(process, own);
      }
      putLine(own, page, { happening, reportId });
    },
    nextDevice: () => {
      ofImages.clear();
      destinations.named.known.clear();
      destinations.typed.known.clear();
    },
    nextDay: () => ofProcesses.clear(),
  };
}

/** What differs between two starts of one image. */
function startSlots(format: LineFormat, clock: SpanClock): Slots<ProcessStart> {
  const { quote } = format;
  type Put = (page: Page, process: Running) => void;
  const time = (page: Page, ticks: number): void => putTime(page, ticks, { quote, clock });
  const command: Put = (page, process) => putText(page, format.value(process.command));
  const uniqueId: Put = (page, process) => putText(page, `${quote}${process.uniqueId}${quote}`);
  const own = (put: Put): Slot<ProcessStart> => ({
    put: (page, happening) => put(page, happening.process),
  });
  const parent = (put: Put): Slot<ProcessStart> =>
    own((page, process) => {
      if (process.parent !== undefined) put(page, process.parent);
    });
  const grandparent = (put: Put): Slot<ProcessStart> =>
    parent((page, process) => {
      if (process.parent !== undefined) put(page, process.parent);
    });
  return {
    Timestamp: { put: (page, happening) => time(page, happening.time) },
    ProcessId: own((page, process) => putNumber(page, process.pid)),
    ProcessCommandLine: own(command),
    ProcessCreationTime: own((page, process) => time(page, process.creation)),
    LogonId: own((page, process) => putNumber(page, process.logonId)),
    ProcessUniqueId: own(uniqueId),
    InitiatingProcessLogonId: parent((page, process) => putNumber(page, process.logonId)),
    InitiatingProcessId: parent((page, process) => putNumber(page, process.pid)),
    InitiatingProcessCommandLine: parent(command),
    InitiatingProcessCreationTime: parent((page, process) => time(page, process.creation)),
    InitiatingProcessParentId: grandparent((page, process) => putNumber(page, process.pid)),
    InitiatingProcessParentCreationTime: grandparent((page, process) =>
      time(page, process.creation),
    ),
    InitiatingProcessUniqueId: parent(uniqueId),
    ReportId: { put: (page, _, reportId) => putNumber(page, reportId) },
  };
}

/** `slots` for an image: without the command lines that never differ. */
function slotsByImage(slots: Slots<ProcessStart>): (image: Image) => Slots<ProcessStart> {
  const { ProcessCommandLine: own, InitiatingProcessCommandLine: parents, ...others } = slots;
  const withOwn = own === undefined ? others : { ...others, ProcessCommandLine: own };
  const withParents =
    parents === undefined ? others : { ...others, InitiatingProcessCommandLine: parents };
  return ({ command, parent }) => {
    const isOwnFixed = command.drawn.length === 0;
    const isParentFixed = parent === undefined || parent.command.drawn.length === 0;
    if (isOwnFixed) return isParentFixed ? others : withParents;
    return isParentFixed ? withOwn : slots;
  };
}

/** What differs between two connections of one image. */
function connectionSlots(
  format: LineFormat,
  clock: SpanClock,
  destinations: DestinationCells,
): Slots<Connection> {
  const { quote } = format;
  const failed = Buffer.from(`${quote}ConnectionFailed${quote}`);
  const made = Buffer.from(`${quote}ConnectionSuccess${quote}`);
  const time = (ticks: number): string => `${quote}${clock.text(ticks)}${quote}`;
  const process = (text: (process: Running) => string): Slot<Connection> => ({
    text: (happening) => text(happening.process),
  });
  return {
    Timestamp: { put: (page, happening) => putTime(page, happening.time, { quote, clock }) },
    ActionType: { put: (page, happening) => putBytes(page, happening.failed ? failed : made) },
    RemoteIP: destinations.named.slot,
    LocalPort: { put: (page, happening) => putNumber(page, happening.localPort) },
    Protocol: destinations.typed.slot,
    InitiatingProcessId: process(({ pid }) => String(pid)),
    InitiatingProcessCommandLine: process(({ command }) => format.value(command)),
    InitiatingProcessCreationTime: process(({ creation }) => time(creation)),
    InitiatingProcessParentId: process(({ parent }) => String(parent?.pid ?? "")),
    InitiatingProcessParentCreationTime: process(({ parent }) => time(parent?.creation ?? 0)),
    InitiatingProcessUniqueId: process(({ uniqueId }) => `${quote}${uniqueId}${quote}`),
    ReportId: { put: (page, _, reportId) => putNumber(page, reportId) },
  };
}

function putTime(
  page: Page,
  ticks: number,
  { quote, clock }: { readonly quote: string; readonly clock: SpanClock },
): void {
  if (quote !== "") page.bytes[page.length++] = quotationMark;
  clock.put(page, ticks);
  if (quote !== "") page.bytes[page.length++] = quotationMark;
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
    return { known, slot: { cells: columns, put } };
  };
  return {
    named: cells(["RemoteIP", "RemotePort", "RemoteUrl"]),
    typed: cells(["Protocol", "LocalIPType", "RemoteIPType"]),
  };
}
