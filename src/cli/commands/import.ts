import { readFileSync } from "node:fs";
import { escapeName } from "../../base/text.ts";
import { relative, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Source } from "../../base/source.ts";
import type { RecordingForm } from "../../recording/windows/read-events.ts";
import type { RecordingMetadata } from "../../recording/recording.ts";
import type { Rejected, WindowsEvent } from "../../recording/windows/windows-event.ts";
import type { Tables } from "../../schema/types.ts";
import { oneLine, pad, plural } from "../../report/layout.ts";
import { examples, type CliCommand } from "../command.ts";
import type { Io } from "../io.ts";
import { collect, parseChoice } from "../options.ts";
import { badPath, badValue } from "../usage.ts";

const recorders = ["sysmon", "strace"] as const;
type Recorder = (typeof recorders)[number];
const forms = ["json", "xml", "csv"] as const satisfies readonly RecordingForm[];

interface ImportFlags {
  readonly out: string;
  readonly format?: RecordingForm;
  readonly device?: string;
  readonly account: string;
  readonly name?: readonly string[];
  readonly force?: true;
}

/** `kqltest import`: rows as Defender has them, from what another recorder wrote. */
export const importCommand: CliCommand = {
  name: "import",
  define: (command, io, finish) => {
    command
      .description("turn what another recorder wrote into rows of Defender tables")
      .argument(
        "<recorder>",
        `who recorded: ${recorders.join(", ")}`,
        parseChoice("<recorder>", recorders),
      )
      .argument("<file...>", "JSON lines, XML, CSV or a trace, each may be compressed (.gz)")
      .requiredOption(
        "--out <dir>",
        "a folder for recording.json and a <Table>.jsonl for each table",
      )
      .option(
        "--format <format>",
        `how the files are written: ${forms.join(", ")}; default: by their ending`,
        parseChoice("--format", forms),
      )
      .option("--device <name>", "strace: the machine that was traced")
      .option("--account <name>", "strace: whose its processes were", "root")
      .option(
        "--name <name=address>",
        "strace: where a name led there; may be given several times",
        collect,
      )
      .option("--force", "replace the recording that is in the folder")
      .addHelpText(
        "after",
        examples({
          "kqltest import sysmon events.jsonl --out recorded/": "Sysmon and Security events",
          "kqltest import strace trace.txt --device lab-1 --name pastebin.com=172.18.0.2 --out recorded/":
            "a trace by `strace -f -ttt -yy`",
          "kqltest query @hunt.kql --data recorded/": "a query over what was imported",
        }),
      )
      .action((recorder: Recorder, files: readonly string[], flags: ImportFlags) =>
        (recorder === "strace" ? runTrace : runImport)(files, flags, io).then(() => finish(0)),
      );
  },
};

async function runImport(files: readonly string[], flags: ImportFlags, io: Io): Promise<void> {
  const [{ formOf, recordingReaders }, { importEvents }] = await Promise.all([
    import("../../recording/windows/read-events.ts"),
    import("../../recording/import-events.ts"),
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
  const folder = await write(imported.tables, { source: "sysmon" }, { rejected, flags, io });
  const counts = imported.counts.map((count) => ({ ...count, what: `${count.log} ${count.id}` }));
  io.out(
    renderSummary({ ...imported, counts }, { noun: "event", rejected: rejected.length, folder }),
  );
}

async function runTrace(files: readonly string[], flags: ImportFlags, io: Io): Promise<void> {
  const { importStrace } = await import("../../recording/linux/import-strace.ts");
  const { device, account } = flags;
  const [file, more] = files;
  if (device === undefined || file === undefined || more !== undefined) {
    throw badPath({
      message:
        device === undefined
          ? "a trace does not tell its machine"
          : "traces are imported one by one",
      hint: device === undefined ? "name it with `--device`" : "name one file",
    });
  }
  const names = new Map<string, readonly string[]>();
  for (const text of flags.name ?? []) {
    const [name = "", address = "", rest] = text.split("=");
    if (name === "" || address === "" || rest !== undefined) {
      throw badValue("--name", text, "write it as `name=address`");
    }
    names.set(address, [...(names.get(address) ?? []), name]);
  }
  const imported = importStrace(readRecording(file, io).text, { device, account, names });
  const head = { source: "strace", device: device.toLowerCase(), account } as const;
  const folder = await write(imported.tables, head, { rejected: [], flags, io });
  const counts = imported.counts.map((count) => ({ ...count, what: count.call }));
  io.out(renderSummary({ ...imported, counts }, { noun: "call", rejected: 0, folder }));
}

interface Written {
  readonly rejected: readonly object[];
  readonly flags: ImportFlags;
  readonly io: Io;
}

/** Writes a recording into the folder of `--out`, and gives its path as people know it. */
async function write(
  tables: Tables,
  head: Pick<RecordingMetadata, "source"> & Partial<RecordingMetadata>,
  { rejected, flags, io }: Written,
): Promise<string> {
  const [{ recordingOf }, { writeRecording }] = await Promise.all([
    import("../../recording/recording.ts"),
    import("../../recording/write-recording.ts"),
  ]);
  const folder = resolve(io.cwd, flags.out);
  const label = relative(io.cwd, folder) || ".";
  const force = flags.force ?? false;
  writeRecording(folder, recordingOf(tables, head), { label, force, rejected });
  return label;
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

/** How many events of a kind were read, and what became of them. */
interface Count {
  readonly what: string;
  readonly read: number;
  readonly rows: number;
  readonly dropped: Readonly<Record<string, number>>;
}

interface Summed {
  readonly noun: string;
  readonly rejected: number;
  readonly folder: string;
}

function renderSummary(
  { counts, tables }: { readonly counts: readonly Count[]; readonly tables: Tables },
  { noun, rejected, folder }: Summed,
): string {
  const lines = [
    ...counts.map((count) => countLine(count, noun)),
    ...Object.entries(tables).map(
      ([table, rows]) => ` ${pad(escapeName(table), 22)}  ${plural(rows.length, "row")}`,
    ),
    ...(rejected === 0
      ? []
      : [
          ` ${plural(rejected, "piece")} of the recording is no event: ${escapeName(folder)}/rejected.jsonl`,
        ]),
  ];
  return `${lines.join("\n")}\n`;
}

function countLine({ what, read, rows, dropped }: Count, noun: string): string {
  const reasons = Object.entries(dropped).map(([reason, number]) => `${number} ${oneLine(reason)}`);
  const left = reasons.length === 0 ? "" : `; dropped: ${reasons.join(", ")}`;
  return ` ${pad(escapeName(what), 22)}  ${plural(read, noun)}, ${plural(rows, "row")}${left}`;
}
