import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Io } from "../../src/cli/io.ts";
import { readRecording } from "../../src/recording/read-recording.ts";
import { journalKinds, project, type Scripts } from "../lab/starting.ts";
import { runCli } from "../support/fake-io.ts";

const env = { PATH: process.env["PATH"], KQLTEST_TOKEN: "secret" };
const hasStrace = spawnSync("strace", ["-V"]).status === 0;
const mark: Scripts = { command: 'echo made; touch "#{folder}/mark"' };

function start(root: string, argv: readonly string[], changes: Partial<Io> = {}) {
  return runCli(["atomics", ...argv], { cwd: root, env, ...changes });
}

const run = (root: string, ...flags: readonly string[]) =>
  start(root, ["run", "T1102-1", "--yes", ...flags]);

const isMarked = (root: string): boolean => existsSync(join(root, "mark"));

describe("run", () => {
  test("shows what will run, runs it, and cleans up", async () => {
    const root = project({ ...mark, cleanup: 'ls "#{folder}"; rm "#{folder}/mark"' });
    const { code, out, err } = await run(root, "--input", "marker=run-7");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(`: "https://sinkhole.example" "run-7"\necho made; touch "${root}/mark"`);
    expect(out).toContain(" ✓ command  exit code 0\n     made\n ✓ cleanup  exit code 0\n");
    expect(out).toContain("     mark\n");
    expect(isMarked(root)).toBe(false);
    expect(journalKinds(root)).toEqual(["started", "ended", "cleaning", "cleaned"]);
  });

  test("nothing stays in the temporary folder", async () => {
    const root = project({ command: "pwd; touch litter" });
    const { out } = await run(root);
    const folder = /\S*kqltest-lab-\S*/.exec(out)?.[0] ?? "";
    expect(folder.startsWith(join(realpathSync(tmpdir()), "kqltest-lab-"))).toBe(true);
    expect(existsSync(folder)).toBe(false);
  });

  test("without a terminal it wants `--yes`, and shows what it would run", async () => {
    const root = project(mark);
    const { code, out, err } = await start(root, ["run", "T1102-1"]);
    expect(code).toBe(2);
    expect(out).toContain("echo made; touch");
    expect(err).toBe(
      "KT0837 nothing was run: nobody is there to say yes\n  hint: read what would run, then say so with `--yes`\n",
    );
    expect(existsSync(join(root, ".kqltest"))).toBe(false);
  });

  test.each([
    ["y", 0],
    [" YES ", 0],
    ["n", 2],
    ["", 2],
    ["yo", 2],
  ])("the answer %j gives %i", async (answer, code) => {
    const root = project(mark);
    const questions: string[] = [];
    const ask = async (question: string): Promise<string> => {
      questions.push(question);
      return answer;
    };
    expect((await start(root, ["run", "T1102-1"], { ask })).code).toBe(code);
    expect(questions).toEqual(["Run T1102-1 on this machine? [y/N] "]);
    expect(existsSync(join(root, ".kqltest"))).toBe(code === 0);
  });

  // oxfmt-ignore
  test.each([
    ["a test that fails", { command: 'touch "#{folder}/mark"; exit 3' }, [], " ✗ command  exit code 3\n ✓ cleanup  exit code 0\n"],
    ["one that takes too long", { command: 'touch "#{folder}/mark"; sleep 300' }, ["--timeout", "0.5"], " ✗ command  timeout\n ✓ cleanup  exit code 0\n"],
    ["a cleanup that fails", { command: "true", cleanup: ': "#{folder}"; exit 4' }, [], " ✓ command  exit code 0\n ✗ cleanup  exit code 4\n"],
    ["a dependency that is missing", { command: 'touch "#{folder}/mark"', check: "exit 1" }, [], " ✗ dependency-1  exit code 1\n the test did not run: dependency 1 is missing\n"],
  ] as const)("%s: 1, and nothing is left", async (_, scripts, flags, text) => {
    const root = project(scripts);
    const { code, out, err } = await run(root, ...flags);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out.endsWith(text)).toBe(true);
    expect(isMarked(root)).toBe(false);
    expect(journalKinds(root).at(-1)).toBe("cleaned");
  });

  test("an interruption ends the test, and its cleanup runs", async () => {
    const root = project({ command: 'touch "#{folder}/mark"; sleep 300' });
    const onInterrupt = (handler: () => void): (() => void) => {
      const watch = setInterval(() => isMarked(root) && handler(), 20);
      return () => clearInterval(watch);
    };
    const { code, out } = await start(root, ["run", "T1102-1", "--yes"], { onInterrupt });
    expect(code).toBe(1);
    expect(out).toContain(" ✗ command  interrupt\n");
  });

  // oxfmt-ignore
  test.each([
    ["marker=$(touch mark)", "KT0834"],
    ['marker=";touch mark;"', "KT0834"],
    ["marker=x\ntouch mark", "KT0834"],
    ["marker=../../mark", "KT0835"],
    ["service_url=https://pastebin.com", "KT0833"],
    ["service_url=https://sinkhole.example/`touch mark`", "KT0834"],
    ["service_url=https://sinkhole.example\\@pastebin.com", "KT0833"],
    ["folder=/tmp/../etc", "KT0835"],
  ])("--input %j is refused with %s, and nothing runs", async (input, code) => {
    const root = project(mark);
    const done = await run(root, "--input", input);
    expect({ code: done.code, out: done.out }).toEqual({ code: 2, out: "" });
    expect(done.err).toContain(`${code} `);
    expect(existsSync(join(root, ".kqltest"))).toBe(false);
  });

  test("a host is allowed by a flag or by the settings of the project", async () => {
    const root = project({ command: "true" });
    const flags = ["--input", "service_url=https://lab.contoso.com/x"];
    expect((await run(root, ...flags)).code).toBe(2);
    expect((await run(root, ...flags, "--allow", "lab.contoso.com")).code).toBe(0);
    writeFileSync(join(root, "kqltest.config.yaml"), "atomics: { allow: [lab.contoso.com] }\n");
    expect((await run(root, ...flags)).code).toBe(0);
  });

  test("what a test writes cannot steer the terminal, and it knows no secrets", async () => {
    const { out } = await run(project({ command: "printf '\\033[31m%s' \"$KQLTEST_TOKEN\"" }));
    expect(out).toContain("     \\u001b[31m\n");
  });

  test("an image is for a lab in containers", async () => {
    const { code, err } = await run(project(mark), "--image", "alpine");
    expect(code).toBe(2);
    expect(err).toContain(
      "KT0902 `alpine` is no value of `--image`\n  hint: it is for `--lab docker`",
    );
  });

  test.skipIf(!hasStrace)("`--record` writes what strace saw of the command alone", async () => {
    const root = project({ command: "env echo made | cat", cleanup: 'rm -f "#{folder}/mark"' });
    const { code, out } = await run(root, "--record", "recorded");
    expect(code).toBe(0);
    expect(out).toContain("     made\n");
    expect(out.endsWith(" recorded 4 rows: recorded\n")).toBe(true);
    const { tables, source, device, atomic } = readRecording(join(root, "recorded"));
    expect({ source, device, label: atomic?.technique }).toEqual({
      source: "strace",
      device: "pc-1",
      label: "T1102",
    });
    const rows = tables["DeviceProcessEvents"] ?? [];
    expect(rows.map((row) => row["FileName"])).toEqual(
      expect.arrayContaining(["sh", "env", "echo", "cat"]),
    );

    const again = await run(root, "--record", "recorded");
    expect({ code: again.code, out: again.out }).toEqual({ code: 2, out: "" });
    expect(again.err).toContain("KT0863 `recorded` is there already");
    expect((await run(root, "--record", "recorded", "--force")).code).toBe(0);
  });

  test("`--record` without strace is refused, and nothing runs", async () => {
    const root = project(mark);
    const argv = ["run", "T1102-1", "--yes", "--record", "recorded"];
    const { code, out, err } = await start(root, argv, { env: { PATH: "/nowhere" } });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("KT0844 there is no `strace` on this machine to record with");
    expect(existsSync(join(root, ".kqltest"))).toBe(false);
  });

  test("`--log` writes an execution log", async () => {
    const root = project({ command: "echo out; echo err >&2", check: "true" });
    await run(root, "--log", "log.json");
    const log = JSON.parse(readFileSync(join(root, "log.json"), "utf8")) as object;
    const time = "2025-01-15T12:00:00.000Z";
    const step = { "time-start": time, "time-stop": time, executor: "sh" };
    const nothing = [{ content: "", level: "STDOUT", type: "console" }];
    expect(log).toEqual({
      "attire-version": "1.1",
      "execution-data": {
        "execution-source": "kqltest",
        "execution-id": expect.stringMatching(/^[A-Za-z0-9+/]{48}$/) as string,
        "execution-category": { name: "Atomic Red Team", abbreviation: "ART" },
        "execution-command": "kqltest atomics run T1102-1",
        target: { user: "ada", host: "pc-1", ip: "192.0.2.7", path: env.PATH },
        "time-generated": time,
      },
      procedures: [
        {
          "mitre-technique-id": "T1102",
          "procedure-name": "Leave a mark",
          "procedure-id": { type: "guid", id: "2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01" },
          "procedure-description": "T1102-1: Leaves a mark.",
          order: 1,
          steps: [
            { order: 1, ...step, command: "true\n", output: nothing },
            {
              order: 2,
              ...step,
              command: ': "https://sinkhole.example" "run-1"\necho out; echo err >&2\n',
              output: [
                { content: "out\n", level: "STDOUT", type: "console" },
                { content: "err\n", level: "STDERR", type: "console" },
              ],
            },
            { order: 3, ...step, command: `rm -f "${root}/mark"\n`, output: nothing },
          ],
        },
      ],
    });
  });

  // oxfmt-ignore
  test.each([
    [["run", "T1102-1", "--timeout", "0"], "KT0902 `0` is no value of `--timeout`\n  hint: write seconds, more than 0 and at most a day\n"],
    [["run", "T1102-2"], "KT0815 there is no test `T1102-2`\n  hint: did you mean `T1102-1`?\n"],
  ])("%j is a mistake", async (argv, err) => {
    expect(await start(project(mark), argv)).toEqual({ code: 2, out: "", err });
  });
});

describe("check-prereqs", () => {
  test.each([
    ["true", 0, " ✓ dependency-1  exit code 0\n"],
    ["echo not there; exit 1", 1, " ✗ dependency-1  exit code 1\n     not there\n"],
  ] as const)("%s gives %i", async (check, expected, text) => {
    const root = project({ ...mark, check });
    const { code, out } = await start(root, ["check-prereqs", "T1102-1", "--yes"]);
    expect(code).toBe(expected);
    expect(out).toContain(text);
    expect(out.includes("echo get it")).toBe(expected === 1);
    expect(isMarked(root)).toBe(false);
  });

  test("a test that needs nothing", async () => {
    const { code, out } = await start(project(mark), ["check-prereqs", "T1102-1"]);
    expect({ code, out }).toEqual({ code: 0, out: "T1102-1 needs nothing\n" });
  });
});

describe("cleanup", () => {
  test("one by hand", async () => {
    const root = project(mark);
    writeFileSync(join(root, "mark"), "");
    expect((await start(root, ["cleanup", "T1102-1"])).code).toBe(2);
    expect(isMarked(root)).toBe(true);
    expect((await start(root, ["cleanup", "T1102-1", "--yes"])).code).toBe(0);
    expect(isMarked(root)).toBe(false);
    expect((await start(root, ["cleanup"])).out).toBe("no run was interrupted\n");
  });

  test("an interruption of the cleanup leaves the run unfinished", async () => {
    const root = project({
      command: 'touch "#{folder}/mark"',
      cleanup: 'if test -e "#{folder}/go"; then rm "#{folder}/mark"; else sleep 300; fi',
    });
    const { code, out } = await run(root, "--timeout", "0.5");
    expect(code).toBe(1);
    expect(out).toContain("the cleanup did not end: `kqltest atomics cleanup` runs it again");
    expect(journalKinds(root)).toEqual(["started", "ended", "cleaning"]);
  });

  test("a journal of others' hand runs nothing unasked, and removes no folder", async () => {
    const root = project(mark);
    await run(root);
    const path = join(root, ".kqltest/lab/journal.jsonl");
    const [first = ""] = readFileSync(path, "utf8").split("\n");
    const entry = JSON.parse(first) as object;
    const forged = {
      ...entry,
      id: "11111111-1111-4111-8111-111111111111",
      folder: root,
      cleanup: { shell: "sh", text: `touch ${root}/mark` },
      runner: { pid: 2 ** 22 + 1, since: "1" },
    };
    writeFileSync(path, `${JSON.stringify(forged)}\n`);
    const { code, out } = await start(root, ["cleanup"]);
    expect(code).toBe(2);
    expect(out).toContain(`touch ${root}/mark`);
    expect(isMarked(root)).toBe(false);
    expect((await start(root, ["cleanup", "--yes"])).code).toBe(0);
    expect(readdirSync(root)).toContain("atomics");
  });
});
