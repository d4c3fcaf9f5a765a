import { createHash, type Hash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { InputError } from "../../base/diagnostic.ts";
import { createPage, isFull, type Page } from "../../scenario/background/lines/page.ts";
import type { FileRecord, Part } from "./types.ts";

/** Takes the rows of parts, one part after the other. */
export interface TableSink {
  /** The page to which one row of `table` is added next. */
  pageOf(table: string): Page;
  /** Ends a part: all its bytes are in their files. */
  endPart(): Promise<Part>;
  /** Gives the files their names. Nothing may be written afterwards. */
  finish(): readonly FileRecord[];
  /** Closes the files as they are. */
  close(): void;
}

/** What a name ends in while its file is not whole. */
export const unfinished = ".partial";

export interface SinkOptions {
  readonly folder: string;
  /** Ending of the files. */
  readonly ending: string;
  /** What a table's file begins with. */
  readonly header: (table: string) => string;
}

interface TableFile {
  readonly handle: number;
  readonly page: Page;
  readonly whole: Hash;
  bytes: number;
  rows: number;
  partBytes: number;
  partRows: number;
}

/** A sink that adds to one file a table. `parts` are there already: what is behind them is cut off. Throws an `InputError` where they are not as they were. */
export function openAppendingSink(options: SinkOptions, parts: readonly Part[]): TableSink {
  const files = new Map<string, TableFile>();
  const open = (table: string): TableFile => {
    const file = openTableFile(
      pathOf(options, table),
      parts.map((part) => part[table]),
    );
    files.set(table, file);
    if (file.bytes === 0) write(file, Buffer.from(options.header(table)));
    return file;
  };
  for (const table of new Set(parts.flatMap((part) => Object.keys(part)))) open(table);
  return {
    pageOf: (table) => {
      const file = files.get(table) ?? open(table);
      if (isFull(file.page)) flush(file);
      file.rows += 1;
      file.partRows += 1;
      return file.page;
    },
    endPart: async () =>
      Object.fromEntries([...files].map(([table, file]) => [table, endPart(file)])),
    finish: () =>
      [...files].toSorted(byName).map(([table, file]) => {
        closeSync(file.handle);
        const path = pathOf(options, table);
        renameSync(path, path.slice(0, -unfinished.length));
        const { rows, bytes, whole } = file;
        const name = `${table}.${options.ending}`;
        return { file: name, table, rows, bytes, sha256: whole.digest("hex") };
      }),
    close: () => {
      for (const { handle } of files.values()) closeSync(handle);
      files.clear();
    },
  };
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function pathOf({ folder, ending }: SinkOptions, table: string): string {
  return join(folder, `${table}.${ending}${unfinished}`);
}

type PartEntry = Part[string] | undefined;

function openTableFile(path: string, parts: readonly PartEntry[]): TableFile {
  const handle = openSync(
    path,
    existsSync(path) && parts.some((part) => part !== undefined) ? "r+" : "w+",
  );
  const whole = createHash("sha256");
  let bytes = 0;
  let rows = 0;
  for (const part of parts) {
    if (part === undefined) continue;
    readInto(whole, handle, { at: bytes, length: part.bytes });
    if (whole.copy().digest("hex") !== part.sha256) {
      closeSync(handle);
      throw changed(path);
    }
    bytes += part.bytes;
    rows += part.rows;
  }
  // A file that was cut is flushed when it is closed, so one that is right is left alone.
  if (fstatSync(handle).size !== bytes) ftruncateSync(handle, bytes);
  return { handle, page: createPage(), whole, bytes, rows, partBytes: 0, partRows: 0 };
}

/** Adds a piece of a file to `hash`; a file that ends before leaves the rest out. */
function readInto(
  hash: Hash,
  handle: number,
  { at, length }: { readonly at: number; readonly length: number },
): void {
  const buffer = Buffer.allocUnsafe(1 << 20);
  for (let done = 0; done < length;) {
    const read = readSync(handle, buffer, 0, Math.min(buffer.length, length - done), at + done);
    if (read === 0) return;
    hash.update(buffer.subarray(0, read));
    done += read;
  }
}

function changed(path: string): InputError {
  return new InputError({
    code: "KT0907",
    message: `\`${path}\` is not as the stopped call left it`,
    hint: "start anew with `--force`",
  });
}

/** Writes all of `bytes`, behind what was written before or at a place. */
export function writeWhole(handle: number, bytes: Uint8Array, at?: number): void {
  for (let done = 0; done < bytes.length;) {
    const place = at === undefined ? null : at + done;
    done += writeSync(handle, bytes, done, bytes.length - done, place);
  }
}

function write(file: TableFile, bytes: Uint8Array): void {
  writeWhole(file.handle, bytes, file.bytes);
  file.whole.update(bytes);
  file.bytes += bytes.length;
  file.partBytes += bytes.length;
}

function flush(file: TableFile): void {
  write(file, file.page.bytes.subarray(0, file.page.length));
  file.page.length = 0;
}

function endPart(file: TableFile): Part[string] & object {
  flush(file);
  // Up to here: one hash of each byte is enough, and tells of the parts before too.
  const sha256 = file.whole.copy().digest("hex");
  const ended = { rows: file.partRows, bytes: file.partBytes, sha256 };
  file.partBytes = 0;
  file.partRows = 0;
  return ended;
}
