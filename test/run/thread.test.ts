import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";
import type { MetamorphicJob } from "../../src/run/metamorphic/run-variants.ts";
import type { createThread as CreateThread, RunThread } from "../../src/run/thread.ts";
import type { RunResult } from "../../src/run/types.ts";
import { countingProgram } from "../../src/plan/passes/columns-read.ts";
import type { Column } from "../../src/schema/types.ts";
import { starterProject } from "../support/temp-project.ts";

// A thread runs built modules, and only those keep plans.
const { createThread } = (await importBuilt("thread.js")) as {
  readonly createThread: typeof CreateThread;
};

function importBuilt(file: string): Promise<unknown> {
  return import(pathToFileURL(resolve(import.meta.dirname, "../../dist/run", file)).href);
}

const command = resolve(import.meta.dirname, "../../bin/kqltest.js");

const threads: RunThread[] = [];
afterEach(() => Promise.all(threads.splice(0).map((thread) => thread.stop())));

function thread(): RunThread {
  const made = createThread();
  if (made === undefined) throw new Error("the tests need two cores");
  threads.push(made);
  return made;
}

/** Compiles the rules of the project in `root`, and gives what the cache then holds. */
async function compiled(root: string): Promise<readonly string[]> {
  const cacheDir = join(root, ".kqltest/cache");
  await thread().compile({ root, cacheDir });
  return existsSync(cacheDir) ? readdirSync(cacheDir).toSorted() : [];
}

test("the plans of a project's rules are made on another thread, once", async () => {
  const root = starterProject();
  const kept = await compiled(root);
  expect(kept.filter((name) => /^[0-9a-f]{64}\.json$/.test(name))).toHaveLength(1);
  expect(kept).toContain("compiled.json");
  expect(await compiled(root)).toEqual(kept);
});

test("a rule that is wrong leaves it to the run to say so", async () => {
  const root = starterProject({ "rules/wrong.kql": "DeviceInfo | wehre x" });
  expect(await compiled(root)).not.toContain("compiled.json");
});

const span = { start: 0, end: 0 };
const fileName: Column = { name: "FileName", type: "string" };

/** Scenarios of one start, and a rule that minds the case of its name. */
const job: MetamorphicJob = {
  rule: { name: "r", dialect: "defender-xdr" },
  declared: [],
  // Written out: Microsoft's parser can be loaded once in a process, and built modules load it below.
  program: countingProgram({
    bindings: [],
    body: {
      kind: "filter",
      input: { kind: "scan", table: "DeviceProcessEvents", columns: [fileName], span },
      where: {
        kind: "call",
        name: "==",
        args: [
          { kind: "column", ...fileName, span },
          { kind: "literal", value: "curl.exe", type: "string", span },
        ],
        type: "bool",
        span,
      },
      span,
    },
  }),
  scenarios: ["one", "two"].map((id) => ({
    id,
    view: {
      events: [{ id: "start", table: "DeviceProcessEvents", row: { FileName: "curl.exe" } }],
      tables: ["DeviceProcessEvents"],
      names: { devices: [], deviceIds: [], accounts: [] },
    },
  })),
  options: { now: 0n },
};

test("scenarios are told in other words on another thread, and compared once it is known what fired", async () => {
  const compare = thread().runVariants(job);
  const jobResult = await compare(new Set(["one", "two"]));
  expect(jobResult).toMatchObject({ variants: 4, changing: ["letter-case"] });
  expect(jobResult.failures.map(({ scenario }) => scenario)).toEqual(["one", "two"]);
});

test("several are told one after the other, each compared with its own", async () => {
  const own = thread();
  const [first, second] = [own.runVariants(job), own.runVariants(job)];
  expect((await second(new Set(["one", "two"]))).failures).toHaveLength(2);
  expect((await first(new Set())).failures.map(({ transformation }) => transformation)).toEqual([
    "duplicate-delivery",
    "duplicate-delivery",
  ]);
});

test("a thread that has ended says so", async () => {
  const own = thread();
  const compare = own.runVariants(job);
  await own.stop();
  await expect(compare(new Set())).rejects.toThrow("the thread has ended");
  await expect(own.runVariants(job)(new Set())).rejects.toThrow("the thread has ended");
});

test("a thread for which the database works is waited for: DuckDB aborts the process where it is ended", async () => {
  const [one] = job.scenarios;
  if (one === undefined) throw new Error("no scenario");
  const [event] = one.view.events;
  if (event === undefined) throw new Error("no event");
  // Large texts, so that the database is busy for most of the time.
  const row = { FileName: "x".repeat(20_000) };
  const events = Array.from({ length: 20 }, (_, id) => ({ ...event, id: `${id}`, row }));
  const view = { ...one.view, events };
  const scenarios = Array.from({ length: 1500 }, (_, id) => ({ ...one, id: `${id}`, view }));
  for (const waitMs of [250, 350, 450, 550, 650]) {
    const own = thread();
    const compare = own.runVariants({ ...job, scenarios });
    await setTimeout(waitMs);
    await own.stop();
    await expect(compare(new Set())).rejects.toThrow("the thread has ended");
  }
});

test("a run with many scenarios is told by the thread what changes a verdict", () => {
  const numbers = Array.from({ length: 1100 }, (_, number) => number);
  const root = starterProject({
    // It minds the case of the name in two of them.
    "rules/case.kql": `DeviceProcessEvents | where FileName =~ "curl.exe"
      | where ProcessCommandLine !endswith " 7" and ProcessCommandLine !endswith " 1071" or FileName == "curl.exe"`,
    "scenarios/many.yaml": `version: 1
title: curl \${number}
truth: malicious
matrix:
  number: [${numbers.join(", ")}]
timeline:
  - process: curl.exe
    command: curl.exe \${number}
`,
    "expected/case/many.yaml": "verdict: true-positive\n",
    "expected/encoded-powershell.yaml": "verdict: false-negative\nknown: not looked for\n",
  });
  const args = ["--root", root, "--rule", "case", "--scenario", "many", "--reporter", "json"];
  // A process of its own: built modules and those of the tests would both load Microsoft's parser.
  const { status, stdout } = spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });
  expect(status).toBe(1);
  const { metamorphic } = JSON.parse(stdout) as RunResult;
  expect(metamorphic?.variants).toBeGreaterThan(3 * 1100);
  expect(metamorphic?.failures.map(({ scenario }) => scenario)).toEqual([
    "many[number=1071]",
    "many[number=7]",
  ]);
});
