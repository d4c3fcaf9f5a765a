import { columnNamesOf } from "../../generate/event-rows.ts";
import type { Device } from "../../generate/incident-world.ts";
import type { SpanClock } from "./span-clock.ts";
import {
  rowOf,
  tableOf,
  type BackgroundEvent,
  type Connection,
  type ProcessStart,
} from "../background-event.ts";
import type { LineFormat } from "./line-format.ts";
import { connectionSlots, startSlots, type ColumnSlots } from "./line-slots.ts";
import {
  compileLine,
  putLine,
  renderLine,
  settleLine,
  type LineTemplate,
} from "./line-template.ts";
import { clearStore, createStore, putText, type Page } from "./page.ts";
import type { Image, Running } from "../tree.ts";

/**
 * Appends the lines of a device's day, each to the page of its table.
 *
 * Starts and connections are nearly all there is. What their lines share is made once for each program in its place of
 * the tree, the rest in steps: what is the same on a device, in a process, and a handful of numbers a row.
 */
export type LineWriter = (
  events: readonly BackgroundEvent[],
  pageOf: (table: string) => Page,
) => void;

/** A writer of lines of `format` whose times are told by `clock`. It keeps texts of one device at a time, and of programs those that devices have in common. */
export function createLineWriter(
  format: LineFormat,
  clock: SpanClock,
  columnsOf: (table: string) => readonly string[] = columnNamesOf,
): LineWriter {
  const startLine = createStartLine(format, clock);
  const connectionLine = createConnectionLine(format, clock);
  let device: Device | undefined;
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
        ({ device } = happening.process);
        startLine.nextDevice(device);
        connectionLine.nextDevice(device);
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
  nextDevice(device: Device): void;
  nextDay(): void;
}

function createStartLine(format: LineFormat, clock: SpanClock): KindWriter<ProcessStart> {
  const ofImages = new Map<Image, LineTemplate<ProcessStart>>();
  const store = createStore();
  const slots = startSlots(format, clock);
  const programLine = createProgramLine("DeviceProcessEvents", { format, clock, slots });
  return {
    put: (page, happening, reportId) => {
      const { image } = happening.process;
      let line = ofImages.get(image);
      if (line === undefined) {
        line = settleLine(programLine(happening), "device", { happening, store });
        ofImages.set(image, line);
      }
      putLine(line, page, { happening, reportId });
    },
    nextDevice: (device) => {
      ofImages.clear();
      clearStore(store);
      slots.nextDevice(device);
    },
    nextDay: () => {},
  };
}

function createConnectionLine(format: LineFormat, clock: SpanClock): KindWriter<Connection> {
  const ofImages = new Map<Image, LineTemplate<Connection>>();
  const ofProcesses = new Map<Running, LineTemplate<Connection>>();
  const [deviceStore, dayStore] = [createStore(), createStore()];
  const slots = connectionSlots(format, clock);
  const programLine = createProgramLine("DeviceNetworkEvents", { format, clock, slots });
  const settled = (happening: Connection): LineTemplate<Connection> => {
    const { image } = happening.process;
    let line = ofImages.get(image);
    if (line === undefined) {
      line = settleLine(programLine(happening), "device", { happening, store: deviceStore });
      ofImages.set(image, line);
    }
    return settleLine(line, "process", { happening, store: dayStore });
  };
  return {
    put: (page, happening, reportId) => {
      const { process } = happening;
      let line = ofProcesses.get(process);
      if (line === undefined) {
        line = settled(happening);
        ofProcesses.set(process, line);
      }
      putLine(line, page, { happening, reportId });
    },
    nextDevice: (device) => {
      ofImages.clear();
      clearStore(deviceStore);
      slots.nextDevice(device);
    },
    nextDay: () => {
      ofProcesses.clear();
      clearStore(dayStore);
    },
  };
}

/** Programs whose lines are kept: many more than there are. */
const mostPrograms = 20_000;

/** What the lines of a program have in common on all devices. */
function createProgramLine<H extends ProcessStart | Connection>(
  table: string,
  {
    format,
    clock,
    slots,
  }: {
    readonly format: LineFormat;
    readonly clock: SpanClock;
    readonly slots: ColumnSlots<H>;
  },
): (happening: H) => LineTemplate<H> {
  const known = new Map<string, LineTemplate<H>>();
  const form = { format, columns: columnNamesOf(table) };
  return (happening) => {
    const { image } = happening.process;
    let line = known.get(image.key);
    if (line === undefined) {
      if (known.size >= mostPrograms) known.clear();
      const row = rowOf({ happening, reportId: 0 }, clock.text);
      line = compileLine(row, slots.of(image), form);
      known.set(image.key, line);
    }
    return line;
  };
}
