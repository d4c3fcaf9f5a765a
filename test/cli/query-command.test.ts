import { expect, test } from "vitest";
import { runCli } from "../support/fake-io.ts";
import { tempFolder } from "../support/temp-project.ts";

const events = {
  "data/DeviceProcessEvents.csv":
    'Timestamp,DeviceName,FileName,ProcessId\n2025-01-15T11:00:00Z,ws-1,"a, ""b"".exe",4\n2025-01-15T11:30:00Z,ws-2,cmd.exe,5\n',
};

test.each([
  [[], 'FileName    ProcessId\n──────────  ─────────\na, "b".exe          4\n(1 row)\n'],
  [["--format", "csv"], 'FileName,ProcessId\r\n"a, ""b"".exe",4\r\n'],
  [
    ["--format", "json"],
    `${JSON.stringify([{ FileName: 'a, "b".exe', ProcessId: 4 }], null, 2)}\n`,
  ],
])("rows: %j", async (flags, out) => {
  const kql = "DeviceProcessEvents | where ProcessId == 4 | project FileName, ProcessId";
  const cwd = tempFolder(events);
  expect(await runCli(["query", kql, "--data", "data", ...flags], { cwd })).toEqual({
    code: 0,
    out,
    err: "",
  });
});

test("no value steers a terminal; a pipe gets every byte", async () => {
  const args = ["query", String.raw`print x = "a\u001b[31m"`, "--format", "csv"];
  expect((await runCli(args, { isTty: true })).out).toBe("x\na\\u001b[31m\n");
  expect((await runCli(args)).out).toBe("x\r\na\u001b[31m\r\n");
});

test.each<[readonly string[], boolean, string]>([
  [[], false, "=1+1,-2"],
  [[], true, "'=1+1,-2"],
  [["--csv-safe"], false, "'=1+1,-2"],
  [["--no-csv-safe"], true, "=1+1,-2"],
])("no formula for a spreadsheet: %j, on a terminal: %s", async (flags, isTty, row) => {
  const args = ["query", "print x = '=1+1', y = -2", "--format", "csv", ...flags];
  expect((await runCli(args, { isTty })).out.replaceAll("\r", "")).toBe(`x,y\n${row}\n`);
});

test("a query from the standard input, and from a file", async () => {
  const cwd = tempFolder({ "hunt.kql": "print x = 1 + 1" });
  const options = ["--format", "csv"];
  expect(await runCli(["query", "-", ...options], { cwd, input: "print x = 1 + 1" })).toEqual({
    code: 0,
    out: "x\r\n2\r\n",
    err: "",
  });
  expect((await runCli(["query", "@hunt.kql", ...options], { cwd })).out).toBe("x\r\n2\r\n");
  const missing = await runCli(["query", "@none.kql"], { cwd });
  expect(missing.code).toBe(2);
  expect(missing.err).toMatch(/^KT0903 `none\.kql` cannot be read: ENOENT/);
});

test("`now()` is `--now`, else the clock", async () => {
  const args = ["query", "print t = now()", "--format", "csv"];
  expect((await runCli(args)).out).toBe("t\r\n2025-01-15T12:00:00.0000000Z\r\n");
  expect((await runCli([...args, "--now", "2024-02-29"])).out).toBe(
    "t\r\n2024-02-29T00:00:00.0000000Z\r\n",
  );
});

test("KQL that is wrong: 2, with its place", async () => {
  const { code, out, err } = await runCli(["query", "print 1 | wher x"]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(/^query:1:\d+ KT\d{4} /);
});

test("the tables of a dialect", async () => {
  const args = ["query", "DeviceProcessEvents | where isnull(TimeGenerated) | count"];
  expect((await runCli(args)).code).toBe(2);
  expect((await runCli([...args, "--dialect", "sentinel"])).code).toBe(0);
});

test("a data folder that is not there", async () => {
  const { code, err } = await runCli(["query", "print 1", "--data", "nowhere"], {
    cwd: tempFolder(),
  });
  expect(code).toBe(2);
  expect(err).toMatch(/^KT0903 the folder `nowhere` cannot be read/);
});

test.each([
  [["--missing-fixtures", "empty"], ""],
  [["--outside", "empty"], "warning: `--outside empty` is now `--missing-fixtures empty`\n"],
])("data that no fixture provides may be empty: %j", async (flags, err) => {
  const run = await runCli(["query", "_GetWatchlist('vips') | count", ...flags]);
  expect(run).toMatchObject({ code: 0, err });
});

test.each([
  [[], "KT0250"],
  [["--missing-fixtures", "error"], "KT0250"],
  [["--outside", "refuse"], "warning: `--outside refuse` is now `--missing-fixtures error`\n"],
  [["--missing-fixtures", "empty", "--outside", "refuse"], "KT0250"],
  [["--missing-fixtures", "refuse"], "KT0902"],
  [["--outside", "error"], "KT0902"],
])("data that no fixture provides is an error: %j", async (flags, err) => {
  const run = await runCli(["query", "_GetWatchlist('vips') | count", ...flags]);
  expect(run).toMatchObject({ code: 2, err: expect.stringContaining(err) });
});
