import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { runCli, type CliRun } from "../support/fake-io.ts";
import { hashesOf } from "../support/hashes.ts";
import { starterProject, tempFolder } from "../support/temp-project.ts";

const generate = (cwd: string, ...flags: readonly string[]): Promise<CliRun> =>
  runCli(["generate", ...flags], { cwd });

/** Three parts, a device each. */
const long = ["--profile", "server", "--devices", "3", "--days", "60"];
const bin = resolve(import.meta.dirname, "../../bin/kqltest.js");
/** The command without its supervisor, after whose end it would still finish its part. */
const unsupervised = resolve(import.meta.dirname, "../../dist/cli/bin.js");

/** Starts kqltest in a process of its own, sends `signal` once a part is finished, and gives how it ended. */
async function interrupted(
  flags: readonly string[],
  signal: NodeJS.Signals,
): Promise<{ readonly code: number | null; readonly err: string }> {
  const folder = flags.at(-1) ?? "";
  const child = spawn(
    process.execPath,
    [signal === "SIGKILL" ? unsupervised : bin, "generate", ...flags],
    {
      cwd: dirname(folder),
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += String(chunk);
  });
  const timer = setInterval(() => {
    if (!existsSync(join(folder, "manifest.json.partial"))) return;
    child.kill(signal);
    clearInterval(timer);
  }, 2);
  const code = await new Promise<number | null>((ended) => child.on("close", ended));
  return { code, err };
}

/** The hashes of what `flags` give in one go, each once. */
const wholes = new Map<string, Promise<Readonly<Record<string, string>>>>();

function wholeHashes(flags: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const key = flags.join(" ");
  const known = wholes.get(key) ?? inOneGo(flags);
  wholes.set(key, known);
  return known;
}

async function inOneGo(flags: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const cwd = starterProject();
  expect((await generate(cwd, ...flags, "--out", "whole")).code).toBe(0);
  return hashesOf(join(cwd, "whole"));
}

const stopped =
  /^KT0909 stopped: [12] of 3 parts are written\n {2}hint: the same command with `--resume` goes on from there\n$/;

const parquet = [...long, "--format", "parquet"];
const injected = [...long, "--inject", "encoded"];

test.each([
  ["JSON Lines", "SIGKILL", long],
  ["Parquet", "SIGINT", parquet],
  ["Parquet", "SIGKILL", parquet],
  ["an injected scenario", "SIGINT", injected],
] as const)(
  "%s: after %s the same command goes on, and the bytes are those of one go",
  async (_, signal, command) => {
    const cwd = starterProject();
    const folder = join(cwd, "world");
    const flags = [...command, "--out", folder];
    const [code, err] = signal === "SIGINT" ? [130, stopped] : [null, /^$/];
    expect(await interrupted(flags, signal)).toEqual({ code, err: expect.stringMatching(err) });
    const left = readdirSync(folder);
    expect(left.every((name) => name.endsWith(".partial"))).toBe(true);
    // What is killed cannot tidy up.
    const temporary = left.filter((name) => name.includes(".rows"));
    expect(signal === "SIGINT" ? temporary : []).toEqual([]);
    const again = await generate(cwd, ...flags);
    expect(again.err).toContain("holds a generation that was stopped");
    const other = await generate(cwd, ...flags, "--resume", "--seed", "2");
    expect(other.err).toContain("`seed` was 0, now it is 2");
    expect((await generate(cwd, ...flags, "--resume")).code).toBe(0);
    expect(hashesOf(folder)).toEqual(await wholeHashes(command));
  },
  30_000,
);

test("stopped before anything is finished, it leaves nothing", async () => {
  const cwd = tempFolder();
  const onInterrupt = (handler: () => void): (() => void) => {
    handler();
    return () => {};
  };
  const { code, err } = await runCli(["generate", ...parquet, "--out", "world"], {
    cwd,
    onInterrupt,
  });
  expect([code, err]).toEqual([
    130,
    "KT0909 stopped before anything was finished: nothing is left\n",
  ]);
  expect(readdirSync(join(cwd, "world"))).toEqual([]);
});

test("a finished part that was changed is not gone on with", async () => {
  const cwd = tempFolder();
  const flags = [...long, "--out", join(cwd, "world")];
  await interrupted(flags, "SIGKILL");
  const file = join(cwd, "world/DeviceProcessEvents.jsonl.partial");
  const bytes = readFileSync(file);
  bytes[100] = 32;
  writeFileSync(file, bytes);
  const { code, err } = await generate(cwd, ...flags, "--resume");
  expect([code, err]).toEqual([2, expect.stringContaining("is not as the stopped call left it")]);
});

test("there must be something to go on with", async () => {
  const cwd = tempFolder();
  const { code, err } = await generate(cwd, "--resume", "--out", "world");
  expect([code, err]).toEqual([2, expect.stringContaining("there is nothing to go on with")]);
});

test("whoever watches sees how far it is, and nobody else", async () => {
  const cwd = tempFolder();
  const lines: string[] = [];
  const argv = ["generate", ...long, "--out", "world"];
  const { err } = await runCli(argv, { cwd, showProgress: (line) => lines.push(line) });
  expect(err).toBe("");
  expect(lines[0]).toMatch(/^░{24} 0 % {2}0 rows$/);
  expect(lines.some((line) => /^█+░+ \d+ % {2}[\d,]+ rows$/.test(line))).toBe(true);
  expect(lines.at(-1)).toBe("");
});

test("a full disk is an error, and nothing is left of what cannot be continued", () => {
  const cwd = tempFolder();
  const flags = "--devices 60 --days 2 --out world";
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", `trap '' XFSZ; ulimit -f 2000; exec "$0" "$1" generate ${flags}`, process.execPath, bin],
    { cwd, encoding: "utf8" },
  );
  expect(stderr).toMatch(/^KT0911 the files cannot be written: EFBIG/);
  expect(status).toBe(2);
  expect(readdirSync(join(cwd, "world"))).toEqual([]);
});
