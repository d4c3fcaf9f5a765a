import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { bin, file, kqltest, loading, short } from "../../support/hostile-module.ts";
import { starterProject } from "../../support/temp-project.ts";

describe("what a module writes", () => {
  const output = "console.log('::error file=a::boo\\u001b[31m'); console.error('to the other')";

  test("is no part of a report, and is told with the name of its file", () => {
    const root = starterProject({ [file]: loading(output) });
    const { stdout, stderr } = kqltest(root, "show", "T1/x", "--format", "json");
    expect(JSON.parse(stdout)).toHaveLength(1);
    expect(stderr.split("\n")).toEqual(
      expect.arrayContaining([
        `[${file}] \\u003a:error file=a::boo\\u001b[31m`,
        `[${file}] to the other`,
      ]),
    );
  });

  test("stands with its error", () => {
    const root = starterProject({ [file]: loading(`${output}; process.exit(0)`) });
    const { stderr } = kqltest(root);
    expect(stderr).toContain("it wrote:\n");
    expect(stderr).toContain("\n  > \\u003a:error file=a::boo\\u001b[31m\n");
  });

  test("is cut where it is long", () => {
    const many = "for (let i = 0; i < 1e5; i++) console.log(String(i).padEnd(100, 'x'))";
    const root = starterProject({ [file]: loading(`${many}; throw new Error('no')`) });
    const { status, stderr } = kqltest(root);
    expect(status).toBe(2);
    expect(stderr.length).toBeLessThan(3000);
  });
});

describe("a reference", () => {
  const reference = "rules/encoded-powershell/reference.ts";
  test.each([
    [
      "exits while it loads",
      "process.exit(0); export const reference = () => [];",
      "KT0712 the module ended its process",
    ],
    [
      "exits",
      "export const reference = () => process.exit(0);",
      "KT0712 the module ended its process with exit code 0",
    ],
    [
      "loops",
      "export const reference = () => { for (;;); };",
      "KT0712 the module took longer than 2 s",
    ],
    [
      "gives a function",
      "export const reference = () => [{ a: () => 1 }];",
      "KT0712 the module threw an error",
    ],
    [
      "gives a date",
      "export const reference = () => [{ a: new Date() }];",
      "KT0711 the reference gave a row 1 that is no object",
    ],
    [
      "gives too many rows",
      "export const reference = () => Array.from({ length: 2e5 }, () => ({}));",
      "KT0711 the reference gave 200000 rows",
    ],
    [
      "gives no list",
      "export const reference = () => 7;",
      "KT0711 the reference gave no list of rows: found number",
    ],
    [
      "kills its process",
      "export const reference = () => process.kill(process.pid, 'SIGKILL');",
      "KT0712 the ",
    ],
  ])("that %s is an error of its file", (_, text, message) => {
    const { status, stdout } = kqltest(starterProject({ ...short, [reference]: text }));
    expect(stdout).toContain(`${reference} ${message}`);
    expect(status).toBe(2);
  });

  test("cannot change what the rule sees", () => {
    const text =
      "export const reference = (tables) => { for (const rows of Object.values(tables)) rows.length = 0; return []; };";
    const { status, stdout } = kqltest(starterProject({ [reference]: text }));
    expect(status).toBe(1);
    expect(stdout).toContain("reference");
  });
});

test("a module does not see the environment of the command", () => {
  const text = loading("if (process.env.KQLTEST_SECRET !== undefined) throw new Error('seen')");
  const root = starterProject({ [file]: text });
  const env = { ...process.env, KQLTEST_SECRET: "s" };
  const { status, stdout } = spawnSync(
    process.execPath,
    [bin, "show", "T1/x", "--format", "json", "--root", root],
    { encoding: "utf8", env },
  );
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toHaveLength(1);
});

test("the process of a module ends with the command, also in an endless loop", async () => {
  const root = starterProject({
    "kqltest.config.yaml": "moduleTimeoutSeconds: 3\n",
    [file]: loading("console.log(`pid ${process.pid}`); for (;;);"),
  });
  const command = spawn(process.execPath, [bin, "--root", root], { stdio: "ignore" });
  const pid = await childOf(command.pid ?? 0);
  command.kill("SIGKILL");
  for (let turn = 0; turn < 100 && isAlive(pid); turn++) await setTimeout(100);
  expect(isAlive(pid)).toBe(false);
});

/** The first child of the process `pid`, once there is one. */
async function childOf(pid: number): Promise<number> {
  for (let turn = 0; turn < 200; turn++) {
    const children = readFileSync(join("/proc", `${pid}/task/${pid}/children`), "utf8").trim();
    if (children !== "") return Number(children.split(" ")[0]);
    await setTimeout(50);
  }
  throw new Error("no child");
}

function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

describe("modules that are refused", () => {
  const modules = {
    [file]: loading("process.exit(0)"),
    "rules/encoded-powershell/reference.ts": "process.exit(0); export const reference = () => [];",
  };
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["by the flag", {}, ["--no-modules"]],
    ["by the configuration", { "kqltest.config.yaml": "modules: refuse\n" }, []],
    [
      "by the flag, whatever the configuration says",
      { "kqltest.config.yaml": "modules: allow\n" },
      ["--no-modules"],
    ],
  ])("%s do not run", (_, files, args) => {
    const root = starterProject({ ...modules, ...files });
    const { status, stderr } = kqltest(root, ...args);
    expect(stderr).toContain(
      `${file} KT0713 scenarios and references in TypeScript are not allowed`,
    );
    expect(stderr).not.toContain("KT0712");
    expect(status).toBe(2);
  });

  test("include references", () => {
    const { [file]: _, ...rest } = modules;
    const { status, stdout } = kqltest(starterProject(rest), "--no-modules");
    expect(stdout).toContain("rules/encoded-powershell/reference.ts KT0713");
    expect(status).toBe(2);
  });

  test.each([["list"], ["show", "T1/x"], ["generate", "T1/x", "--out", "rows"]])(
    "%s knows the flag",
    (...args) => {
      const root = starterProject({ [file]: loading("console.log('ran')") });
      expect(kqltest(root, ...args, "--no-modules").stderr).not.toContain("ran");
    },
  );

  test("make a run that was kept with them no result", () => {
    const root = starterProject({
      "rules/encoded-powershell/reference.ts":
        "export const reference = (tables: any) => (tables.DeviceProcessEvents ?? []).flatMap(() => []);",
    });
    kqltest(root);
    expect(kqltest(root, "--no-modules").stdout).toContain("KT0713");
  });
});
