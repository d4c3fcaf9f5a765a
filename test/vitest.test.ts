import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { copyStarter, tempFolder } from "./support/temp-project.ts";

const root = resolve(import.meta.dirname, "..");

interface TestOutcome {
  readonly name: string;
  readonly status: string;
  readonly message: string;
}

const matchers = `
  import { expect, test } from "vitest";
  import { detection } from "kqltest/vitest";
  const root = import.meta.dirname;
  const rule = detection("encoded-powershell", { root });
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
  test("✗ no such rule", () => expect(detection("encoded", { root })).toFlag(shell("")));
`;

const registration = `
  import { defineDetectionTests } from "kqltest/vitest";
  await defineDetectionTests({ root: import.meta.dirname });
`;

/** Runs the tests of three small projects in a Vitest of their own, and gives what it says of each by the name of its file. */
function runVitest(): ReadonlyMap<string, readonly TestOutcome[]> {
  const alias = { "kqltest/vitest": join(root, "src/vitest.ts") };
  const config = {
    resolve: { alias },
    test: {
      include: ["**/*.test.ts"],
      testTimeout: 60_000,
      pool: "threads",
      isolate: false,
      maxWorkers: 1,
    },
  };
  // Inside this package, where the import of vitest finds it.
  const folder = tempFolder(
    { "vitest.config.mjs": `export default ${JSON.stringify(config)};` },
    join(root, ".kqltest"),
  );
  copyStarter(join(folder, "matchers"), { "matchers.test.ts": matchers });
  copyStarter(join(folder, "failing"), {
    "failing.test.ts": registration,
    "expected/encoded-powershell/T1059.001/encoded-command.yaml":
      "verdict: true-positive\nrows:\n  - FileName: cmd.exe\n",
    "rules/encoded-powershell/rule.kql":
      "DeviceProcessEvents | where FileName == 'powershell.exe' and ProcessCommandLine !has '-File'",
  });
  copyStarter(join(folder, "wrong"), {
    "wrong.test.ts": registration,
    "rules/encoded-powershell/rule.kql": "DeviceProcessEvents | where Nope == 1",
  });
  const output = join(folder, "result.json");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--root", folder, "--reporter=json", `--outputFile=${output}`];
  spawnSync(process.execPath, args, { cwd: folder });
  return outcomesIn(readFileSync(output, "utf8"));
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function outcomesIn(json: string): ReadonlyMap<string, readonly TestOutcome[]> {
  const report = JSON.parse(json) as VitestReport;
  return new Map(
    report.testResults.map(({ name, message, assertionResults }) => [
      basename(name, ".test.ts"),
      assertionResults.length === 0
        ? [{ name: "", status: "failed", message }]
        : assertionResults.map(({ fullName, status, failureMessages }) => ({
            name: fullName,
            status,
            message: failureMessages.join("\n"),
          })),
    ]),
  );
}

test("rules as tests, and the matchers, in a Vitest of a user", { timeout: 120_000 }, () => {
  const outcomes = runVitest();
  expectFailing(outcomes.get("failing") ?? []);
  expectMatchers(outcomes.get("matchers") ?? []);
  const [wrong] = outcomes.get("wrong") ?? [];
  expect(wrong?.status).toBe("failed");
  expect(wrong?.message).toContain("rules/encoded-powershell/rule.kql:1:29 KT");
});

/** Every rule × scenario is a test, and a failing one shows what is wrong. */
function expectFailing(outcomes: readonly TestOutcome[]): void {
  expect(outcomes.map(({ name, status }) => [name, status])).toEqual([
    ["encoded-powershell T1059.001/administrator-script", "passed"],
    ["encoded-powershell T1059.001/encoded-command", "failed"],
    ["encoded-powershell verdicts stay where events are told in other words", "failed"],
  ]);
  expect(outcomes[2]?.message).toContain(
    "encoded-powershell › T1059.001/encoded-command › letter-case",
  );
  const message = outcomes[1]?.message ?? "";
  expect(message).toContain("DetectionError: FAIL  encoded-powershell › T1059.001/encoded-command");
  expect(message).toContain('- FileName  "cmd.exe"');
  expect(message).toContain("replay       kqltest --rule encoded-powershell");
  expect(message).not.toContain("src/vitest.ts");
}

function expectMatchers(outcomes: readonly TestOutcome[]): void {
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
}
