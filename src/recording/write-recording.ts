import { randomUUID } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../base/diagnostic.ts";
import type { Recording, RecordingMetadata } from "./recording.ts";

/** What is known of a recording beside its rows. */
export const metadataFile = "recording.json";
/** What was no event in what the recorder wrote. */
export const rejectedFile = "rejected.jsonl";

export interface WriteRecordingOptions {
  /** The folder as people know it, for diagnostics; default: its path. */
  readonly label?: string;
  /** Replace the recording that is there. Default false. */
  readonly force?: boolean;
  /** What was no event, and where; kept beside the rows. */
  readonly rejected?: readonly object[];
}

/**
 * Writes `recording` into `folder`, whole or not at all: `recording.json`, and `<Table>.jsonl` for each table. Throws an
 * `InputError` (KT0863) where the folder holds something, which `force` replaces where it is a recording and no more.
 */
export function writeRecording(
  folder: string,
  recording: Recording,
  options: WriteRecordingOptions = {},
): void {
  const { label = folder, force = false, rejected = [] } = options;
  refuseToLose(folder, label, force);
  const temporary = `${folder}.${randomUUID()}.tmp`;
  try {
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(temporary);
    for (const [name, text] of filesOf(recording, rejected)) {
      writeFileSync(join(temporary, name), text, { flag: "wx" });
    }
    replace(folder, temporary);
  } catch (error) {
    throw refused(`\`${label}\` cannot be written: ${(error as Error).message}`, undefined, error);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Puts `temporary` in the place of `folder`; what was there comes back where that fails. */
function replace(folder: string, temporary: string): void {
  const before = `${temporary}.old`;
  const isThere = lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  if (isThere && readdirSync(folder).length === 0) rmdirSync(folder);
  else if (isThere) renameSync(folder, before);
  try {
    renameSync(temporary, folder);
  } catch (error) {
    if (lstatSync(before, { throwIfNoEntry: false }) !== undefined) renameSync(before, folder);
    throw error;
  }
  rmSync(before, { recursive: true, force: true });
}

/** Throws an `InputError` (KT0863) where writing would lose what is in `folder`, which people know as `label`. */
export function refuseToLose(folder: string, label: string, force: boolean): void {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) throw refused(`\`${label}\` is no folder`, "name a new folder");
  const entries = readdirSync(folder, { withFileTypes: true });
  const other = entries.find((entry) => !entry.isFile() || !isOurs(entry.name));
  if (other !== undefined) {
    throw refused(`\`${label}\` holds \`${other.name}\`, which is no part of a recording`, newOne);
  }
  if (entries.length === 0 || force) return;
  throw refused(`\`${label}\` is there already`, `${newOne}, or replace it with \`--force\``);
}

const newOne = "name a new folder";

function isOurs(name: string): boolean {
  return name === metadataFile || /^\w+\.jsonl$/.test(name);
}

function refused(message: string, hint?: string, cause?: unknown): InputError {
  const help = hint === undefined ? {} : { hint };
  return new InputError({ code: "KT0863", message, ...help }, { cause });
}

function filesOf(
  { tables, ...head }: Recording,
  rejected: readonly object[],
): readonly (readonly [name: string, text: string])[] {
  const lines = (rows: readonly object[]): string =>
    rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  return [
    [metadataFile, `${JSON.stringify(inOrder(head), null, 2)}\n`],
    ...Object.entries(tables).map(([table, rows]) => [`${table}.jsonl`, lines(rows)] as const),
    ...(rejected.length === 0 ? [] : [[rejectedFile, lines(rejected)] as const]),
  ];
}

/** The same head in one order of keys: equal recordings are equal files. */
function inOrder(head: RecordingMetadata): RecordingMetadata {
  const { version, source, atomic, device, account, started, ended } = head;
  return { version, source, atomic, device, account, started, ended };
}
