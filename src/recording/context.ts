import type { Row } from "../schema/types.ts";
import type { Directory } from "./directory.ts";
import type { ProcessFacts } from "./process-facts.ts";
import type { WindowsEvent } from "./windows/windows-event.ts";

/** What the rows of one event take from the other events of a recording. */
export interface RecordingContext {
  readonly directory: Directory;
  /** A process by Sysmon's own id of it. */
  processByGuid(computer: string, guid: string): ProcessFacts | undefined;
  /** The process with this id that started last before `time`, ISO 8601; ids are used again. */
  processAt(computer: string, pid: number, time: string): ProcessFacts | undefined;
  /** The name that a process asked for when it got `address`, at about `time`. */
  askedName(
    computer: string,
    guid: string,
    connection: { address: string; time: string },
  ): string | undefined;
  /** True where Sysmon saw this connection too. */
  sawConnection(key: string): boolean;
}

/** What becomes of an event: a row, or the reason why there is none. */
export type Imported =
  | { readonly kind: "row"; readonly table: string; readonly time: string; readonly row: Row }
  | { readonly kind: "dropped"; readonly reason: string };

/** Turns one kind of event into a row. */
export type Importer = (event: WindowsEvent, context: RecordingContext) => Imported;

/** No row, and why. */
export function dropped(reason: string): Imported {
  return { kind: "dropped", reason };
}

/** The key of a connection, whoever saw it: device, process and both ends. */
export function connectionKey(
  computer: string,
  pid: number | undefined,
  ends: { readonly local: string; readonly remote: string },
): string {
  return `${computer.toLowerCase()}|${pid ?? 0}|${ends.local}|${ends.remote}`;
}
