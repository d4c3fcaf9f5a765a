import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseCsv } from "../../src/base/csv.ts";
import { readParquet } from "../../src/engine/database/parquet.ts";
import type { Manifest } from "../../src/run/generate/types.ts";
import { profileNames } from "../../src/scenario/background/profile-names.ts";
import type { Row } from "../../src/schema/types.ts";
import { runCli, type CliRun } from "../support/fake-io.ts";
import { hashesOf } from "../support/hashes.ts";
import { starterProject, tempFolder } from "../support/temp-project.ts";

const generate = (cwd: string, ...flags: readonly string[]): Promise<CliRun> =>
  runCli(["generate", ...flags], { cwd });

const small = ["--profile", "kiosk", "--devices", "2"];

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Manifest;
}

function linesOf(file: string): readonly Row[] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Row);
}

test("a world is a file for each table and a manifest that tells of them", async () => {
  const cwd = tempFolder();
  const { code, out, err } = await generate(cwd, ...small, "--out", "world");
  expect([code, err]).toEqual([0, ""]);
  const folder = join(cwd, "world");
  const { files, rows, options } = manifestOf(folder);
  expect(files.map(({ file }) => file)).toEqual([
    "DeviceNetworkEvents.jsonl",
    "DeviceProcessEvents.jsonl",
  ]);
  expect(options).toMatchObject({ devices: 2, days: 1, seed: 0, start: "2025-01-13" });
  for (const { file, rows: count, bytes, sha256 } of files) {
    expect(linesOf(join(folder, file)).length).toBe(count);
    expect(readFileSync(join(folder, file)).length).toBe(bytes);
    expect(hashesOf(folder)[file]).toBe(sha256);
  }
  expect(out.replaceAll(/\d+ rows/g, "N rows")).toBe(
    " DeviceNetworkEvents.jsonl  N rows\n DeviceProcessEvents.jsonl  N rows\nN rows in world\n",
  );
  expect(out).toContain(`\n${rows} rows in world`);
});

test("the same command gives the same bytes, another seed others", async () => {
  const cwd = tempFolder();
  await generate(cwd, ...small, "--out", "a");
  await generate(cwd, ...small, "--out", "b");
  await generate(cwd, ...small, "--seed", "1", "--out", "c");
  expect(hashesOf(join(cwd, "b"))).toEqual(hashesOf(join(cwd, "a")));
  expect(hashesOf(join(cwd, "c"))).not.toEqual(hashesOf(join(cwd, "a")));
});

test("JSON Lines, CSV and Parquet hold the same rows", async () => {
  const cwd = tempFolder();
  for (const format of ["jsonl", "csv", "parquet"]) {
    expect((await generate(cwd, ...small, "--format", format, "--out", format)).code).toBe(0);
  }
  for (const table of ["DeviceProcessEvents", "DeviceNetworkEvents"]) {
    const rows = linesOf(join(cwd, "jsonl", `${table}.jsonl`));
    const csv = parseCsv({
      file: "",
      text: readFileSync(join(cwd, "csv", `${table}.csv`), "utf8"),
    });
    const [header, ...records] = csv.map(({ cells }) => cells);
    const parquet = await readParquet(join(cwd, "parquet", `${table}.0001.parquet`), table);
    expect([records.length, parquet.length]).toEqual([rows.length, rows.length]);
    for (const index of [0, 1, Math.floor(rows.length / 2), rows.length - 1]) {
      const row = rows[index] ?? {};
      const texts = Object.entries(row).map(([name, value]) => [name, asText(value)]);
      const cells = header?.map((name, at) => [name, records[index]?.[at] ?? ""]) ?? [];
      expect(Object.fromEntries(cells.filter(([, cell]) => cell !== ""))).toEqual(
        Object.fromEntries(texts),
      );
      const stored = Object.entries(parquet[index] ?? {}).filter(([, value]) => value !== null);
      expect(Object.fromEntries(stored.map(([name, value]) => [name, asInstant(value)]))).toEqual(
        Object.fromEntries(texts.map(([name, value]) => [name, asInstant(value)])),
      );
    }
  }
});

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** An instant as either of the two writes it; other values as texts. */
function asInstant(value: unknown): string {
  const text = asText(value);
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+?)0*)?Z?$/.exec(text);
  return match === null ? text : `${match[1]} ${match[2]} ${match[3] ?? ""}`;
}

test("the rows of scenarios alone", async () => {
  const cwd = starterProject();
  const now = "2025-03-01T00:00:00Z";
  const { code, out } = await generate(cwd, "T1059", "--now", now, "--out", "rows");
  expect([code, out]).toEqual([0, " DeviceProcessEvents.jsonl  2 rows\n2 rows in rows\n"]);
  const rows = linesOf(join(cwd, "rows/DeviceProcessEvents.jsonl"));
  expect(rows.map((row) => asText(row["Timestamp"]).slice(0, 15))).toEqual([
    "2025-02-28T23:5",
    "2025-02-28T23:5",
  ]);
});

test("a query reads the folder", async () => {
  const cwd = tempFolder();
  await generate(cwd, ...small, "--out", "world");
  const query = ["query", "DeviceProcessEvents | summarize dcount(DeviceId)", "--data", "world"];
  const { code, out } = await runCli([...query, "--format", "csv"], { cwd });
  expect([code, out.split(/\r?\n/)[1]]).toEqual([0, "2"]);
});

test("an injected scenario happens on a device of the world, numbered among its rows", async () => {
  const cwd = starterProject();
  const flags = ["--devices", "3", "--inject", "encoded", "--inject", "administrator"];
  const { code, out } = await generate(cwd, ...flags, "--out", "world");
  expect(code).toBe(0);
  const { injected } = manifestOf(join(cwd, "world"));
  expect(injected.map(({ scenario }) => scenario)).toEqual([
    "T1059.001/encoded-command",
    "T1059.001/administrator-script",
  ]);
  const rows = linesOf(join(cwd, "world/DeviceProcessEvents.jsonl"));
  for (const { device, scenario, now } of injected) {
    expect(out).toContain(`${scenario}: 1 row on ${device}, now ${now}`);
    const own = rows.filter((row) => row["DeviceName"] === device);
    const order = own.map((row) => Number(row["ReportId"]));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    // Whoever uses the device did it.
    expect(new Set(own.flatMap((row) => row["AccountUpn"] ?? [])).size).toBe(1);
  }
  const marked = rows.filter((row) => / -enc SQBFAFgA/.test(asText(row["ProcessCommandLine"])));
  expect(marked.map((row) => row["DeviceName"])).toEqual([injected[0]?.device]);
  // The same process in no other place, and no id of a process twice.
  const ids = rows.filter((row) => row["DeviceName"] === injected[0]?.device);
  expect(ids.filter((row) => row["ProcessId"] === marked[0]?.["ProcessId"]).length).toBe(1);
});

test("a scenario that says what now is cannot be injected, nor one longer than the span", async () => {
  const scenario = (more: string, at: string): string =>
    `version: 1\ntitle: t\ntruth: benign\n${more}timeline:\n  - at: ${at}\n    process: cmd.exe\n`;
  const cwd = starterProject({
    "scenarios/x/fixed.yaml": scenario("now: 2025-01-15T12:00:00Z\n", "-1h"),
    "scenarios/x/long.yaml": scenario("", "-40d"),
  });
  expect((await generate(cwd, "--inject", "x/fixed", "--out", "a")).err).toBe(
    "KT0908 `x/fixed` says what now is, so it cannot be moved\n  hint: leave out its `now`\n",
  );
  expect((await generate(cwd, "--inject", "x/long", "--devices", "2", "--out", "a")).err).toBe(
    "KT0908 `x/long` does not fit into the span: it begins before it\n  hint: ask for more days, or for more devices\n",
  );
  expect((await generate(cwd, "--inject", "encoded-comand", "--out", "a")).err).toContain(
    "no scenario matches `encoded-comand`",
  );
});

// oxfmt-ignore
test.each([
  [["--devices", "0"], "KT0902 `0` is no value of `--devices`\n  hint: write a whole number from 1 to 100000\n"],
  [["--profile", "ofice-day"], "KT0902 `ofice-day` is no value of `--profile`\n  hint: did you mean `office-day`?\n"],
  [["--profile", "server:none"], "KT0902 `server:none` is no value of `--profile`\n  hint: write the weight as a number above 0: `server:2`\n"],
  [["--start", "monday"], "KT0902 `monday` is no value of `--start`\n  hint: write a day such as `2025-01-13`\n"],
  [["--now", "2025-01-13"], "KT0901 `--now` is for scenarios alone\n  hint: say with `--start` when the days begin\n"],
  [["x", "--days", "2"], "KT0901 `--days` is for a world, and scenarios were named\n  hint: put them into a world with `--inject`, or leave the flag out\n"],
  [["--format", "json"], "KT0902 `json` is no value of `--format`\n  hint: did you mean `jsonl`?\n"],
])("generate %j is a mistake", async (flags, err) => {
  const cwd = tempFolder();
  expect(await generate(cwd, ...flags, "--out", "x")).toEqual({ code: 2, out: "", err });
  expect(existsSync(join(cwd, "x"))).toBe(false);
});

test("what is in the folder stays without `--force`, and what is not ours with it", async () => {
  const cwd = tempFolder({ "world/notes.txt": "mine" });
  const refused = await generate(cwd, ...small, "--out", "world");
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("is not empty")]);
  expect((await generate(cwd, ...small, "--out", "world", "--force")).code).toBe(0);
  expect((await generate(cwd, ...small, "--format", "csv", "--out", "world", "--force")).code).toBe(
    0,
  );
  expect(readdirSync(join(cwd, "world")).toSorted()).toEqual([
    "DeviceNetworkEvents.csv",
    "DeviceProcessEvents.csv",
    "manifest.json",
    "notes.txt",
  ]);
  expect(readFileSync(join(cwd, "world/notes.txt"), "utf8")).toBe("mine");
});

test("a file where the folder should be is a mistake", async () => {
  const cwd = tempFolder({ world: "mine" });
  const refused = await generate(cwd, ...small, "--out", "world");
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("KT0907")]);
});

test("a manifest of somebody else is never replaced", async () => {
  const cwd = tempFolder({ "world/manifest.json": "{}" });
  const { code, err } = await generate(cwd, ...small, "--out", "world", "--force");
  expect([code, err]).toEqual([2, expect.stringContaining("was not generated")]);
});

test("the help names every profile", async () => {
  const { out } = await runCli(["generate", "--help"], { columns: 400 });
  expect(out).toContain(`what the devices are: ${profileNames.join(", ")};`);
});
