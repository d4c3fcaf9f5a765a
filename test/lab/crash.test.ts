import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { processesOf } from "../../src/lab/kill-processes.ts";
import { openJournal, unfinishedRuns } from "../../src/lab/journal.ts";
import { runCli } from "../support/fake-io.ts";
import { project } from "./starting.ts";

const bin = resolve(import.meta.dirname, "../../src/cli/bin.ts");
const env = { PATH: process.env["PATH"] };

/** Starts a run that lasts, in a process of its own, and waits until its test has done something. */
async function startRun(root: string) {
  const args = ["--import", import.meta.resolve("jiti/register"), bin];
  const child = spawn(process.execPath, [...args, "atomics", "run", "T1102-1", "--yes"], {
    cwd: root,
    stdio: "ignore",
  });
  const ended = new Promise<number | null>((done) => child.on("exit", (code) => done(code)));
  while (!existsSync(join(root, "mark"))) await wait(20);
  return { child, ended };
}

const lasting = { command: 'touch "#{folder}/mark"; sleep 300' };

test("a run that was killed is cleaned up later", async () => {
  const root = project(lasting);
  const { child, ended } = await startRun(root);

  const early = await runCli(["atomics", "cleanup", "--yes"], { cwd: root, env });
  expect(early).toMatchObject({ code: 1, out: expect.stringContaining("left alone") as string });
  expect(existsSync(join(root, "mark"))).toBe(true);

  child.kill("SIGKILL");
  await ended;
  const [left] = unfinishedRuns(openJournal(root));
  if (left === undefined) throw new Error("the journal lost the run");
  expect(processesOf(left.id).length).toBeGreaterThan(0);
  expect(existsSync(left.folder)).toBe(true);

  const { code, out, err } = await runCli(["atomics", "cleanup", "--yes"], { cwd: root, env });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain(" ✓ cleanup  exit code 0\n");
  expect(existsSync(join(root, "mark"))).toBe(false);
  expect(existsSync(left.folder)).toBe(false);
  while (processesOf(left.id).length > 0) await wait(10);

  const again = await runCli(["atomics", "cleanup"], { cwd: root, env });
  expect(again).toEqual({ code: 0, out: "no run was interrupted\n", err: "" });
});

test("Ctrl-C ends the test and runs its cleanup", async () => {
  const root = project(lasting);
  const { child, ended } = await startRun(root);
  child.kill("SIGINT");
  expect(await ended).toBe(1);
  expect(existsSync(join(root, "mark"))).toBe(false);
  expect(unfinishedRuns(openJournal(root))).toEqual([]);
});
