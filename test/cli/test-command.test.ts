import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/fake-io.ts";
import { starterProject, tempFolder } from "../support/temp-project.ts";

const encoded = "expected/encoded-powershell/T1059.001/encoded-command.yaml";
const administrator = "expected/encoded-powershell/T1059.001/administrator-script.yaml";

/** A report without what differs from run to run. */
const steady = (text: string): string => text.replace(/Duration {2}.*/, "Duration  …");

test("everything as expected: 0, and a line for the rule", async () => {
  const { code, out, err } = await runCli([], { cwd: starterProject() });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(steady(out)).toMatchInlineSnapshot(`
    " ✓ encoded-powershell  2 scenarios   TP 1  FP 0  TN 1  FN 0

         Rules  1 passed (1)
     Scenarios  2
        Checks  2 passed (2)
      Verdicts  TP 1  FP 0  TN 1  FN 0
      Variants  10, no verdict changed unexpectedly
     Precision  1.00
        Recall  1.00
           Now  2025-01-15T12:00:00.0000000Z
      Duration  …
    "
  `);
});

test("`test` is the command that runs where none is named", async () => {
  const cwd = starterProject();
  const [implicit, explicit] = [await runCli([], { cwd }), await runCli(["test"], { cwd })];
  expect(steady(explicit.out)).toBe(steady(implicit.out));
});

test("a rule that does something else: 1, and what came", async () => {
  const cwd = starterProject({ [encoded]: "verdict: true-positive\ncount: 2\n" });
  const { code, out, err } = await runCli([], { cwd });
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(steady(out)).toMatchInlineSnapshot(`
    " ✗ encoded-powershell  2 scenarios   TP 1  FP 0  TN 1  FN 0
       ✗ T1059.001/encoded-command  expected 2 rows, found 1

    ── Failed 1 ────────────────────────────────────────────────────────────────────────────────────────

      FAIL  encoded-powershell › T1059.001/encoded-command
       ✗ expected 2 rows, found 1
       verdict      true-positive, as expected
       output       1 row from shell
       expectation  expected/encoded-powershell/T1059.001/encoded-command.yaml
       replay       kqltest --rule encoded-powershell --scenario T1059.001/encoded-command --now 2025-01-15T12:00:00.0000000Z

         Rules  1 failed (1)
     Scenarios  2
        Checks  1 failed 1 passed (2)
      Verdicts  TP 1  FP 0  TN 1  FN 0
      Variants  10, no verdict changed unexpectedly
     Precision  1.00
        Recall  1.00
           Now  2025-01-15T12:00:00.0000000Z
      Duration  …
    "
  `);
});

test("the picture in the README is such a run", async () => {
  const cwd = starterProject({
    [encoded]:
      "verdict: true-positive\nrows:\n  - FileName: pwsh.exe\n    ProcessCommandLine: powershell.exe -nop -enc SQBFAFgA\n",
  });
  const { out } = await runCli([], { cwd });
  const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
  expect(steady(readme)).toContain(`\`\`\`\n$ npx kqltest\n${steady(out)}\`\`\``);
});

test("the replay line runs the failed check alone", async () => {
  const cwd = starterProject({ [encoded]: "verdict: true-positive\ncount: 2\n" });
  const { out } = await runCli(["--seed", "7", "--now", "2025-06-01T08:00:00Z"], { cwd });
  const replay = /replay +kqltest (.+)/.exec(out)?.[1] ?? "";
  expect(replay).toContain("--seed 7");
  const again = await runCli(replay.split(" "), { cwd });
  expect(again.code).toBe(1);
  expect(again.out).toMatch(/Checks {2}1 failed \(1\)/);
});

test.each<[string, readonly string[], RegExp]>([
  ["an empty folder", [], /KT0701 the project has no rules/],
  ["a filter that names nothing", ["encodde"], /KT0703 no rule or scenario matches `encodde`/],
  ["nearly a command", ["qurey"], /hint: did you mean the command `query`\?/],
])("%s: 2", async (name, argv, message) => {
  const cwd = name === "an empty folder" ? tempFolder() : starterProject();
  const { code, out, err } = await runCli(argv, { cwd });
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(message);
});

test("KQL that is wrong: 2, with its place in the file", async () => {
  const cwd = starterProject({
    "rules/encoded-powershell/rule.kql": "DeviceProcessEvents\n| where FileNam == 'x'\n",
  });
  const { code, out } = await runCli([], { cwd });
  expect(code).toBe(2);
  expect(out).toMatch(/^ {3}rules\/encoded-powershell\/rule\.kql:2:9 KT\d{4} /m);
});

test("a rule that cannot be run: 2, unless a detection failed", async () => {
  const wrong = {
    "rules/wrong.kql": "DeviceProcessEvents | where FileNam == 'x'",
    "expected/wrong/T1059.001/encoded-command.yaml": "verdict: true-positive\n",
    "expected/wrong/T1059.001/administrator-script.yaml": "verdict: true-negative\n",
  };
  const run = await runCli(["--reporter", "json"], { cwd: starterProject(wrong) });
  expect(run.code).toBe(2);
  expect(JSON.parse(run.out)).toMatchObject({
    summary: { rules: 1, failed: 0, errors: 1 },
    errors: [{ rule: "wrong", code: "KT0101", file: "rules/wrong.kql", line: 1, column: 29 }],
  });
  const silent = { "rules/encoded-powershell/rule.kql": "DeviceProcessEvents | where false" };
  expect((await runCli([], { cwd: starterProject({ ...wrong, ...silent }) })).code).toBe(1);
});

test("the JSON report is the same bytes each time", async () => {
  const cwd = starterProject();
  const [first, second] = [
    await runCli(["--reporter", "json"], { cwd }),
    await runCli(["--reporter", "json", "--no-cache"], { cwd }),
  ];
  expect(second).toEqual(first);
  expect(JSON.parse(first.out)).toMatchObject({ version: 1, summary: { checks: 2, passed: 2 } });
});

test("`--output` writes the report and leaves the text to the terminal", async () => {
  const cwd = starterProject({ "reports/old.json": "old" });
  const json = ["--reporter", "json", "--output"];
  const { code, out } = await runCli([...json, "reports/new/report.json"], { cwd, isTty: true });
  expect(code).toBe(0);
  expect(out).toContain("\u001b[32m✓");
  expect(JSON.parse(readFileSync(join(cwd, "reports/new/report.json"), "utf8"))).toHaveProperty(
    "version",
    1,
  );
  await runCli([...json, "reports/old.json"], { cwd });
  expect(readFileSync(join(cwd, "reports/old.json"), "utf8")).toContain('"version": 1');
  await runCli(["--output", "reports/text.txt"], { cwd, isTty: true });
  expect(readFileSync(join(cwd, "reports/text.txt"), "utf8")).not.toContain("\u001b");
  expect(readdirSync(join(cwd, "reports")).toSorted()).toEqual(["new", "old.json", "text.txt"]);
});

test("`--output` never takes the place of a folder", async () => {
  const cwd = starterProject();
  mkdirSync(join(cwd, "reports"));
  const { code, err } = await runCli(["--output", "reports"], { cwd });
  expect(code).toBe(2);
  expect(err).toContain("is a folder");
});

test("colours only for people who want them", async () => {
  const cwd = starterProject();
  const colored = async (env: Readonly<Record<string, string>>, isTty: boolean): Promise<boolean> =>
    (await runCli([], { cwd, env, isTty })).out.includes("\u001b");
  expect(await colored({}, true)).toBe(true);
  expect(await colored({ NO_COLOR: "" }, true)).toBe(true);
  expect(await colored({ NO_COLOR: "1" }, true)).toBe(false);
  expect(await colored({ TERM: "dumb" }, true)).toBe(false);
  expect(await colored({}, false)).toBe(false);
});

test("`--update` writes what is missing and what differs, and shows it", async () => {
  const cwd = starterProject({ [encoded]: "verdict: true-positive\ncount: 2 # two\n" });
  rmSync(join(cwd, administrator));
  const { code, out, err } = await runCli(["--update"], { cwd });
  expect(err).toMatchInlineSnapshot(`
    "expected/encoded-powershell/T1059.001/administrator-script.yaml (new)
      + verdict: true-negative

    expected/encoded-powershell/T1059.001/encoded-command.yaml (changed)
        verdict: true-positive
      - count: 2 # two
      + count: 1 # two

    2 expectation files changed

    "
  `);
  expect({ code, passed: /2 passed/.test(out) }).toEqual({ code: 0, passed: true });
  expect(readFileSync(join(cwd, encoded), "utf8")).toContain("count: 1 # two");
  expect(existsSync(join(cwd, administrator))).toBe(true);
  expect((await runCli(["--update"], { cwd })).err).toBe("no expectation changed\n\n");
});

test("`--update` leaves the reason of a false verdict to people", async () => {
  const cwd = starterProject({
    "rules/encoded-powershell/rule.kql": "DeviceProcessEvents\n| where FileName =~ 'cmd.exe'\n",
  });
  const { code, err } = await runCli(["--update"], { cwd });
  expect(code).toBe(2);
  expect(err).toContain("a `false-negative` needs the key `known`");
});

test("`--bail` stops at the first failure", async () => {
  const cwd = starterProject({
    [administrator]: "verdict: true-negative\ncount: 1\n",
    [encoded]: "verdict: true-positive\ncount: 2\n",
  });
  const { code, out } = await runCli(["--bail"], { cwd });
  expect(code).toBe(1);
  expect(out).toMatch(/Checks {2}1 failed \(1\)/);
  expect(out).toContain("stopped at the first failure");
});

test("`--root` names the project from elsewhere", async () => {
  const { code } = await runCli(["--root", starterProject()], { cwd: tempFolder() });
  expect(code).toBe(0);
});
