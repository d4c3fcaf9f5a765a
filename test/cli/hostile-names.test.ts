import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "../support/fake-io.ts";
import { starterProject, tempFolder } from "../support/temp-project.ts";

/** Parts of names that a terminal, a log or a build service would act upon. */
const parts: readonly (readonly [what: string, part: string])[] = [
  ["a line feed and an order to GitHub", "\n::error file=a,line=1::boo"],
  ["a carriage return", "\rKT0000 nothing is wrong"],
  ["an escape sequence", "\u001b[2J\u001b[31m"],
  ["an order to Azure", "##vso[task.complete result=Succeeded]"],
  ["text from right to left", "\u202egnp.\u2066"],
  ["a line separator and a C1 control", "\u2028\u009b31m"],
];

/** Fails where `text` has what acts upon its reader. */
function expectSafe(text: string): void {
  // oxlint-disable-next-line no-control-regex -- control characters are what must be gone
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
  expect(text).not.toMatch(/^\s*::[A-Za-z]|##\w*\[/m);
  // A line of a diagnostic begins with its place, and no name makes another.
  expect(text).not.toMatch(/^KT0000/m);
}

const scenario = "version: 1\ntitle: x\ntruth: malicious\ntimeline:\n  - process: cmd.exe\n";

/** A project whose every name has `part` in it; what is in `broken` is wrong. */
function project(part: string, broken: boolean): string {
  const name = `x${part}`;
  return starterProject({
    [`rules/${name}/rule.kql`]: broken ? "DeviceInfo | wher" : "DeviceInfo",
    [`scenarios/T1/${name}.yaml`]: broken ? scenario.replace("cmd.exe", "[") : scenario,
    [`scenarios/T1/${name}-cases.yaml`]: `${scenario}matrix:\n  image: [a, b]\n`,
    [`expected/${name}.yaml`]: "cases:\n  - verdict: true-positive\n",
    [`expected/encoded-powershell/T1.yaml`]:
      "cases:\n  - verdict: false-negative\n    known: no reason\n",
    ...(broken
      ? {
          [`tables/${name}.yaml`]: "name: 7\n",
          [`functions/${name}.kql`]: "nothing",
          [`fixtures/watchlists/${name}.csv`]: "",
          [`expected/${name}/gone.yaml`]: "verdict: true-positive\n",
          [`organisations/${name}.yaml`]: "x: 1\n",
          [`atomics/T1/${name}.yaml`]: "x: 1\n",
        }
      : {}),
  });
}

describe.each(parts)("names with %s", (_, part) => {
  test.each([false, true])("reach no output; files are wrong: %s", async (broken) => {
    const root = project(part, broken);
    const out = join(tempFolder(), `o${part}`);
    const commands: readonly (readonly string[])[] = [
      ["test"],
      ["test", "--no-metamorphic", `T9${part}`],
      ["test", "--reporter", "json"],
      ["list"],
      ["list", "--cases"],
      ["list", "--json"],
      ["list", `T9${part}`],
      ["show", "T1/"],
      ["show", "T1/", "--format", "json"],
      ["show", `T9${part}`],
      ["generate", "T1/", "--out", out],
      ["generate", "--devices", "1", "--inject", `x${part}`, "--out", out, "--force"],
      ["query", "DeviceInfo", "--data", out],
      ["query", "print 1", "--data", `none${part}`],
      ["new", "scenario", `T2/n${part}`, "--process", "cmd.exe"],
      ["atomics", "validate"],
      ["atomics", "list"],
      ["import", `none${part}.xml`, "--out", out],
      ["replay", out],
      [`--un${part}`],
      ["test", "--now", `x${part}`],
    ];
    for (const command of commands) {
      const needsRoot = ["import", "replay"].includes(command[0] ?? "");
      const run = await runCli([...command, ...(needsRoot ? [] : ["--root", root])], { cwd: root });
      expectSafe(run.out);
      expectSafe(run.err);
    }
    if (!broken) await runUpdate(root);
  });
});

/** Last, as it changes the project. */
async function runUpdate(root: string): Promise<void> {
  const { out, err } = await runCli(["test", "--update", "--root", root]);
  expectSafe(out);
  expectSafe(err);
}
