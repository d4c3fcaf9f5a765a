import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  fstatSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { ShellName } from "../atomic/types.ts";
import { InputError } from "../base/diagnostic.ts";

/** What was started and what has ended, a line each. It is on the disk before anything starts, so that a crash leaves a trace. */
export type JournalEntry = StartedEntry | ProgressEntry;

export interface StartedEntry {
  readonly kind: "started";
  /** Of the run, a UUID. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** GUID of the test. */
  readonly test: string;
  readonly label: string;
  readonly arguments: Readonly<Record<string, string>>;
  /** What takes away what the test leaves; null where the test has nothing. */
  readonly cleanup: { readonly shell: ShellName; readonly text: string } | null;
  /** Where it runs, if that is not this machine. Then `cleanup` is null: what a crash leaves are containers. */
  readonly lab?: "docker";
  /** The private folder of the run, absolute; empty where it has none. */
  readonly folder: string;
  /** The kqltest that runs it. */
  readonly runner: RunnerMark;
}

/** A process that no later one is mistaken for. */
export interface RunnerMark {
  readonly pid: number;
  /** When it started, as the system counts; empty where the system does not tell. */
  readonly since: string;
}

export interface ProgressEntry {
  /** `ended`: its command is over. `cleaning`, `cleaned`: the cleanup begins, is over. */
  readonly kind: "ended" | "cleaning" | "cleaned";
  readonly id: string;
  readonly at: string;
  readonly exitCode?: number | null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const shellNames: readonly ShellName[] = ["command_prompt", "powershell", "sh", "bash"];

/** An append-only file of entries. */
export interface Journal {
  readonly file: string;
  /** Puts `entry` on the disk before it returns. */
  append(entry: JournalEntry): void;
}

/** The journal of the project in `root`: `.kqltest/lab/journal.jsonl`. */
export function openJournal(root: string): Journal {
  const file = join(root, ".kqltest", "lab", "journal.jsonl");
  return { file, append: (entry) => append(file, entry) };
}

/** The runs of `journal` whose cleanup has not ended, in their order. */
export function unfinishedRuns({ file }: Journal): readonly StartedEntry[] {
  const open = new Map<string, StartedEntry>();
  for (const entry of readEntries(file)) {
    if (entry.kind === "started") open.set(entry.id, entry);
    if (entry.kind === "cleaned") open.delete(entry.id);
  }
  return [...open.values()];
}

function append(file: string, entry: JournalEntry): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  refuseLinks(file);
  const isNew = !existsSync(file);
  const handle = openSync(file, "a+", 0o600);
  try {
    // A line that a crash cut off ends here, so that it takes no other with it.
    const start = endsLine(handle) ? "" : "\n";
    writeSync(handle, `${start}${JSON.stringify(entry)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  if (isNew) syncFolder(folder);
}

/** A project that somebody else made may have a link in the journal's place, to have lines written elsewhere. */
function refuseLinks(file: string): void {
  const folders = [dirname(dirname(file)), dirname(file), file];
  const link = folders.find((path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink());
  if (link === undefined) return;
  throw new InputError({
    code: "KT0838",
    message: `the journal would be written through a link: \`${link}\``,
    hint: "delete the link",
  });
}

function endsLine(handle: number): boolean {
  const { size } = fstatSync(handle);
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(handle, last, 0, 1, size - 1);
  return last.toString() === "\n";
}

/** Makes the name of a new file last, too. Windows opens no folders, and needs none. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, "r");
    fsyncSync(handle);
    closeSync(handle);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!["EISDIR", "EPERM", "EACCES", "EINVAL"].includes(code)) throw error;
  }
}

function readEntries(file: string): readonly JournalEntry[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => parseEntry(line));
}

/** A line that is no entry was cut off by a crash while it was written: what it would have told of never started. */
function parseEntry(line: string): readonly JournalEntry[] {
  try {
    const entry = JSON.parse(line) as Partial<JournalEntry> | null;
    if (typeof entry?.id !== "string" || !uuid.test(entry.id)) return [];
    if (entry.kind !== "started") return [entry as JournalEntry];
    return isStarted(entry) ? [entry] : [];
  } catch {
    return [];
  }
}

function isStarted(entry: Partial<StartedEntry>): entry is StartedEntry {
  const { label, folder, runner, cleanup, lab } = entry;
  return (
    (lab === undefined || lab === "docker") &&
    typeof label === "string" &&
    typeof folder === "string" &&
    typeof runner?.pid === "number" &&
    (cleanup === null ||
      (typeof cleanup?.text === "string" &&
        cleanup.shell !== undefined &&
        shellNames.includes(cleanup.shell)))
  );
}
