import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { starterProject } from "../../support/temp-project.ts";

// Real processes of the built command: what a module does to one must not decide how the run ends.
const bin = resolve(import.meta.dirname, "../../../bin/kqltest.js");

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function kqltest(root: string, ...args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args, "--root", root], {
    encoding: "utf8",
    timeout: 60_000,
    maxBuffer: 2 ** 26,
  });
  return { status, stdout, stderr };
}

const file = "scenarios/T1/x.ts";
const short = { "kqltest.config.yaml": "moduleTimeoutSeconds: 2\n" };
const head = 'import { defineScenario, defineScenarios } from "kqltest";\n';
const good = '{ title: "x", truth: "benign", timeline: [{ process: "cmd.exe" }] }';

/** A scenario whose timeline is made by `body`. */
const making = (body: string): string =>
  `${head}export const scenario = defineScenario({ ...${good}, timeline: () => { ${body}; return [{ process: "cmd.exe" }]; } });\n`;

/** A scenario that is in order, behind `body`. */
const loading = (body: string): string =>
  `${head}${body};\nexport const scenario = defineScenario(${good});\n`;

describe("a scenario cannot decide how the run ends", () => {
  test.each<[string, string, string]>([
    [
      "exits while it loads",
      loading("process.exit(0)"),
      "KT0712 the module ended its process with exit code 0",
    ],
    [
      "exits while it is made",
      making("process.exit(0)"),
      "KT0712 the module ended its process with exit code 0",
    ],
    ["loops while it loads", loading("while (true) {}"), "KT0712 the module took longer than 2 s"],
    ["loops while it is made", making("while (true) {}"), "KT0712 the module took longer than 2 s"],
    [
      "loops, and catches what stops it",
      making("for (;;) { try { for (;;) {} } catch {} finally { continue; } }"),
      "KT0712 the module took longer than 2 s",
    ],
    [
      "keeps its process busy with promises",
      loading("(async () => { for (;;) await null; })()"),
      "KT0712 the module took longer than 2 s",
    ],
    [
      "kills its process",
      loading('process.kill(process.pid, "SIGKILL")'),
      "KT0712 the process of the module was ended by SIGKILL",
    ],
    ["aborts", loading("process.abort()"), "KT0712 the process of the module was ended by SIG"],
    [
      "closes its channel",
      making("process.disconnect(); for (let i = 0; i < 1e10; i++);"),
      "KT0712 the module ",
    ],
    [
      "leaves a rejected promise",
      loading('void Promise.reject(new Error("late"))'),
      "KT0712 the module threw an error: late",
    ],
    [
      "throws later",
      loading(
        'setTimeout(() => { throw new Error("later"); }); const until = Date.now() + 50; while (Date.now() < until);',
      ),
      "KT0712 the module threw an error: later",
    ],
    [
      "takes all memory",
      loading("const all = []; for (;;) all.push(new Array(1e6).fill(0.5))"),
      "KT0712 the ",
    ],
    ["throws what has no text", loading("throw { toString() { throw this; } }"), "KT07"],
    [
      "writes a file",
      loading('require("node:fs").writeFileSync("/tmp/kqltest-hostile", "x")'),
      "Access to this API has been restricted",
    ],
    [
      "starts a program",
      loading('require("node:child_process").execSync("id")'),
      "Access to this API has been restricted",
    ],
    [
      "has a function for a case",
      `${head}export const s = defineScenarios({ cases: [{ a: () => 1 }], scenario: () => (${good}) });`,
      "KT0712 the module threw an error: ",
    ],
    [
      "has an object for a case",
      `${head}export const s = defineScenarios({ cases: [{ a: { b: 1 } }], scenario: () => (${good}) });`,
      "KT0712 the module gave a case 1 that is no object of texts",
    ],
    [
      "has a million cases",
      `${head}export const s = defineScenarios({ cases: Array.from({ length: 1e6 }, (_, a) => ({ a })), scenario: () => (${good}) });`,
      "KT0712 the module gave 1000000 cases",
    ],
    [
      "has a million steps",
      `${head}export const s = defineScenario({ ...${good}, timeline: Array.from({ length: 1e6 }, () => ({ process: "cmd.exe" })) });`,
      "KT0552 the scenario is larger than 16 MB",
    ],
    [
      "sends a message of its own",
      loading('const { Pipe } = process.binding("pipe_wrap")'),
      "KT0550 the scenario cannot be loaded: ",
    ],
  ])("that %s", (_, text, message) => {
    const limit = message.includes("2 s") ? 2 : 60;
    const settings = { "kqltest.config.yaml": `moduleTimeoutSeconds: ${limit}\n` };
    // Without a rule there is no parser to wait for.
    const { status, stdout, stderr } = kqltest(
      starterProject({ ...settings, [file]: text }),
      "show",
      "T1/x",
    );
    expect(stderr).toContain(`${file} KT0`);
    expect(stderr).toContain(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(existsSync("/tmp/kqltest-hostile")).toBe(false);
  });

  test.each([loading("process.exit(0)"), making("process.exit(0)")])("in a run: %s", (text) => {
    const { status, stdout, stderr } = kqltest(starterProject({ [file]: text }));
    expect(stderr).toContain(`${file} KT0712 the module ended its process with exit code 0`);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  test("nor hide the errors of the other files", () => {
    const root = starterProject({
      ...short,
      "scenarios/T1/a.ts": loading("process.exit(0)"),
      "scenarios/T1/b.ts": loading("while (true) {}"),
      "scenarios/T1/c.ts": loading('throw new Error("no luck")'),
      "scenarios/T1/d.yaml": "version: 2\n",
    });
    const { status, stderr } = kqltest(root);
    expect(status).toBe(2);
    expect(stderr.match(/^scenarios\/T1\/\w\.\w+(?::\d+:\d+)? KT\d{4}/gm)).toEqual(
      expect.arrayContaining([
        "scenarios/T1/a.ts KT0712",
        "scenarios/T1/b.ts KT0712",
        "scenarios/T1/c.ts KT0550",
        expect.stringMatching(/^scenarios\/T1\/d\.yaml/),
      ]),
    );
  });

  test.each([
    ['process.on("exit", () => { process.exitCode = 7; })'],
    ['process.on("exit", () => process.exit(0)); process.exitCode = 0'],
    ["setInterval(() => {}, 1000)"],
    ["Object.prototype.kind = 'failed'; Array.prototype.map = () => []"],
    ["JSON.parse = () => ({}); globalThis.process = undefined"],
  ])("with `%s` it is a scenario like others", (body) => {
    const root = starterProject({ [file]: loading(body) });
    const { status, stdout } = kqltest(root, "show", "T1/x");
    expect(stdout).toContain("cmd.exe");
    expect(status).toBe(0);
  });

  test("by ending the command itself: that is no success", () => {
    const root = starterProject({ [file]: loading("process.kill(process.ppid, 'SIGKILL')") });
    const { status, stdout } = kqltest(root);
    expect({ status, stdout }).toEqual({ status: null, stdout: "" });
  });

  test("by a debugger of the command", () => {
    const root = starterProject({ [file]: loading("process.kill(process.ppid, 'SIGUSR1')") });
    const { status, stderr } = kqltest(root, "list");
    expect(stderr).not.toContain("Debugger listening");
    expect(status).toBe(0);
    expect(kqltest(root).stderr).not.toContain("Debugger listening");
  });
});

test("a key that would change what an object is, is refused", () => {
  const text = `${head}export const scenario = defineScenario({ ...${good}, timeline: [JSON.parse('{ "process": "cmd.exe", "columns": { "__proto__": { "a": 1 } } }')] });`;
  const { status, stderr } = kqltest(starterProject({ [file]: text }));
  expect(stderr).toContain(
    `${file} KT0712 the module gave a scenario that is no JSON, or too large`,
  );
  expect(status).toBe(2);
});

describe("what a module writes", () => {
  const output = "console.log('::error file=a::boo\\u001b[31m'); console.error('to the other')";

  test("is no part of a report, and is told with the name of its file", () => {
    const root = starterProject({ [file]: loading(output) });
    const { stdout, stderr } = kqltest(root, "show", "T1/x", "--format", "json");
    expect(JSON.parse(stdout)).toHaveLength(1);
    expect(stderr.split("\n")).toEqual(
      expect.arrayContaining([
        `[${file}] ::error file=a::boo\\u001b[31m`,
        `[${file}] to the other`,
      ]),
    );
  });

  test("stands with its error", () => {
    const root = starterProject({ [file]: loading(`${output}; process.exit(0)`) });
    const { stderr } = kqltest(root);
    expect(stderr).toContain("it wrote:\n");
    expect(stderr).toContain("\n  > ::error file=a::boo\\u001b[31m\n");
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
    const { status, stdout, stderr } = kqltest(starterProject({ ...short, [reference]: text }));
    expect(stderr).toContain(`${reference} ${message}`);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
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
    const { status, stderr } = kqltest(starterProject(rest), "--no-modules");
    expect(stderr).toContain("rules/encoded-powershell/reference.ts KT0713");
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
    expect(kqltest(root, "--no-modules").stderr).toContain("KT0713");
  });
});
