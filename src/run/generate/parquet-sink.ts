import { createHash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  existsSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { InputError } from "../../base/diagnostic.ts";
import { openParquetWriter } from "../../engine/database/parquet.ts";
import { createPage, isFull, type Page } from "../../scenario/background/lines/page.ts";
import type { Column } from "../../schema/types.ts";
import { unfinished, writeWhole, type TableSink } from "./sink.ts";
import type { FileRecord, Part, TablePart } from "./types.ts";

export interface ParquetOptions {
  readonly folder: string;
  readonly columnsOf: (table: string) => readonly Column[];
}

/** The rows of a table in the part that is being written, as lines beside its file. */
interface RowsFile {
  readonly path: string;
  readonly handle: number;
  readonly page: Page;
  rows: number;
}

/** A sink that takes lines of the format `rows`, and writes a Parquet file for each table and part. */
export async function openParquetSink(
  { folder, columnsOf }: ParquetOptions,
  before: readonly Part[],
): Promise<TableSink> {
  const finished = await finishedFiles(folder, before);
  const writer = await openParquetWriter(folder);
  const open = new Map<string, RowsFile>();
  let number = before.length;
  const endTable = async (
    table: string,
    { path, handle, page, rows }: RowsFile,
  ): Promise<readonly [string, TablePart]> => {
    writeWhole(handle, page.bytes.subarray(0, page.length));
    closeSync(handle);
    open.delete(table);
    const file = fileName(table, number);
    const target = join(folder, `${file}${unfinished}`);
    rmSync(target, { force: true });
    await writer.write({ source: path, target, columns: columnsOf(table) });
    rmSync(path);
    const entry = { rows, bytes: statSync(target).size, sha256: await hashOf(target) };
    finished.push({ file, table, ...entry });
    return [table, entry];
  };
  return {
    pageOf: (table) => pageOf(open, folder, table),
    endPart: async () => {
      const entries: (readonly [string, TablePart])[] = [];
      for (const [table, rows] of open) entries.push(await endTable(table, rows));
      number += 1;
      return Object.fromEntries(entries);
    },
    finish: () => {
      writer.close();
      for (const { file } of finished) {
        renameSync(join(folder, `${file}${unfinished}`), join(folder, file));
      }
      return finished.toSorted((a, b) => (a.file < b.file ? -1 : 1));
    },
    close: () => {
      writer.close();
      for (const { handle, path } of open.values()) {
        closeSync(handle);
        rmSync(path);
      }
    },
  };
}

function pageOf(open: Map<string, RowsFile>, folder: string, table: string): Page {
  let file = open.get(table);
  if (file === undefined) {
    const path = join(folder, `${table}.rows${unfinished}`);
    file = { path, handle: openSync(path, "w"), page: createPage(), rows: 0 };
    open.set(table, file);
  }
  const { page, handle } = file;
  if (isFull(page)) {
    writeWhole(handle, page.bytes.subarray(0, page.length));
    page.length = 0;
  }
  file.rows += 1;
  return page;
}

/** The files of the parts that an earlier call finished. Throws an `InputError` where one is not as it was. */
async function finishedFiles(folder: string, parts: readonly Part[]): Promise<FileRecord[]> {
  const files: FileRecord[] = [];
  for (const [index, part] of parts.entries()) {
    for (const [table, entry] of Object.entries(part)) {
      const file = fileName(table, index);
      await requireSame(join(folder, `${file}${unfinished}`), entry.sha256);
      files.push({ file, table, ...entry });
    }
  }
  return files;
}

/** `DeviceProcessEvents.0001.parquet`. */
function fileName(table: string, part: number): string {
  return `${table}.${String(part + 1).padStart(4, "0")}.parquet`;
}

async function requireSame(path: string, sha256: string): Promise<void> {
  if (existsSync(path) && (await hashOf(path)) === sha256) return;
  throw new InputError({
    code: "KT0907",
    message: `\`${path}\` is not as the stopped call left it`,
    hint: "start anew with `--force`",
  });
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
