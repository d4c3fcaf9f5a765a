import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { runCli } from "../support/fake-io.ts";
import { tempFolder } from "../support/temp-project.ts";

const recording = `${JSON.stringify({
  Channel: "Sysmon",
  EventID: 1,
  Computer: "PC1",
  EventData: {
    UtcTime: "2024-05-02 10:00:00",
    ProcessGuid: "{1}",
    ProcessId: "8",
    Image: "C:\\a.exe",
  },
})}\nnonsense\n`;

test("rows are written by table, what is no event beside them, and counted", async () => {
  const cwd = tempFolder({ "events.jsonl": recording });
  const { code, out } = await runCli(["import", "sysmon", "events.jsonl", "--out", "rows"], {
    cwd,
  });
  expect(code).toBe(0);
  expect(out).toContain("1 event, 1 row");
  expect(out).toContain("1 piece of the recording is no event: rows/rejected.jsonl");
  const row = readFileSync(join(cwd, "rows/DeviceProcessEvents.jsonl"), "utf8");
  expect(JSON.parse(row)).toMatchObject({ DeviceName: "pc1", FileName: "a.exe", ProcessId: 8 });
  const rejected = readFileSync(join(cwd, "rows/rejected.jsonl"), "utf8");
  expect(JSON.parse(rejected)).toEqual({
    file: "events.jsonl",
    line: 2,
    reason: "not valid JSON",
    text: "nonsense",
  });
});

test("what was written is never replaced unasked", async () => {
  const cwd = tempFolder({ "events.jsonl": recording, "rows/DeviceProcessEvents.jsonl": "mine" });
  const argv = ["import", "sysmon", "events.jsonl", "--out", "rows"];
  const refused = await runCli(argv, { cwd });
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("is there already")]);
  expect(readFileSync(join(cwd, "rows/DeviceProcessEvents.jsonl"), "utf8")).toBe("mine");
  expect((await runCli([...argv, "--force"], { cwd })).code).toBe(0);
});

test("a compressed recording reads as it is", async () => {
  const cwd = tempFolder();
  writeFileSync(join(cwd, "events.jsonl.gz"), gzipSync(recording));
  const { code } = await runCli(["import", "sysmon", "events.jsonl.gz", "--out", "rows"], { cwd });
  expect(code).toBe(0);
});

test("a file that is not there, and a recorder that is none", async () => {
  const cwd = tempFolder({ "events.jsonl": recording });
  const missing = await runCli(["import", "sysmon", "none.jsonl", "--out", "rows"], { cwd });
  expect([missing.code, missing.err]).toEqual([
    2,
    expect.stringContaining("`none.jsonl` cannot be read"),
  ]);
  const unknown = await runCli(["import", "sysmom", "events.jsonl", "--out", "rows"], { cwd });
  expect([unknown.code, unknown.err]).toEqual([
    2,
    expect.stringContaining("did you mean `sysmon`?"),
  ]);
});

const trace = '10 1.0 execve("/bin/curl", ["curl", "x"], 0x1) = 0\n';

test("a trace by strace", async () => {
  const cwd = tempFolder({ "trace.txt": trace });
  const flags = ["--device", "lab-1", "--name", "pastebin.com=192.0.2.1", "--out", "out"];
  const { code, out } = await runCli(["import", "strace", "trace.txt", ...flags], { cwd });
  expect(code).toBe(0);
  expect(out).toBe(" execve                  1 call, 1 row\n DeviceProcessEvents     1 row\n");
  const row = readFileSync(join(cwd, "out/DeviceProcessEvents.jsonl"), "utf8");
  expect(JSON.parse(row)).toMatchObject({ DeviceName: "lab-1", ProcessCommandLine: "curl x" });
  expect(JSON.parse(readFileSync(join(cwd, "out/recording.json"), "utf8"))).toEqual({
    version: 1,
    source: "strace",
    atomic: null,
    device: "lab-1",
    account: "root",
    started: "1970-01-01T00:00:01.0000000Z",
    ended: "1970-01-01T00:00:01.0000000Z",
  });
});

// oxfmt-ignore
test.each([
  [["trace.txt"], "KT0903 a trace does not tell its machine\n  hint: name it with `--device`\n"],
  [["trace.txt", "trace.txt", "--device", "x"], "KT0903 traces are imported one by one\n  hint: name one file\n"],
  [["trace.txt", "--device", "x", "--name", "y"], "KT0902 `y` is no value of `--name`\n  hint: write it as `name=address`\n"],
])("import strace %j is a mistake", async (argv, err) => {
  const cwd = tempFolder({ "trace.txt": trace });
  expect(await runCli(["import", "strace", ...argv, "--out", "out"], { cwd })).toEqual({ code: 2, out: "", err });
});
