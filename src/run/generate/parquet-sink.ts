import { createHash } from "node:crypto";
import { createReadStream, existsSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../base/diagnostic.ts";
import { writeParquet } from "../../engine/parquet.ts";
import type { Column } from "../../schema/types.ts";
import { openAppendingSink, unfinished, type TableSink } from "./sink.ts";
import type { FileRecord, Part } from "./types.ts";

export interface ParquetOptions {
  readonly folder: string;
  readonly columnsOf: (table: string) => readonly Column[];
}

/** A sink that writes a Parquet file for each table and part. The rows of the part that is being written stand beside it as lines of JSON. */
export async function openParquetSink(
  { folder, columnsOf }: ParquetOptions,
  before: readonly Part[],
): Promise<TableSink> {
  const files: FileRecord[] = [];
  for (const [index, part] of before.entries()) {
    for (const [table, entry] of Object.entries(part)) {
      const file = fileName(table, index);
      await requireSame(join(folder, `${file}${unfinished}`), entry.sha256);
      files.push({ file, table, ...entry });
    }
  }
  const lines = { folder, ending: "rows", header: () => "" };
  let number = before.length;
  let rows = openAppendingSink(lines, []);
  return {
    pageOf: (table) => rows.pageOf(table),
    endPart: async () => {
      const part: Record<string, Part[string]> = {};
      const written = await rows.endPart();
      rows.close();
      for (const [table, { rows: count }] of Object.entries(written)) {
        const file = fileName(table, number);
        const source = join(folder, `${table}.rows${unfinished}`);
        const target = join(folder, `${file}${unfinished}`);
        rmSync(target, { force: true });
        await writeParquet({ source, target, columns: columnsOf(table) });
        rmSync(source);
        const entry = { rows: count, bytes: statSync(target).size, sha256: await hashOf(target) };
        part[table] = entry;
        files.push({ file, table, ...entry });
      }
      rows = openAppendingSink(lines, []);
      number += 1;
      return part;
    },
    finish: () => {
      rows.close();
      for (const { file } of files) {
        renameSync(join(folder, `${file}${unfinished}`), join(folder, file));
      }
      return files.toSorted((a, b) => (a.file < b.file ? -1 : 1));
    },
    close: () => rows.close(),
  };
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
