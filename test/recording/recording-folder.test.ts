import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import { readRecording } from "../../src/recording/read-recording.ts";
import {
  recorders,
  recordingOf,
  type Recording,
  type RecordedAtomic,
  type RecordingMetadata,
} from "../../src/recording/recording.ts";
import { writeRecording } from "../../src/recording/write-recording.ts";
import { tempFolder } from "../support/temp-project.ts";

const atomic: RecordedAtomic = {
  technique: "T1102",
  number: 2,
  guid: "2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01",
  name: "curl fetches a paste",
  inputs: { marker: "run-7" },
  marker: "run-7",
};
const tables = {
  DeviceProcessEvents: [
    { Timestamp: "2025-01-15T10:00:00.0000000Z", DeviceName: "lab-1", ProcessId: 8 },
    { Timestamp: "2025-01-15T10:00:02.5000000Z", DeviceName: "lab-1", ProcessId: 9 },
  ],
};
const recording: Recording = recordingOf(tables, { source: "strace", account: "root", atomic });

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "nothing was wrong";
}

const readError = (files: Readonly<Record<string, string>>): string =>
  messageOf(() => readRecording(tempFolder(files), { label: "lab" }));

test("what was written is read", () => {
  const folder = join(tempFolder(), "a/b");
  writeRecording(folder, recording, { rejected: [{ line: 3, text: "nonsense" }] });
  expect(readRecording(folder)).toEqual(recording);
  expect(readdirSync(folder)).toEqual([
    "DeviceProcessEvents.jsonl",
    "recording.json",
    "rejected.jsonl",
  ]);
  expect(readdirSync(join(folder, ".."))).toEqual(["b"]);
});

test("rows tell the device and the times where nothing else does", () => {
  expect(recording).toMatchObject({
    device: "lab-1",
    started: "2025-01-15T10:00:00.0000000Z",
    ended: "2025-01-15T10:00:02.5000000Z",
  });
  const of = (rows: readonly { readonly DeviceName: string }[]): Recording =>
    recordingOf({ DeviceEvents: rows }, { source: "sysmon" });
  expect(of([{ DeviceName: "a" }, { DeviceName: "b" }])).toMatchObject({
    device: null,
    started: null,
  });
});

test("a recording without rows is one: the test ran, and nothing was recorded", () => {
  const folder = join(tempFolder(), "empty");
  const empty = { ...recording, tables: {} };
  writeRecording(folder, empty);
  expect(readRecording(folder)).toEqual(empty);
});

test("rows that somebody exported are a recording by Defender", () => {
  const folder = tempFolder({
    "DeviceProcessEvents.json": '[{ "Timestamp": "2025-01-15T10:00:00Z", "FileName": "a.exe" }]',
    "DeviceNetworkEvents.csv": "Timestamp,RemotePort\n2025-01-15T10:00:01Z,443\n",
    "notes.md": "not rows",
  });
  expect(readRecording(folder)).toEqual({
    version: 1,
    source: "defender",
    atomic: null,
    device: null,
    account: null,
    started: "2025-01-15T10:00:00.0000000Z",
    ended: "2025-01-15T10:00:01.0000000Z",
    tables: {
      DeviceNetworkEvents: [{ Timestamp: "2025-01-15T10:00:01.0000000Z", RemotePort: 443 }],
      DeviceProcessEvents: [{ Timestamp: "2025-01-15T10:00:00.0000000Z", FileName: "a.exe" }],
    },
  });
});

test.each(["Results", "results"])("the answer of a hunting API has its rows under `%s`", (key) => {
  const rows = [{ DeviceName: "pc-1" }];
  const folder = tempFolder({ "DeviceInfo.json": JSON.stringify({ Schema: [], [key]: rows }) });
  expect(readRecording(folder).tables).toEqual({ DeviceInfo: rows });
});

test("an answer without rows is a mistake", () => {
  expect(readError({ "DeviceInfo.json": '{"error":{"code":"Throttled"}}' })).toContain(
    "lab/DeviceInfo.json:1:1 KT0533 the file must hold a list of rows",
  );
});

const head = (changes: object): Readonly<Record<string, string>> => {
  const { tables: _, ...rest } = recording;
  return { "recording.json": JSON.stringify({ ...rest, ...changes }) };
};

test.each<[what: string, files: Readonly<Record<string, string>>, message: string]>([
  ["an empty folder", {}, "KT0862 the folder `lab` holds no recording"],
  [
    "a table that is none",
    { "DeviceProcesEvents.jsonl": "" },
    "DeviceProcesEvents.jsonl KT0862 there is no table `DeviceProcesEvents`\n  hint: did you mean",
  ],
  [
    "a table twice",
    { "DeviceInfo.jsonl": "", "DeviceInfo.json": "[]" },
    "holds the table `DeviceInfo` in two files",
  ],
  [
    "a column that is none",
    { "DeviceInfo.jsonl": '{}\n{"DeviceName":"a","OSPlatfrm":"x"}' },
    "lab/DeviceInfo.jsonl:2:19 KT0533 table `DeviceInfo` has no column `OSPlatfrm`",
  ],
  [
    "a value of another type",
    { "DeviceProcessEvents.jsonl": '{"FileName":"ProcessId","ProcessId":"many"}' },
    'lab/DeviceProcessEvents.jsonl:1:25 KT0533 column `ProcessId` is of type `long`, found "many"',
  ],
  [
    "a line that is no JSON",
    { "DeviceInfo.jsonl": '{}\n{"DeviceName":"a" "b"}' },
    "lab/DeviceInfo.jsonl:2:19 KT0533 not valid JSON",
  ],
  ["a head that is no JSON", { "recording.json": "{" }, "lab/recording.json:1:2 KT0861 not valid"],
  ["a recorder that is none", head({ source: "sysmom" }), "did you mean `sysmon`?"],
  ["another version", head({ version: 2 }), "KT0861 `version` must be equal to constant"],
  ["an unknown key", head({ devise: "x" }), "unknown key `devise`"],
  ["a time that is none", head({ started: "today" }), "`started` must be"],
  [
    "a GUID that is none",
    head({ atomic: { ...atomic, guid: "7" } }),
    "`atomic.guid` must be a GUID in lower case",
  ],
])("%s is a mistake", (_, files, message) => {
  expect(readError(files)).toContain(message);
});

test("text in another encoding, and a folder that is not there", () => {
  const folder = tempFolder();
  writeFileSync(join(folder, "DeviceInfo.jsonl"), Buffer.from([0x7b, 0xff, 0x7d]));
  expect(messageOf(() => readRecording(folder))).toContain("KT0862 the file is not UTF-8 text");
  expect(messageOf(() => readRecording(join(folder, "none")))).toContain("KT0862 the folder");
});

test("a recording is replaced where it is asked for, and nothing else ever is", () => {
  const folder = join(tempFolder(), "a");
  const other = { ...recording, tables: { DeviceInfo: [{ DeviceName: "x" }] } };
  writeRecording(folder, recording);
  const refused = messageOf(() => writeRecording(folder, other, { label: "a" }));
  expect(refused).toContain("KT0863 `a` is there already");
  expect(readRecording(folder)).toEqual(recording);
  writeRecording(folder, other, { force: true });
  expect(readRecording(folder)).toEqual(other);

  writeFileSync(join(folder, "notes.md"), "mine");
  const message = messageOf(() => writeRecording(folder, recording, { force: true, label: "a" }));
  expect(message).toContain("KT0863 `a` holds `notes.md`, which is no part of a recording");
  expect(readFileSync(join(folder, "notes.md"), "utf8")).toBe("mine");
});

test("an empty folder is filled; a link and a file are no folder", () => {
  const parent = tempFolder({ file: "x" });
  mkdirSync(join(parent, "empty"));
  writeRecording(join(parent, "empty"), recording);
  expect(readRecording(join(parent, "empty"))).toEqual(recording);
  symlinkSync(join(parent, "empty"), join(parent, "link"));
  for (const name of ["file", "link"]) {
    const options = { label: name, force: true };
    const message = messageOf(() => writeRecording(join(parent, name), recording, options));
    expect(message).toContain(`KT0863 \`${name}\` is no folder`);
  }
});

interface ObjectSchema {
  readonly properties: Readonly<Record<string, ObjectSchema & { readonly enum?: unknown }>>;
  readonly required: readonly string[];
}

// A key that the type has and the list has not, or the other way round, does not compile.
const headKeys: Readonly<Record<keyof RecordingMetadata, true>> = {
  version: true,
  source: true,
  atomic: true,
  device: true,
  account: true,
  started: true,
  ended: true,
};
const atomicKeys: Readonly<Record<keyof RecordedAtomic, true>> = {
  technique: true,
  number: true,
  guid: true,
  name: true,
  inputs: true,
  marker: true,
};

test("schema and types have the same keys and recorders", () => {
  const schema = JSON.parse(readFileSync("schemas/recording.schema.json", "utf8")) as ObjectSchema;
  const { atomic: inner, source } = schema.properties;
  for (const [found, keys] of [[schema, headKeys] as const, [inner, atomicKeys] as const]) {
    expect(Object.keys(found?.properties ?? {}).toSorted()).toEqual(Object.keys(keys).toSorted());
    expect(found?.required.toSorted()).toEqual(Object.keys(keys).toSorted());
  }
  expect(source?.enum).toEqual(recorders);
});
