import { parseInstant, formatInstant } from "../schema/time.ts";
import type { Row, Tables } from "../schema/types.ts";

/** Who recorded: what a column can hold depends on it. */
export const recorders = ["strace", "sysmon", "defender"] as const;
export type Recorder = (typeof recorders)[number];

/** The atomic test that ran while a recording was made. */
export interface RecordedAtomic {
  /** ATT&CK technique: `T1102`. */
  readonly technique: string;
  /** Place in its file, from 1. */
  readonly number: number;
  /** In lower case. */
  readonly guid: string;
  readonly name: string;
  /** The values of its input arguments. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The value that tells this run from others in the rows; null where the test has none. */
  readonly marker: string | null;
}

/** What is known of a recording beside its rows. `schemas/recording.schema.json` describes the same shape. */
export interface RecordingMetadata {
  readonly version: 1;
  readonly source: Recorder;
  /** Null where nothing tells which test ran, or none did. */
  readonly atomic: RecordedAtomic | null;
  /** Name of the device; null where the rows are of several, or nothing tells. */
  readonly device: string | null;
  /** Name of the account whose the processes are; null where each row tells its own. */
  readonly account: string | null;
  /** ISO 8601, UTC: when the recorder began, else the first row's time; null where there is no row either. */
  readonly started: string | null;
  /** In the same way, the end. */
  readonly ended: string | null;
}

/** Rows of Defender tables that a recorder saw, and what is known of them. */
export interface Recording extends RecordingMetadata {
  readonly tables: Tables;
}

/** The recording of `tables`, whose device and times are told by the rows where `head` does not. */
export function recordingOf(
  tables: Tables,
  head: Pick<RecordingMetadata, "source"> & Partial<RecordingMetadata>,
): Recording {
  const rows = Object.values(tables).flat();
  const devices = new Set(rows.flatMap(({ DeviceName }) => DeviceName ?? []));
  const [device] = devices;
  const times = rows.flatMap(timeOf).toSorted((a, b) => (a < b ? -1 : Number(a > b)));
  const [first] = times;
  const last = times.at(-1);
  return {
    version: 1,
    atomic: null,
    device: devices.size === 1 && typeof device === "string" ? device : null,
    account: null,
    started: first === undefined ? null : formatInstant(first),
    ended: last === undefined ? null : formatInstant(last),
    ...head,
    tables,
  };
}

/** When what `row` tells happened, in ticks; none where it has no time. */
export function timeOf({ Timestamp, TimeGenerated }: Row): readonly bigint[] {
  const text = Timestamp ?? TimeGenerated;
  const time = typeof text === "string" ? parseInstant(text) : undefined;
  return time === undefined ? [] : [time];
}
