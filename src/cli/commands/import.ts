import { readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Source } from "../../base/source.ts";
import type { EventCount, ImportedRecording } from "../../recording/import.ts";
import type { RecordingForm } from "../../recording/read.ts";
import type { Rejected, WindowsEvent } from "../../recording/windows-event.ts";
import { oneLine, pad, plural } from "../../report/layout.ts";
import { examples, type CliCommand } from "../command.ts";
import type { Io } from "../io.ts";
import { parseChoice } from "../options.ts";
import { badPath } from "../usage.ts";
import { writeFileWhole } from "../write-file.ts";

const recorders = ["sysmon"] as const;
const forms = ["json", "xml", "csv"] as const satisfies readonly RecordingForm[];

interface ImportFlags {
  readonly out: string;
  readonly format?: RecordingForm;
  readonly force?: true;
}

/** `kqltest import`: rows as Defender has them, from what another recorder wrote. */
export const importCommand: CliCommand = {
  name: "import",
  define: (command, io, finish) => {
    command
      .description("turn recorded Sysmon and Security events into rows of Defender tables")
      .argument(
        "<recorder>",
        `who recorded: ${recorders.join(", ")}`,
        parseChoice("<recorder>", recorders),
      )
      .argument("<file...>", "JSON lines, XML or CSV, each may be compressed (.gz)")
      .requiredOption("--out <dir>", "a folder for <Table>.jsonl")
      .option(
        "--format <format>",
        `how the files are written: ${forms.join(", ")}; default: by their ending`,
        parseChoice("--format", forms),
      )
      .option("--force", "replace tables that are in the folder")
      .addHelpText(
        "after",
        examples({
          "kqltest import sysmon events.jsonl --out recorded/": "Sysmon and Security events",
          "kqltest query @hunt.kql --data recorded/": "a query over what was imported",
        }),
      )
      .action((_recorder: string, files: readonly string[], flags: ImportFlags) =>
        runImport(files, flags, io).then(() => finish(0)),
      );
  },
};

async function runImport(files: readonly string[], flags: ImportFlags, io: Io): Promise<void> {
  const [{ formOf, recordingReaders }, { importEvents }] = await Promise.all([
    import("../../recording/read.ts"),
    import("../../recording/import.ts"),
  ]);
  const events: WindowsEvent[] = [];
  const rejected: (Rejected & { readonly file: string })[] = [];
  for (const file of files) {
    const source = readRecording(file, io);
    const read = recordingReaders[flags.format ?? formOf(source)](source);
    for (const event of read.events) events.push(event);
    for (const one of read.rejected) rejected.push({ file: source.file, ...one });
  }
  const imported = importEvents(events);
  const written = filesOf(imported, rejected);
  const folder = resolve(io.cwd, flags.out);
  if (flags.force !== true) refuseToReplace(folder, written, io);
  for (const [name, text] of written) writeFileWhole(join(folder, name), text);
  io.out(renderSummary(imported, rejected.length, relative(io.cwd, folder) || "."));
}

function readRecording(file: string, io: Io): Source {
  const path = resolve(io.cwd, file);
  const label = relative(io.cwd, path);
  try {
    const bytes = readFileSync(path);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return { file: label, text: (isGzip ? gunzipSync(bytes) : bytes).toString("utf8") };
  } catch (error) {
    throw badPath({ message: `\`${label}\` cannot be read: ${(error as Error).message}` }, error);
  }
}

const rejectedFile = "rejected.jsonl";

function filesOf(
  { tables }: ImportedRecording,
  rejected: readonly object[],
): readonly (readonly [name: string, text: string])[] {
  const lines = (rows: readonly object[]): string =>
    rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  return [
    ...Object.entries(tables).map(([table, rows]) => [`${table}.jsonl`, lines(rows)] as const),
    ...(rejected.length === 0 ? [] : [[rejectedFile, lines(rejected)] as const]),
  ];
}

function refuseToReplace(
  folder: string,
  files: readonly (readonly [name: string, text: string])[],
  io: Io,
): void {
  const there = files.find(([name]) => statSync(join(folder, name), { throwIfNoEntry: false }));
  if (there === undefined) return;
  throw badPath({
    message: `\`${relative(io.cwd, join(folder, there[0]))}\` is there already`,
    hint: "name another folder, or replace what is there with `--force`",
  });
}

function renderSummary(imported: ImportedRecording, rejected: number, folder: string): string {
  const lines = [
    ...imported.counts.map(countLine),
    ...Object.entries(imported.tables).map(
      ([table, rows]) => ` ${pad(table, 22)}  ${plural(rows.length, "row")}`,
    ),
    ...(rejected === 0
      ? []
      : [` ${plural(rejected, "piece")} of the recording is no event: ${folder}/${rejectedFile}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function countLine({ log, id, read, rows, dropped }: EventCount): string {
  const reasons = Object.entries(dropped).map(([reason, number]) => `${number} ${oneLine(reason)}`);
  const left = reasons.length === 0 ? "" : `; dropped: ${reasons.join(", ")}`;
  return ` ${pad(`${log} ${id}`, 22)}  ${plural(read, "event")}, ${plural(rows, "row")}${left}`;
}
