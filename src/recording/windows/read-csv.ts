import { parseCsv } from "../../base/csv.ts";
import type { Source } from "../../base/source.ts";
import { unescapeEntities } from "./entities.ts";
import { createLineCounter } from "../line-counter.ts";
import { flatEvent } from "./read-json.ts";
import {
  windowsEvent,
  type ReadRecording,
  type Rejected,
  type WindowsEvent,
} from "./windows-event.ts";

/** The events of a CSV file with a header line: one column a field, the record's own (`EventID`, `Computer`, `Channel`) among them. Throws an `InputError` for a quote that does not end. */
export function readCsvEvents(source: Source): ReadRecording {
  const [header, ...records] = parseCsv(source);
  const names = header?.cells.map((name) => name.trim()) ?? [];
  const lineOf = createLineCounter(source.text);
  const events: WindowsEvent[] = [];
  const rejected: Rejected[] = [];
  for (const { cells, start } of records) {
    const line = lineOf(start);
    const fields = Object.fromEntries(
      names.map((name, index) => [name, unescapeEntities(cells[index] ?? "")]),
    );
    const raw = cells.length === names.length ? flatEvent(fields) : undefined;
    const event = raw === undefined ? problemOf(cells, names) : windowsEvent(raw, line);
    if (typeof event === "string") rejected.push({ line, reason: event, text: cells.join(",") });
    else events.push(event);
  }
  return { events, rejected };
}

function problemOf(cells: readonly string[], names: readonly string[]): string {
  if (cells.length === names.length) return "no column `EventID`";
  return `${cells.length} cells under ${names.length} columns`;
}
