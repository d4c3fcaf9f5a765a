import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { compileAhead as CompileAhead } from "../../src/run/compile-ahead.ts";
import { starterProject } from "../support/temp-project.ts";

// A thread runs built modules, and only those keep plans.
const built = resolve(import.meta.dirname, "../../dist/run/compile-ahead.js");

/** Compiles the rules of the project in `root`, and gives what the cache then holds. */
async function compiled(root: string): Promise<readonly string[]> {
  const { compileAhead } = (await import(pathToFileURL(built).href)) as {
    readonly compileAhead: typeof CompileAhead;
  };
  const cacheDir = join(root, ".kqltest/cache");
  const ahead = compileAhead({ root, cacheDir });
  await ahead.done;
  await ahead.stop();
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
