import { readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { InputError } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import { suggestion } from "../base/text.ts";
import { validateYaml } from "../base/validate.ts";
import { parseYaml } from "../base/yaml.ts";
import { knownTable, readRows } from "../scenario/model/recorded-rows.ts";
import { bundledCatalog, type Catalog } from "../schema/tables.ts";
import type { Row } from "../schema/types.ts";
import { recordingOf, type Recording, type RecordingMetadata } from "./recording.ts";
import { metadataFile, rejectedFile } from "./write-recording.ts";

const rowEndings: ReadonlySet<string> = new Set([".jsonl", ".ndjson", ".json", ".csv"]);

export interface ReadRecordingOptions {
  /** The folder as people know it, for diagnostics; default: its path. */
  readonly label?: string;
  /** Tables of the project's own. */
  readonly own?: Catalog;
}

/**
 * The recording in `folder`: `recording.json` and a file of rows for each table (`.jsonl`, `.ndjson`, `.json`, `.csv`).
 * Without `recording.json` the rows are taken for an export from Defender. Throws an `InputError` (KT0861, KT0862,
 * KT0904, KT0533) with the place of what is wrong.
 */
export function readRecording(folder: string, options: ReadRecordingOptions = {}): Recording {
  const { label = folder, own = new Map() } = options;
  const files = filesIn(folder, label);
  const source = (file: string): Source => ({
    file: join(label, file),
    text: textOf(join(folder, file), join(label, file)),
  });
  const head = files.includes(metadataFile) ? readHead(source(metadataFile)) : undefined;
  const tables: Record<string, readonly Row[]> = {};
  for (const file of files.filter(isRows)) {
    const table = basename(file, extname(file));
    const known = knownTable(table, own);
    if (known === undefined) throw noTable(join(label, file), table, own);
    if (tables[table] !== undefined) {
      throw noRecording(label, `holds the table \`${table}\` in two files`);
    }
    tables[table] = readRows(source(file), known);
  }
  if (head === undefined && Object.keys(tables).length === 0) {
    throw noRecording(label, "holds no recording");
  }
  return recordingOf(tables, head ?? { source: "defender" });
}

function isRows(file: string): boolean {
  return file !== metadataFile && file !== rejectedFile && rowEndings.has(extname(file));
}

function readHead(source: Source): RecordingMetadata {
  return validateYaml<RecordingMetadata>(parseYaml(source, "KT0861"), "recording", "KT0861");
}

function filesIn(folder: string, label: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .toSorted();
  } catch (error) {
    throw noRecording(label, `cannot be read: ${(error as Error).message}`, error);
  }
}

function textOf(path: string, label: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const message =
      error instanceof TypeError ? "the file is not UTF-8 text" : (error as Error).message;
    throw new InputError(
      { code: "KT0862", message, source: { file: label, text: "" } },
      { cause: error },
    );
  }
}

function noRecording(label: string, message: string, cause?: unknown): InputError {
  return new InputError(
    {
      code: "KT0862",
      message: `the folder \`${label}\` ${message}`,
      hint: "`kqltest import` writes one; rows from elsewhere stand in files called after their tables: `DeviceProcessEvents.json`",
    },
    { cause },
  );
}

function noTable(file: string, table: string, own: Catalog): InputError {
  const hint =
    suggestion(table, [...bundledCatalog("defender-xdr").keys(), ...own.keys()]) ??
    "call the file after the table whose rows it holds";
  return new InputError({
    code: "KT0862",
    message: `there is no table \`${table}\``,
    source: { file, text: "" },
    hint,
  });
}
