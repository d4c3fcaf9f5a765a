import { expect, test } from "vitest";
import { readRule } from "../../src/kql/rules/rule-file.ts";
import { runSuite } from "../../src/run/suite.ts";
import type { CheckResult } from "../../src/run/types.ts";
import { readScenario } from "../../src/scenario/read-scenarios.ts";
import type { Scenario } from "../../src/scenario/model/types.ts";
import type { Dialect } from "../../src/schema/tables.ts";

const scenario = (id: string, timeline: string, more = ""): Scenario =>
  readScenario(
    {
      file: `${id}.yaml`,
      text: `version: 1\ntitle: t\ntruth: malicious\n${more}timeline:\n${timeline}`,
    },
    id,
  );

async function run(
  kql: string,
  dialect: Dialect,
  scenarios: readonly Scenario[],
): Promise<readonly CheckResult[]> {
  const rule = { ...readRule({ file: "r.kql", text: kql }, "r"), dialect };
  const { checks } = await runSuite({ project: { rules: [rule], scenarios, expectations: [] } });
  return checks;
}

const look = "  - dns: pastebin.com\n    by: powershell.exe\n    inspected: true\n";

test("a workspace has the rows of devices with its own columns, and JSON as values", async () => {
  const kql = `DeviceNetworkEvents
| where TimeGenerated > ago(2h) and AdditionalFields.query == "pastebin.com"
| project Type, HasTenant = isnotempty(TenantId), Same = TimeGenerated == Timestamp, tostring(AdditionalFields.qtype_name)`;
  const [check] = await run(kql, "sentinel", [scenario("a", look)]);
  expect(check?.rows.map(({ row }) => Object.values(row))).toEqual([
    ["DeviceNetworkEvents", true, true, "A"],
  ]);
});

test("in Defender the same rows have JSON as text", async () => {
  const kql = `DeviceNetworkEvents | where parse_json(AdditionalFields).query == "pastebin.com" | count`;
  const [check] = await run(kql, "defender-xdr", [scenario("a", look)]);
  expect(check?.rows.map(({ row }) => row)).toEqual([{ Count: 1 }]);
});

test("a sign-in is seen by rules of both products", async () => {
  const signIn = scenario("a", "  - signIn: Azure Portal\n    error: 50126\n    country: NL\n");
  const cases: readonly (readonly [Dialect, string])[] = [
    ["defender-xdr", "AADSignInEventsBeta | where ErrorCode == 50126 and Country == 'NL'"],
    [
      "defender-xdr",
      "EntraIdSignInEvents | where ErrorCode == 50126 and LogonType has 'interactiveUser'",
    ],
    [
      "sentinel",
      "SigninLogs | where ResultType == '50126' and tostring(LocationDetails.countryOrRegion) == 'NL' and TimeGenerated > ago(1d)",
    ],
  ];
  for (const [dialect, kql] of cases) {
    const [check] = await run(kql, dialect, [signIn]);
    expect([kql, check?.verdict]).toEqual([kql, "true-positive"]);
  }
});

test("`now()` of a rule is the now of each scenario", async () => {
  const step = "  - process: cmd.exe\n    at: -30m\n";
  const kql = "DeviceProcessEvents | where Timestamp > ago(1h) | project Now = now()";
  const checks = await run(kql, "defender-xdr", [
    scenario("c", step),
    scenario("b", step, "now: 2024-05-01T08:30:00Z\n"),
    scenario("a", step),
  ]);
  expect(checks.map(({ scenario, rows }) => [scenario, rows.map(({ row }) => row["Now"])])).toEqual(
    [
      ["a", ["2025-01-15T12:00:00.0000000Z"]],
      ["b", ["2024-05-01T08:30:00.0000000Z"]],
      ["c", ["2025-01-15T12:00:00.0000000Z"]],
    ],
  );
});
