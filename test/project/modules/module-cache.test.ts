import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { makeModules as MakeModules } from "../../../src/project/modules/make-modules.ts";
import type {
  readCache as ReadCache,
  writeCache as WriteCache,
} from "../../../src/project/cache/cache-file.ts";
import { starterProject } from "../../support/temp-project.ts";

// Only built modules keep anything.
const { makeModules } = (await importBuilt("modules/make-modules.js")) as {
  readonly makeModules: typeof MakeModules;
};
const { readCache, writeCache } = (await importBuilt("cache/cache-file.js")) as {
  readonly readCache: typeof ReadCache;
  readonly writeCache: typeof WriteCache;
};

function importBuilt(file: string): Promise<unknown> {
  return import(pathToFileURL(resolve(import.meta.dirname, "../../../dist/project", file)).href);
}

const file = "scenarios/T1/x.ts";
const module = (count: number, more = ""): string => `
import { defineScenarios } from "kqltest";
import { image } from "./_image.ts";
${more}
export const scenarios = defineScenarios({
  cases: Array.from({ length: ${count} }, (_, n) => ({ n })),
  scenario: ({ n }) => ({
    title: "made",
    truth: "benign",
    timeline: ({ random }) => [{ process: image, pid: (n + random.integer(0, 0)) * 4 + 4 }],
  }),
});
`;

function project(count: number, more?: string): string {
  return starterProject({
    [file]: module(count, more),
    "scenarios/T1/_image.ts": 'export const image = "cmd.exe";\n',
  });
}

/** The titles of the scenarios that the module makes. */
async function titles(root: string): Promise<readonly string[]> {
  const cacheDir = join(root, ".kqltest/cache");
  const made = await makeModules(root, new Map([["T1/x", file]]), { cacheDir });
  const source = { file, text: readFileSync(join(root, file), "utf8") };
  const set = made.get("T1/x")?.({ source, id: "T1/x", project: { readFile: () => undefined } });
  return (set?.cases ?? []).map((one) => set?.read(one).title ?? "");
}

/** Makes what is kept of the module say something else, so that it shows where that is used. */
function alter(root: string): number {
  const cacheDir = join(root, ".kqltest/cache");
  const places = readdirSync(join(cacheDir, "modules"))
    .filter((name) => name.startsWith("made-"))
    .map((name) => join(cacheDir, "modules", name));
  for (const place of places) {
    const kept = JSON.stringify(readCache(cacheDir, place));
    writeCache(cacheDir, place, JSON.parse(kept.replaceAll("made", "kept")));
  }
  return places.length;
}

test("a module that did not change is not run again", async () => {
  const root = project(2);
  expect(await titles(root)).toEqual(["made", "made"]);
  expect(alter(root)).toBe(1);
  expect(await titles(root)).toEqual(["kept", "kept"]);
  writeFileSync(join(root, "scenarios/T1/_image.ts"), 'export const image = "curl.exe";\n');
  expect(await titles(root)).toEqual(["made", "made"]);
});

test("a module that depends on more than modules of the project is run each time", async () => {
  const root = project(1, "void process.env;");
  await titles(root);
  expect(alter(root)).toBe(0);
  expect(await titles(root)).toEqual(["made"]);
});

test("thousands of scenarios of one file cross in few messages", async () => {
  const root = project(3000);
  const start = performance.now();
  expect(await titles(root)).toHaveLength(3000);
  // A message for each of them and its answer would take longer than all of it does.
  expect(performance.now() - start).toBeLessThan(20_000);
});
