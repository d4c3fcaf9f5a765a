import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { processesOf } from "../../src/lab/kill-processes.ts";
import { openLocalLab, type ScriptResult } from "../../src/lab/scripts/run-script.ts";
import type { Limits } from "../../src/lab/scripts/stopping.ts";
import { tempFolder } from "../support/temp-project.ts";

const path = process.env["PATH"] ?? "";
let runs = 0;

function start(text: string, limits: Partial<Limits> & { readonly path?: string } = {}) {
  const id = `33333333-3333-4333-8333-${String(++runs).padStart(12, "0")}`;
  const lab = openLocalLab({
    id,
    folder: tempFolder(),
    env: { PATH: limits.path ?? path },
    windows: false,
    now: () => new Date("2025-01-15T12:00:00Z"),
  });
  const result = lab.run(
    { name: "command", shell: "sh", text },
    { timeoutMs: 20_000, signal: new AbortController().signal, ...limits },
  );
  return { id, result };
}

const run = (text: string): Promise<ScriptResult> => start(text).result;

test("what a script wrote, and how it ended", async () => {
  expect(await run("echo out; echo err >&2; exit 7")).toMatchObject({
    exitCode: 7,
    stopped: null,
    out: "out\n",
    err: "err\n",
  });
});

test("it has no input, and only the environment it is given", async () => {
  process.env["KQLTEST_SECRET"] = "secret";
  const { out } = await run("cat; env");
  delete process.env["KQLTEST_SECRET"];
  expect(out).toContain("KQLTEST_RUN=33333333");
  expect(out).not.toContain("secret");
});

test("the script is a file that nobody else can read", async () => {
  const { out } = await run('stat -c %a "$0"');
  expect(out).toBe("600\n");
});

test("of much output the first part is kept", async () => {
  const { out, exitCode } = await run("yes | head -c 1000000");
  expect(exitCode).toBe(0);
  expect(out.length).toBeLessThan(300_000);
  expect(out).toMatch(/\n\(737856 more bytes\)\n$/);
});

// The inner shell leaves the process group, as a daemon does.
const family = "sleep 300 & setsid sh -c 'sleep 300' & echo ready; wait";

test("a time limit ends it with all it started", async () => {
  const { id, result } = start(family, { timeoutMs: 500 });
  expect(await result).toMatchObject({ exitCode: null, stopped: "timeout", out: "ready\n" });
  await gone(id);
});

test("so does an interruption", async () => {
  const controller = new AbortController();
  const { id, result } = start(family, { signal: controller.signal });
  while (processesOf(id).length < 4) await wait(10);
  controller.abort();
  expect(await result).toMatchObject({ exitCode: null, stopped: "interrupt" });
  await gone(id);
});

/** Waits until the system has buried the processes of a run; they were killed before. */
async function gone(id: string): Promise<void> {
  while (processesOf(id).length > 0) await wait(10);
  expect(processesOf(id)).toEqual([]);
}

test("a shell that is not there", async () => {
  await expect(start("true", { path: "/nowhere" }).result).rejects.toThrow(
    "KT0836 there is no `sh` on this machine",
  );
});
