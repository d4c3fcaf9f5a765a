import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../base/diagnostic.ts";
import { unfinished } from "./sink.ts";
import type { Destination, Manifest, Part } from "./types.ts";

/** What a call that is not finished keeps beside its files. */
export interface Journal {
  readonly kqltest: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly parts: readonly Part[];
}

const manifestName = "manifest.json";
const journalName = `${manifestName}${unfinished}`;
const ownFile = /^[\w-]+(\.\d{4,})?\.(jsonl|csv|parquet|rows)(\.partial)?$/;

/** Makes the folder ready: gives what an earlier call finished of it. Throws an `InputError` (KT0907) where the folder holds what was not asked to be replaced, or nothing to go on with. */
export function openFolder(
  destination: Destination,
  wanted: Omit<Journal, "parts">,
): Journal | Manifest {
  const { folder, force, resume } = destination;
  const entries = entriesOf(folder);
  if (resume) return resumed(folder, wanted);
  if (entries.length > 0 && !force) {
    const isStopped = entries.includes(journalName);
    throw refused(
      isStopped
        ? `\`${folder}\` holds a generation that was stopped`
        : `\`${folder}\` is not empty`,
      isStopped
        ? "go on with `--resume`, or replace it with `--force`"
        : "name another folder, or replace what was generated with `--force`",
    );
  }
  if (
    entries.includes(manifestName) &&
    readJson<Manifest>(join(folder, manifestName))?.kqltest === undefined
  ) {
    throw refused(`\`${join(folder, manifestName)}\` was not generated`, "name another folder");
  }
  removeOwn(folder, entries);
  return { ...wanted, parts: [] };
}

/** What is in the folder, which is made where it is missing. */
function entriesOf(folder: string): readonly string[] {
  try {
    mkdirSync(folder, { recursive: true });
    return readdirSync(folder);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw refused(`\`${folder}\` cannot be a folder (${code})`, "name another folder");
  }
}

function resumed(folder: string, wanted: Omit<Journal, "parts">): Journal | Manifest {
  const found =
    readJson<Journal>(join(folder, journalName)) ?? readJson<Manifest>(join(folder, manifestName));
  if (found === undefined) {
    throw refused(`there is nothing to go on with in \`${folder}\``, "leave `--resume` out");
  }
  const [before, now] = [asTexts(found), asTexts(wanted)];
  const name = [...new Set([...before.keys(), ...now.keys()])].find(
    (key) => before.get(key) !== now.get(key),
  );
  if (name === undefined) return found;
  throw refused(
    `\`${name}\` was ${before.get(name) ?? "not given"}, now it is ${now.get(name) ?? "not given"}`,
    "call it as before, or start anew with `--force`",
  );
}

function asTexts({ kqltest, options }: Omit<Journal, "parts">): ReadonlyMap<string, string> {
  const entries = Object.entries({ kqltest, ...options });
  return new Map(entries.map(([name, value]) => [name, JSON.stringify(value)]));
}

function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch {
    return undefined;
  }
}

/** Removes what an earlier call wrote, and nothing else. */
function removeOwn(folder: string, entries: readonly string[]): void {
  const manifest = readJson<Manifest>(join(folder, manifestName));
  const listed = manifest?.files?.map(({ file }) => file) ?? [];
  const own = entries.filter(
    (name) => (listed.includes(name) || name.endsWith(unfinished)) && ownFile.test(name),
  );
  for (const name of [...own, journalName, manifestName])
    rmSync(join(folder, name), { force: true });
}

/** Keeps what is finished so far. */
export function writeJournal(folder: string, journal: Journal): void {
  writeWhole(join(folder, journalName), journal);
}

/** Removes the traces of a call of which nothing is finished. */
export function clearFolder(folder: string): void {
  removeOwn(folder, readdirSync(folder));
}

/** Writes the manifest, the last of all files. */
export function writeManifest(folder: string, manifest: Manifest): void {
  writeWhole(join(folder, manifestName), manifest);
  rmSync(join(folder, journalName), { force: true });
}

function writeWhole(path: string, data: unknown): void {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(data, null, 2)}\n`);
  renameSync(temporary, path);
}

function refused(message: string, hint: string): InputError {
  return new InputError({ code: "KT0907", message, hint });
}
