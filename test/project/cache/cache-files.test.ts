import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { threadId } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { readCache, writeCache } from "../../../src/project/cache/cache-file.ts";
import { starterProject, tempFolder } from "../../support/temp-project.ts";

const isRoot = process.getuid?.() === 0;

function cache(): { readonly dir: string; readonly file: string } {
  const dir = join(tempFolder(), ".kqltest/cache");
  return { dir, file: join(dir, "events/a.json") };
}

const data = { rows: [1, "ü", null], deep: { a: true } };

test("what was kept comes back", () => {
  const { dir, file } = cache();
  writeCache(dir, file, data);
  expect(readCache(dir, file)).toEqual(data);
  expect(readFileSync(join(dir, ".gitignore"), "utf8")).toBe("*\n");
});

describe("nothing comes back, and the next writing heals it", () => {
  test.each<[string, (file: string, dir: string) => void]>([
    ["edited", (file) => edit(file, (text) => text.replace("true", "false"))],
    ["cut short", (file) => edit(file, (text) => text.slice(0, -3))],
    ["emptied", (file) => edit(file, () => "")],
    ["without a seal", (file) => edit(file, (text) => text.slice(text.indexOf("\n") + 1))],
    ["sealed with nothing", (file) => edit(file, (text) => text.replace(/^.*\n/, "\n"))],
    ["copied from another name", (file, dir) => copyOther(dir, file)],
    ["a link", (file) => link(file)],
    ["a folder", (file) => folder(file)],
  ])("where it is %s", (_, change) => {
    const { dir, file } = cache();
    writeCache(dir, file, data);
    change(file, dir);
    expect(readCache(dir, file)).toBeUndefined();
    if (lstatSync(file).isDirectory()) return;
    writeCache(dir, file, data);
    expect(readCache(dir, file)).toEqual(data);
  });
});

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

function copyOther(dir: string, file: string): void {
  const other = join(dir, "events/b.json");
  writeCache(dir, other, data);
  cpSync(other, file);
}

function link(file: string): void {
  cpSync(file, `${file}.real`);
  rmSync(file);
  symlinkSync(`${file}.real`, file);
}

function folder(file: string): void {
  rmSync(file);
  mkdirSync(file);
}

test.each([".kqltest", ".kqltest/cache", ".kqltest/cache/events"])(
  "where %s is a link, nothing is written through it",
  (path) => {
    const [root, elsewhere] = [tempFolder(), tempFolder()];
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(elsewhere, join(root, path));
    const dir = join(root, ".kqltest/cache");
    writeCache(dir, join(dir, "events/a.json"), data);
    expect(readdirSync(elsewhere)).toEqual([]);
  },
);

test("a temporary file that is a link is not written through", () => {
  const { dir, file } = cache();
  const target = join(tempFolder({ victim: "old" }), "victim");
  mkdirSync(dirname(file), { recursive: true });
  symlinkSync(target, `${file}.${process.pid}.${threadId}`);
  writeCache(dir, file, data);
  expect(readFileSync(target, "utf8")).toBe("old");
  expect(readCache(dir, file)).toEqual(data);
});

test.skipIf(!isRoot)("what belongs to another user is neither read nor written", () => {
  const { dir, file } = cache();
  writeCache(dir, file, data);
  chownSync(file, 65_534, 65_534);
  expect(readCache(dir, file)).toBeUndefined();
  writeCache(dir, file, data);
  expect(readCache(dir, file)).toEqual(data);
  chownSync(dir, 65_534, 65_534);
  expect(readCache(dir, file)).toBeUndefined();
  writeCache(dir, join(dir, "new.json"), data);
  expect(existsSync(join(dir, "new.json"))).toBe(false);
});

const built = pathToFileURL(
  resolve(import.meta.dirname, "../../../dist/project/cache/cache-key.js"),
).href;

/** The key that a process of its own finds with these variables; empty where there is none. */
function keyWith(env: Readonly<Record<string, string>>): string {
  const script = `import { cacheKey } from ${JSON.stringify(built)}; process.stdout.write(cacheKey()?.toString("hex") ?? "")`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    encoding: "utf8",
    timeout: 20_000,
  }).stdout;
}

describe("the key", () => {
  test("is made once, and nobody else can read it", () => {
    const folder = tempFolder();
    const key = keyWith({ XDG_CACHE_HOME: folder });
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(keyWith({ XDG_CACHE_HOME: folder })).toBe(key);
    expect(statSync(join(folder, "kqltest/cache.key")).mode & 0o777).toBe(0o600);
    expect(keyWith({ HOME: folder })).not.toBe(key);
    expect(existsSync(join(folder, ".cache/kqltest/cache.key"))).toBe(true);
  });

  test.each<[string, (file: string) => void]>([
    ["that others can read", (file) => chmodSync(file, 0o644)],
    ["that is cut short", (file) => writeFileSync(file, "abc")],
  ])("%s is replaced", (_, change) => {
    const folder = tempFolder();
    const key = keyWith({ XDG_CACHE_HOME: folder });
    change(join(folder, "kqltest/cache.key"));
    const other = keyWith({ XDG_CACHE_HOME: folder });
    expect(other).toMatch(/^[0-9a-f]{64}$/);
    expect(other).not.toBe(key);
  });

  test("is none where there is no place for it", () => {
    expect(keyWith({ XDG_CACHE_HOME: "/proc/nowhere" })).toBe("");
  });
});

const bin = resolve(import.meta.dirname, "../../../bin/kqltest.js");

function run(root: string, XDG_CACHE_HOME: string): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, [bin, "--root", root], {
    env: { ...process.env, XDG_CACHE_HOME },
    encoding: "utf8",
  });
  return { status, stdout };
}

test("the cache of a checkout is a miss for another user's key, and heals", () => {
  const root = starterProject();
  const [mine, theirs] = [tempFolder(), tempFolder()];
  expect(run(root, mine).stdout).not.toContain("Cached");
  expect(run(root, mine).stdout).toContain("Cached");
  const foreign = run(root, theirs);
  expect([foreign.status, foreign.stdout.includes("Cached")]).toEqual([0, false]);
  expect(run(root, theirs).stdout).toContain("Cached");
});

test("a planted plan, a planted run and planted JavaScript change no result", () => {
  const root = starterProject({
    "scenarios/T1/x.ts":
      'import { defineScenario } from "kqltest";\nexport const scenario = defineScenario({ title: "x", truth: "benign", timeline: [{ process: "cmd.exe" }] });\n',
    "expected/encoded-powershell/T1/x.yaml": "verdict: true-negative\n",
  });
  const home = tempFolder();
  expect(run(root, home)).toMatchObject({ status: 0 });
  const dir = join(root, ".kqltest/cache");
  const files = readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((file) => join(dir, file))
    .filter((file) => file.endsWith(".json"));
  expect(files.some((file) => file.includes("modules"))).toBe(true);
  // The rule no longer finds anything, and the planted files say that it does.
  const rule = join(root, "rules/encoded-powershell/rule.kql");
  edit(rule, (text) => `${text.trimEnd()}\n| where 1 == 2\n`);
  for (const file of files) {
    edit(file, (text) => text.replace(/^.{64}/, "0".repeat(64)).replaceAll("benign", "malicious"));
  }
  expect(run(root, home).status).toBe(1);
  edit(rule, (text) => text.replace("| where 1 == 2\n", ""));
  expect(run(root, home).status).toBe(0);
  expect(run(root, home).stdout).toContain("Cached");
});
