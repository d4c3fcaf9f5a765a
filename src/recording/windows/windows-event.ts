/** An event of a Windows log, as some recorder wrote it down. */
export interface WindowsEvent {
  readonly log: "sysmon" | "security";
  readonly id: number;
  /** The device, in the recorder's own case. */
  readonly computer: string;
  /** When it was logged, as written; empty where the recorder left it out. */
  readonly time: string;
  /** The number of the record in its log, where it is kept. */
  readonly record: string;
  /** The fields of the event itself. */
  readonly data: Readonly<Record<string, string>>;
  /** Line of the file it begins on, from 1. */
  readonly line: number;
}

/** A piece of a recording that is no event of a log we know. */
export interface Rejected {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly reason: string;
  readonly text: string;
}

export interface ReadRecording {
  readonly events: readonly WindowsEvent[];
  readonly rejected: readonly Rejected[];
}

/** What an event says of itself, by whatever names, before it is one. */
export interface RawEvent {
  readonly id: unknown;
  readonly channel: unknown;
  readonly computer: unknown;
  readonly time: unknown;
  readonly record: unknown;
  readonly data: Readonly<Record<string, unknown>>;
}

const logs: readonly (readonly [WindowsEvent["log"], RegExp])[] = [
  ["sysmon", /sysmon/i],
  ["security", /^(microsoft-windows-)?security(-auditing)?$/i],
];

/** `raw` as an event, or why it is none. */
export function windowsEvent(raw: RawEvent, line: number): WindowsEvent | string {
  const id = Number(textOf(raw.id).trim() || Number.NaN);
  if (!Number.isInteger(id) || id <= 0) return "no event id";
  const channel = textOf(raw.channel).trim();
  const log = logs.find(([, pattern]) => pattern.test(channel))?.[0];
  if (log === undefined) return channel === "" ? "no channel" : `channel ${channel}`;
  const computer = textOf(raw.computer).trim();
  if (computer === "") return "no computer";
  const data = recoverIds(fieldsOf(raw.data));
  return { log, id, computer, time: textOf(raw.time), record: textOf(raw.record), data, line };
}

function fieldsOf(data: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(data)) fields[name] = textOf(value);
  return fields;
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : "";
}

// Where the event's own `ProcessId` stands in the message of an event, by what goes before it.
const messageId = /(?:^|[\r\n])\s*(?:ProcessId|Process ID|Creator Process ID):\s*(0x[\da-f]+|\d+)/i;

/**
 * NXLog writes the id of the logging service as `ProcessID` and loses the event's `ProcessId` over it, as the two names
 * differ in case alone. The message still has it.
 */
function recoverIds(data: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if ((data["ProcessId"] ?? "") !== "" || data["Message"] === undefined) return data;
  const found = messageId.exec(data["Message"])?.[1];
  return found === undefined ? data : { ...data, ProcessId: found };
}
