import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { runCached, type FolderRunOptions } from "../../src/run/run-cache.ts";
import { isSelfContained } from "../../src/project/modules/module-imports.ts";
import type { RunResult } from "../../src/run/types.ts";
import { starterProject } from "../support/temp-project.ts";

type Options = Omit<FolderRunOptions, "root">;

function run(root: string, options: Options = {}): Promise<RunResult> {
  return runCached({ root, ...options }, { keeps: true });
}

async function isCached(root: string, options?: Options): Promise<boolean> {
  return (await run(root, options)).cached === true;
}

const technique = "T1059.001/administrator-script.yaml";
const expectation = `expected/encoded-powershell/${technique}`;

test("a run with nothing changed tells what the last one found", async () => {
  const root = starterProject();
  const first = await run(root);
  expect(await run(root)).toEqual({ ...first, durationMs: expect.any(Number), cached: true });
});

test.each<[string, (root: string) => void]>([
  ["a rule", (root) => append(root, "rules/encoded-powershell/rule.kql", "// changed\n")],
  ["a scenario", (root) => append(root, `scenarios/${technique}`, "# changed\n")],
  ["an expectation", (root) => append(root, expectation, "# changed\n")],
  ["a file that is new", (root) => writeFileSync(join(root, "rules/note.txt"), "")],
  ["a file that is gone", (root) => rmSync(join(root, "rules/old.txt"))],
])("%s makes it run again", async (_, change) => {
  const root = starterProject({ "rules/old.txt": "old" });
  await run(root);
  expect(await isCached(root)).toBe(true);
  change(root);
  expect(await isCached(root)).toBe(false);
  expect(await isCached(root)).toBe(true);
});

test.each<Options>([
  { now: "2025-02-01T00:00:00Z" },
  { seed: 7 },
  { metamorphic: true },
  { missingFixtures: "empty" },
  { filters: ["*"] },
])("options %o have a result of their own", async (options) => {
  const root = starterProject();
  await run(root);
  expect(await isCached(root, options)).toBe(false);
  expect(await isCached(root, options)).toBe(true);
  expect(await isCached(root)).toBe(true);
});

test.each<Options>([{ cache: false }, { update: true }])(
  "%o neither keeps nor uses",
  async (options) => {
    const root = starterProject();
    await run(root, options);
    expect(await isCached(root)).toBe(false);
    expect(await isCached(root, options)).toBe(false);
  },
);

test("a run that failed is run again", async () => {
  const root = starterProject();
  append(root, expectation, "count: 99\n");
  expect((await run(root)).summary.failed).toBe(1);
  expect(await isCached(root)).toBe(false);
});

test("files from elsewhere are not seen to change, so nothing is kept", async () => {
  const root = starterProject({
    "data/part.yaml": "timeline:\n  - process: cmd.exe\n",
    "scenarios/parted.yaml":
      "version: 1\ntitle: t\ntruth: benign\ninclude: [../data/part.yaml]\ntimeline: []\n",
    "expected/encoded-powershell/parted.yaml": "verdict: true-negative\n",
  });
  await run(root);
  expect(await isCached(root)).toBe(false);
});

test("a module counts wherever it lies and whatever its language", async () => {
  const root = starterProject({ "tables/helper.mjs": `export * from "../lib/x.ts";` });
  await run(root);
  expect(await isCached(root)).toBe(false);
});

test("another time zone makes it run again: modules may ask for the hour", () => {
  const root = starterProject();
  const bin = resolve(import.meta.dirname, "../../bin/kqltest.js");
  const isCachedIn = (TZ: string): boolean =>
    execFileSync(process.execPath, [bin, "--root", root], {
      env: { ...process.env, TZ },
      encoding: "utf8",
    }).includes("Cached");
  expect(["Europe/Berlin", "Europe/Berlin", "America/New_York"].map(isCachedIn)).toEqual([
    false,
    true,
    false,
  ]);
});

test.each([
  [true, `import { defineScenario } from "kqltest";`],
  [true, `import type { Row } from "kqltest";\nexport * from "./_shared.ts";`],
  [true, `export const step = { process: "curl.exe", parent: "cmd.exe" };`],
  [false, `import { readFileSync } from "node:fs";`],
  [false, `import "./../../outside.ts";`],
  [false, `export { x } from 'lodash'`],
  [false, `const x = await import("kqltest");`],
  [false, `const x = require("./_shared.ts");`],
  [true, `// A process that the system's clock, Date.now(), knows.\nexport const x = 1;`],
  [true, `const at = Date.parse("2025-01-15") + Number(new Date(row.Timestamp));`],
  [false, `const home = process.env["HOME"];`],
  [false, `const { env } = process;`],
  [false, `const a = { process: process };`],
  [false, `const text = \`\n// \${process.pid}\`;`],
  [false, `const { env } = global["process"];`],
  [false, `const load = require;`],
  [false, `const year = new Date().getFullYear();`],
  [false, `const { now } = Date;`],
  [false, `const drawn = Math.random();`],
  [false, `const id = crypto.randomUUID();`],
  [false, `const sorted = names.sort((a, b) => a.localeCompare(b));`],
  [false, `import x from /* the other */ "lodash";`],
])("self-contained is %s: %s", (contained, text) => {
  const isInside = (file: string): boolean => file.startsWith("scenarios/");
  expect(isSelfContained({ file: "scenarios/a/x.ts", text }, isInside)).toBe(contained);
});

function append(root: string, file: string, text: string): void {
  writeFileSync(join(root, file), text, { flag: "a" });
}
