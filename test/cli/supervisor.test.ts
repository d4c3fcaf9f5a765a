import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { starterProject } from "../support/temp-project.ts";

const command = resolve(import.meta.dirname, "../../bin/kqltest.js");

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly afterMs: number;
}

interface Started {
  readonly process: ChildProcess;
  /** Resolves when the process has ended; `afterMs` counts from the last call of `signal`. */
  readonly ended: Promise<Ended>;
  signal(name: NodeJS.Signals): void;
}

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "kqltest-supervisor-"));
  folders.push(folder);
  return folder;
}

/** Starts the command as a shell does, in a process group of its own. */
function start(args: readonly string[], cwd = temporaryFolder()): Started {
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let signalledMs = performance.now();
  child.stdout.on("data", (data) => (output += String(data)));
  child.stderr.on("data", (data) => (output += String(data)));
  return {
    process: child,
    ended: new Promise((done) => {
      child.on("close", (code) => done({ code, output, afterMs: performance.now() - signalledMs }));
    }),
    signal: (name) => {
      signalledMs = performance.now();
      child.kill(name);
    },
  };
}

const queries: Readonly<Record<string, string>> = {
  "DuckDB works":
    "range a from 1 to 100000 step 1 | extend k=1 | join kind=inner (range b from 1 to 100000 step 1 | extend k=1) on k | summarize count()",
  "DuckDB plans and does not look":
    "print array_length(extract_all('(b)', strrep(strrep(strrep('abcd', 1024), 1024), 1000)))",
  "a JavaScript function runs":
    "range a from 1 to 30000000 step 1 | summarize count() by tostring(parse_user_agent(strcat('Mozilla/5.0 ', a), 'browser'))",
};

/** Until the query runs: the parser needs a second or two before. */
const untilBusyMs = 5000;
/** The aim is one second; a machine under load needs longer. */
const soonMs = 5000;

test.each(Object.entries(queries))(
  "signals end a run while %s",
  async (_, kql) => {
    const runs = [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
    ] as const;
    const ends = await Promise.all(
      runs.map(async ([signal, code]) => {
        const run = start(["query", kql]);
        await sleep(untilBusyMs);
        expect(run.process.exitCode).toBeNull();
        run.signal(signal);
        return { ...(await run.ended), expected: code };
      }),
    );
    for (const { code, expected, output, afterMs } of ends) {
      expect({ code, output }).toEqual({ code: expected, output: "" });
      expect(afterMs).toBeLessThan(soonMs);
    }
  },
  60_000,
);

test("Ctrl-C reaches the whole process group, and counts once", async () => {
  const run = start(["generate", "--devices", "300", "--days", "60", "--out", "world"]);
  await sleep(untilBusyMs);
  process.kill(-(run.process.pid ?? 0), "SIGINT");
  const { code, output } = await run.ended;
  // The part that is under way is finished, and the command says how to go on.
  expect(output).toContain("--resume");
  expect(code).toBe(130);
}, 60_000);

test("signals end a run while another thread works on variants", async () => {
  const root = starterProject({
    // Each scenario alone is quick; the thread has thousands of variants of them.
    "rules/slow.kql":
      'DeviceProcessEvents | where array_length(range(1, 200000 + strlen(FileName), 1)) > 3 and FileName =~ "curl.exe"',
    "scenarios/many.yaml": `version: 1
title: curl \${number}
truth: malicious
vector:
  number: [${Array.from({ length: 1100 }, (_, number) => number).join(", ")}]
timeline:
  - process: curl.exe
    command: curl.exe \${number}
`,
    "expected/slow/many.yaml": "verdict: true-positive\n",
  });
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    const run = start(["--root", root, "--rule", "slow", "--scenario", "many", "--no-cache"]);
    await sleep(untilBusyMs);
    expect(run.process.exitCode).toBeNull();
    run.signal(signal);
    const { output, afterMs, ...ended } = await run.ended;
    expect({ ...ended, output }).toEqual({ code, output: "" });
    expect(afterMs).toBeLessThan(soonMs);
  }
}, 60_000);

/** What node ends with for `args`, and what it wrote to the standard error. */
async function errorsOf(
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  child.stderr.on("data", (data) => (text += String(data)));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, text };
}

test.each([
  ["ends with code 0", "process.exit(0)"],
  ["ends with code 1", "process.exit(1)"],
  ["is killed", "process.kill(process.pid, 'SIGKILL')"],
  ["aborts", "process.abort()"],
])("a command that %s before it has a result is an error", async (_, ends) => {
  const hook = join(temporaryFolder(), "hook.mjs");
  writeFileSync(hook, `if (process.argv[1].endsWith("bin.js")) ${ends};`);
  const { code, text } = await errorsOf(["--import", hook, command, "query", "print 1"]);
  expect(text).toContain("kqltest ended without a result");
  expect(code).toBe(3);
});

test("a report in a file that was not written is an error", async () => {
  const hook = join(temporaryFolder(), "hook.mjs");
  writeFileSync(
    hook,
    `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";
     if (process.argv[1].endsWith("bin.js")) { fs.renameSync = () => {}; syncBuiltinESMExports(); }`,
  );
  const root = starterProject({ "report.json": "an old report" });
  const args = ["--no-cache", "--root", root, "--reporter", "json", "--output"];
  const ended = await errorsOf(["--import", hook, command, ...args, join(root, "report.json")]);
  expect(ended).toEqual({
    code: 3,
    text: `kqltest did not write \`${join(root, "report.json")}\`\n`,
  });
});

test("a report for a folder that cannot be made is an error", async () => {
  const args = ["--root", starterProject(), "--output", "/proc/none/report.txt"];
  const { code, text } = await errorsOf([command, ...args]);
  expect(text).toMatch(/^KT0903 `\/proc\/none\/report.txt` cannot be written/);
  expect(code).toBe(2);
}, 60_000);

test("a report that cannot be written is neither a success nor a failure of a detection", async () => {
  const child = spawn("sh", [
    "-c",
    `"$0" "$1" query 'print 1' > /dev/full`,
    process.execPath,
    command,
  ]);
  let text = "";
  child.stderr.on("data", (data) => (text += String(data)));
  const code = await new Promise((done) => child.on("close", done));
  expect({ code, text }).toEqual({
    code: 2,
    text: "KT0910 the output cannot be written: ENOSPC: no space left on device, write\n",
  });
});

test.each([
  ["time", ["--timeout", "1"], queries["DuckDB works"], "KT0304 the query took longer than 1 s"],
  [
    "time, which DuckDB does not notice",
    ["--timeout", "1"],
    queries["DuckDB plans and does not look"],
    "KT0304 the query took longer than 1 s",
  ],
  [
    "memory",
    ["--memory", "200"],
    // Several times, so that it is under way when memory is looked at, however busy the machine is.
    `print ${Array.from({ length: 12 }, (_, at) => `array_length(range(${at}, 200000000, 1))`).join(", ")}`,
    "KT0302 the query needs more than 200 MiB of memory",
  ],
])(
  "a limit of %s ends a query",
  async (_, flags, kql = "", message) => {
    const started = performance.now();
    const { code, text } = await errorsOf([command, "query", kql, ...flags]);
    expect({ code, text }).toEqual({ code: 2, text: expect.stringContaining(message) });
    expect(performance.now() - started).toBeLessThan(30_000);
  },
  60_000,
);

test("too much memory that DuckDB does not let go of is the end of the command", async () => {
  const kql = `let s = strrep(strrep(strrep('abcd', 1024), 1024), 500);
    print array_length(extract_all('(b)', strcat(s, 'x'))), array_length(extract_all('(c)', strcat(s, 'y')))`;
  const { code, text } = await errorsOf([command, "query", kql, "--memory", "100"]);
  expect(text).toContain("KT0302 ");
  expect([2, 3]).toContain(code);
}, 60_000);

test("the command ends with its supervisor", async () => {
  const run = start(["query", queries["DuckDB works"] ?? ""]);
  await sleep(untilBusyMs);
  const parent = run.process.pid ?? 0;
  run.process.kill("SIGKILL");
  await run.ended;
  await expect.poll(() => isGroupAlive(parent), { timeout: soonMs }).toBe(false);
}, 30_000);

/** Whether a process of the group of `leader` is left. */
function isGroupAlive(leader: number): boolean {
  try {
    process.kill(-leader, 0);
    return true;
  } catch {
    return false;
  }
}
