import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/fake-io.ts";
import { starterProject } from "../support/temp-project.ts";

const flags = ["--truth", "malicious", "--process", "curl.exe", "--connection", "pastebin.com"];

/** Answers for the questions of a command, in their order; a question more is an error. */
function answering(...answers: readonly string[]): { ask: (question: string) => Promise<string> } {
  const left = [...answers];
  return {
    ask: async (question) => {
      const answer = left.shift();
      if (answer === undefined) throw new Error(`not expected: ${question}`);
      return answer;
    },
  };
}

test("flags alone make a scenario that runs", async () => {
  const cwd = starterProject();
  const made = await runCli(["new", "scenario", "T1102/curl-paste", ...flags], { cwd });
  expect(made).toMatchObject({ code: 0, err: "" });
  expect(made.out).toContain("scenarios/T1102/curl-paste.yaml written");
  const text = readFileSync(join(cwd, "scenarios/T1102/curl-paste.yaml"), "utf8");
  await expect(text).toMatchFileSnapshot("golden/new-scenario.yaml");
  const shown = await runCli(["show", "T1102/curl-paste"], { cwd });
  expect(shown.out).toContain("pastebin.com");
});

test("what is not given is asked for", async () => {
  const cwd = starterProject();
  const answers = answering(
    "T1204.002/macro",
    'A "macro": starts, # and calls',
    "m",
    "",
    "rundll32.exe",
    "WINWORD.EXE",
    'rundll32.exe "C:\\Users\\{user}\\x.dll",Start',
    "https://discord.com/api",
  );
  const made = await runCli(["new", "scenario"], { cwd, ...answers });
  expect(made).toMatchObject({ code: 0, err: "" });
  const text = readFileSync(join(cwd, "scenarios/T1204.002/macro.yaml"), "utf8");
  expect(text).toContain("technique: T1204.002\n");
  const { out } = await runCli(["show", "T1204.002/macro", "--format", "json"], { cwd });
  const [shown] = JSON.parse(out) as readonly { title: string; events: readonly object[] }[];
  expect(shown?.title).toBe('A "macro": starts, # and calls');
  expect(shown?.events).toHaveLength(2);
});

test("a file that is there stays, but for `--force`", async () => {
  const file = "scenarios/T1102/x.yaml";
  const cwd = starterProject({ [file]: "mine" });
  const args = ["new", "scenario", "T1102/x", ...flags];
  expect(await runCli(args, { cwd })).toMatchObject({ code: 2, out: "" });
  expect(readFileSync(join(cwd, file), "utf8")).toBe("mine");
  expect((await runCli([...args, "--force"], { cwd })).code).toBe(0);
});

test.each<[message: string, args: readonly string[]]>([
  ["`../x` cannot be the id of a scenario", ["../x", ...flags]],
  ["`T1102/_x` cannot be the id of a scenario", ["T1102/_x", ...flags]],
  ["did you mean `curl.exe`?", ["a/b", "--truth", "benign", "--process", "crul.exe"]],
  ["no host, address or URL", ["a/b", ...flags, "--connection", "a b"]],
  ["say an id", []],
  ["`--truth malicious` or `--truth benign`", ["a/b", "--process", "curl.exe"]],
  ["`technique`", ["a/b", ...flags, "--technique", "1102"]],
])("nothing is written where %s", async (message, args) => {
  const cwd = starterProject();
  const { code, err } = await runCli(["new", "scenario", ...args], { cwd });
  expect(code).toBe(2);
  expect(err).toContain(message);
});
