import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { starterProject } from "./support/temp-project.ts";

// Each starts a Vitest, which starts an engine.
const slow = { timeout: 120_000 };
const root = resolve(import.meta.dirname, "..");

interface TestOutcome {
  readonly name: string;
  readonly status: string;
  readonly message: string;
}

/** What Vitest says of `files`, test files of a copy of the starter project, in a process of its own. */
function runVitest(files: Readonly<Record<string, string>>): readonly TestOutcome[] {
  const config = `export default {
    resolve: { alias: { "kqltest/vitest": ${JSON.stringify(join(root, "src/vitest.ts"))} } },
    test: { include: ["*.test.ts"], testTimeout: 60000 },
  };`;
  // Inside this package, where the import of vitest finds it.
  const folder = starterProject({ "vitest.config.mjs": config, ...files }, join(root, ".kqltest"));
  const output = join(folder, "result.json");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--root", folder, "--reporter=json", `--outputFile=${output}`];
  const { stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  const result = JSON.parse(readFileSync(output, "utf8")) as {
    readonly testResults: readonly {
      readonly message: string;
      readonly assertionResults: readonly {
        readonly fullName: string;
        readonly status: string;
        readonly failureMessages: readonly string[];
      }[];
    }[];
  };
  return result.testResults.flatMap(({ message, assertionResults }) =>
    assertionResults.length === 0
      ? [{ name: "", status: "failed", message: message || stderr }]
      : assertionResults.map(({ fullName, status, failureMessages }) => ({
          name: fullName,
          status,
          message: failureMessages.join("\n"),
        })),
  );
}

test("every rule × scenario is a test, and a failing one shows what is wrong", slow, () => {
  const outcomes = runVitest({
    "expected/encoded-powershell/T1059.001/encoded-command.yaml":
      "verdict: true-positive\nrows:\n  - FileName: cmd.exe\n",
    "detections.test.ts": `
      import { defineDetectionTests } from "kqltest/vitest";
      await defineDetectionTests({ root: import.meta.dirname });
    `,
  });
  expect(outcomes.map(({ name, status }) => [name, status])).toEqual([
    ["encoded-powershell T1059.001/administrator-script", "passed"],
    ["encoded-powershell T1059.001/encoded-command", "failed"],
  ]);
  const message = outcomes[1]?.message ?? "";
  expect(message).toContain("DetectionError: FAIL  encoded-powershell › T1059.001/encoded-command");
  expect(message).toContain('- FileName  "cmd.exe"');
  expect(message).toContain("replay       kqltest --rule encoded-powershell");
  expect(message).not.toContain("src/vitest.ts");
});

test("the matchers", slow, () => {
  const outcomes = runVitest({
    "matchers.test.ts": `
      import { expect, test } from "vitest";
      import { detection } from "kqltest/vitest";
      const rule = detection("encoded-powershell", { root: import.meta.dirname });
      const shell = (ProcessCommandLine) => ({
        DeviceProcessEvents: [{ FileName: "PWSH.exe", ProcessCommandLine }],
      });
      test("flags a scenario", () => expect(rule).toFlag("T1059.001/encoded-command"));
      test("flags rows", () => expect(rule).toFlag(shell("pwsh -EncodedCommand AA==")));
      test("stays silent on a scenario", () => expect(rule).toStaySilent("T1059.001/administrator-script"));
      test("stays silent on rows", () => expect(rule).toStaySilent(shell("pwsh -file a.ps1")));
      test("negated", async () => {
        await expect(rule).not.toFlag(shell("pwsh"));
        await expect(rule).not.toStaySilent("T1059.001/encoded-command");
      });
      test("rows", async () => {
        expect(await rule.rows("T1059.001/encoded-command")).toMatchRows([{ FileName: "powershell.exe" }]);
        expect(await rule.rows(shell("pwsh"))).toMatchRows([]);
      });
      test("a query", async () => {
        const query = detection({ kql: "DeviceProcessEvents | summarize Starts = count() by FileName" });
        expect(await query.rows(shell("pwsh"))).toMatchRows([{ FileName: "PWSH.exe", Starts: 1 }]);
      });
      test("✗ flags", () => expect(rule).toFlag(shell("pwsh")));
      test("✗ stays silent", () => expect(rule).toStaySilent(shell("pwsh -enc AA==")));
      test("✗ rows", async () => {
        expect(await rule.rows("T1059.001/encoded-command")).toMatchRows([{ FileName: "cmd.exe" }]);
      });
      test("✗ no such scenario", () => expect(rule).toFlag("T1059.001/encoded-comand"));
      test("✗ no such rule", () => expect(detection("encoded", { root: import.meta.dirname })).toFlag(shell("")));
    `,
  });
  const failed = outcomes.filter(({ status }) => status !== "passed");
  expect(failed.map(({ name }) => name)).toEqual(
    outcomes.map(({ name }) => name).filter((name) => name.startsWith("✗")),
  );
  expect(outcomes).toHaveLength(12);
  const messages = failed.map(({ message }) => message);
  expect(messages[0]).toContain(
    "`encoded-powershell` was to flag rows of DeviceProcessEvents, but gave 0 rows",
  );
  expect(messages[1]).toContain("`encoded-powershell` was to stay silent on rows");
  expect(messages[1]).toContain('ProcessCommandLine  "pwsh -enc AA=="');
  expect(messages[2]).toContain('- FileName  "cmd.exe"');
  expect(messages[3]).toContain("did you mean `T1059.001/encoded-command`?");
  expect(messages[4]).toContain("KT0906 the project has no rule `encoded`");
});

test("a project that is wrong fails the file, with the diagnostic", slow, () => {
  const [outcome] = runVitest({
    "rules/encoded-powershell/rule.kql": "DeviceProcessEvents | where Nope == 1",
    "detections.test.ts": `
      import { defineDetectionTests } from "kqltest/vitest";
      await defineDetectionTests({ root: import.meta.dirname });
    `,
  });
  expect(outcome?.status).toBe("failed");
  expect(outcome?.message).toContain("rules/encoded-powershell/rule.kql:1:29 KT");
});
