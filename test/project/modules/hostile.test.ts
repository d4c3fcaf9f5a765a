import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { file, good, head, kqltest, loading, making, short } from "../../support/hostile-module.ts";
import { starterProject } from "../../support/temp-project.ts";

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
    ["closes its channel", making("process.disconnect()"), "KT0712 the module "],
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
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
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
