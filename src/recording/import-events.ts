import { deviceIdOf } from "../scenario/model/device-id.ts";
import { bundledCatalog } from "../schema/tables.ts";
import type { Row, Tables } from "../schema/types.ts";
import { connectEvents } from "./connect-events.ts";
import { dropped, type Imported, type Importer } from "./context.ts";
import { securityImporters } from "./windows/security.ts";
import { sysmonImporters } from "./windows/sysmon.ts";
import type { WindowsEvent } from "./windows/windows-event.ts";

/** What became of the events of one kind. `read` is the sum of `rows` and of all that was dropped. */
export interface EventCount {
  readonly log: WindowsEvent["log"];
  readonly id: number;
  readonly read: number;
  readonly rows: number;
  /** How many were dropped, by the reason. */
  readonly dropped: Readonly<Record<string, number>>;
}

export interface ImportedRecording {
  /** Rows as Defender would have recorded them, each table in order of time. */
  readonly tables: Tables;
  readonly counts: readonly EventCount[];
}

const importers: Readonly<Record<WindowsEvent["log"], Readonly<Record<number, Importer>>>> = {
  sysmon: sysmonImporters,
  security: securityImporters,
};

/** A row that has a place in time, and no number yet. */
export interface TimedRow {
  readonly table: string;
  readonly time: string;
  readonly row: Row;
  readonly computer: string;
}

/** The rows of Defender tables that `events` stand for. Nothing is lost silently: every event counts as a row or as dropped for a reason. */
export function importEvents(events: readonly WindowsEvent[]): ImportedRecording {
  const context = connectEvents(events);
  const counts = new Map<string, OpenCount>();
  const rows: TimedRow[] = [];
  const seen = new Set<string>();
  for (const event of events) {
    const key = identityOf(event);
    const imported = seen.has(key) ? dropped("recorded twice") : importEvent(event, context);
    seen.add(key);
    count(counts, event, imported);
    if (imported.kind === "row") rows.push({ ...imported, computer: event.computer });
  }
  return {
    tables: tablesOf(rows),
    counts: [...counts.values()].toSorted((a, b) =>
      a.log === b.log ? a.id - b.id : a.log < b.log ? -1 : 1,
    ),
  };
}

function importEvent(event: WindowsEvent, context: Parameters<Importer>[1]): Imported {
  const importer = importers[event.log][event.id];
  return importer === undefined
    ? dropped("no row is known for this event")
    : importer(event, context);
}

/** Two recordings of one incident often hold the same events. */
function identityOf({ log, id, computer, time, record, data }: WindowsEvent): string {
  return JSON.stringify([log, id, computer.toLowerCase(), time, record, data]);
}

/** A count under way. */
interface OpenCount {
  readonly log: WindowsEvent["log"];
  readonly id: number;
  read: number;
  rows: number;
  readonly dropped: Record<string, number>;
}

function count(
  counts: Map<string, OpenCount>,
  { log, id }: WindowsEvent,
  imported: Imported,
): void {
  const key = `${log}/${id}`;
  const entry = counts.get(key) ?? { log, id, read: 0, rows: 0, dropped: {} };
  counts.set(key, entry);
  entry.read += 1;
  if (imported.kind === "row") entry.rows += 1;
  else entry.dropped[imported.reason] = (entry.dropped[imported.reason] ?? 0) + 1;
}

/** Rows by table in order of time, with what every row has of its device and a report number that counts up on it. */
export function tablesOf(rows: readonly TimedRow[]): Tables {
  const ordered = rows.toSorted((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)));
  const reports = new Map<string, number>();
  const tables: Record<string, Row[]> = {};
  for (const { table, time, row, computer } of ordered) {
    const name = computer.toLowerCase();
    const report = (reports.get(name) ?? 0) + 1;
    reports.set(name, report);
    const device = { DeviceId: deviceIdOf(name), DeviceName: name };
    const whole = { Timestamp: time, ...device, ...row, ReportId: report };
    (tables[table] ??= []).push(columnsOf(table, whole));
  }
  return tables;
}

/** What `row` has of the columns of `table`: not all tables tell the same of a process. */
function columnsOf(table: string, row: Row): Row {
  const columns = columnNames.get(table) ?? new Set();
  return Object.fromEntries(Object.entries(row).filter(([name]) => columns.has(name)));
}

const columnNames: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  ["DeviceProcessEvents", "DeviceNetworkEvents", "DeviceEvents"].map((table) => {
    const { columns = [] } = bundledCatalog("defender-xdr").get(table) ?? {};
    return [table, new Set(columns.map(({ name }) => name))];
  }),
);
