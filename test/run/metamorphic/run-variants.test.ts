import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readRule } from "../../../src/kql/rules/rule-file.ts";
import type { Rule } from "../../../src/kql/rules/rule.ts";
import { transformations } from "../../../src/run/metamorphic/transformations/index.ts";
import { runSuite } from "../../../src/run/suite.ts";
import type { RunOptions, MetamorphicResult } from "../../../src/run/types.ts";
import { scenarioFromRows } from "../../../src/scenario/from-rows.ts";
import type { Scenario } from "../../../src/scenario/model/types.ts";

const attack = scenarioFromRows({
  id: "attack",
  truth: "malicious",
  rows: {
    DeviceProcessEvents: [
      {
        Timestamp: "2025-01-15T10:59:30Z",
        DeviceId: "d1",
        DeviceName: "ws-1.contoso.example",
        AccountName: "amy",
        FileName: "curl.exe",
        FolderPath: "C:\\Users\\amy\\curl.exe",
        ProcessCommandLine: "curl.exe -s",
      },
      { Timestamp: "2025-01-15T10:59:30Z", DeviceId: "d1", FileName: "tar.exe" },
    ],
    DeviceNetworkEvents: [
      { Timestamp: "2025-01-15T10:59:30Z", DeviceId: "d1", RemoteUrl: "pastebin.com" },
    ],
  },
});

const ruleOf = (query: string, metamorphic?: Readonly<Record<string, string>>): Rule =>
  readRule(
    {
      file: "rules/r/rule.yaml",
      // Few columns: a verdict needs no more, and a table of few is quick to make.
      text: JSON.stringify({
        name: "r",
        query: `${query} | project DeviceId`,
        ...(metamorphic ? { metamorphic } : {}),
      }),
    },
    "r",
  );

async function check(
  rule: Rule,
  options: RunOptions = {},
  scenarios: readonly Scenario[] = [attack],
): Promise<MetamorphicResult> {
  const project = { rules: [rule], scenarios, expectations: [] };
  const { metamorphic } = await runSuite({ project, metamorphic: true, ...options });
  if (metamorphic === undefined) throw new Error("the checks did not run");
  return metamorphic;
}

/** A rule for each transformation that depends on what must not matter, and the end of what is said of it. */
const fragile: readonly (readonly [transformation: string, query: string, told: string])[] = [
  [
    "letter-case",
    `DeviceProcessEvents | where FileName == "curl.exe"`,
    '`FileName` of `DeviceProcessEvents-1`: "curl.exe" → "CURL.EXE"',
  ],
  [
    "url-form",
    `DeviceNetworkEvents | where RemoteUrl =~ "pastebin.com"`,
    '"pastebin.com" → "https://pastebin.com/"',
  ],
  [
    "argument-space",
    `DeviceProcessEvents | where ProcessCommandLine contains "exe -s"`,
    '"curl.exe -s" → "curl.exe  -s"',
  ],
  [
    "time-shift",
    "DeviceProcessEvents | where hourofday(Timestamp) == 10",
    "90 seconds later, the rule is silent",
  ],
  [
    "device-rename",
    `DeviceProcessEvents | where DeviceName startswith "ws-1."`,
    '"ws-1.contoso.example" → "ws-1-b.contoso.example"',
  ],
  ["user-rename", `DeviceProcessEvents | where AccountName == "amy"`, '"amy" → "amy2"'],
  [
    "row-order",
    `DeviceProcessEvents | take 1 | where FileName =~ "curl.exe"`,
    "opposite order, the rule is silent",
  ],
  [
    "duplicate-delivery",
    "DeviceNetworkEvents | summarize Seen = count() by DeviceId | where Seen == 1",
    "`DeviceNetworkEvents-1 (again)` added",
  ],
  [
    "noise",
    "DeviceProcessEvents | summarize Devices = dcount(DeviceId), DeviceId = take_any(DeviceId) | where Devices == 1",
    "`noise-process` added",
  ],
];

describe("a rule that depends on what must not matter", () => {
  test("there is one for each transformation", () => {
    expect(fragile.map(([name]) => name)).toEqual(transformations.map(({ name }) => name));
  });

  test.each(fragile)("%s", async (name, query, told) => {
    const { failures } = await check(ruleOf(query));
    expect(failures).toEqual([
      { rule: "r", scenario: "attack", transformation: name, message: expect.any(String) },
    ]);
    expect(failures[0]?.message.endsWith(told), failures[0]?.message).toBe(true);
  });

  test("is accepted where it declares that, with the reason", async () => {
    const query = `DeviceProcessEvents | where FileName == "curl.exe"`;
    expect((await check(ruleOf(query, { "letter-case": "a reason" }))).failures).toEqual([]);
  });
});

const sound = `DeviceProcessEvents | where FileName =~ "curl.exe" and AccountName != ""`;

describe("a rule that depends on nothing of it passes", () => {
  /** Reads what each transformation changes. */
  const everything = `DeviceProcessEvents | where Timestamp > ago(1d) and DeviceId != "" and AccountName != "" and ProcessCommandLine != ""
    | join kind=inner (DeviceNetworkEvents | where RemoteUrl has "pastebin.com") on DeviceId | where FileName =~ "curl.exe"`;
  test.each([
    ["in every way that changes what it reads", everything, transformations.length],
    ["in no other", sound, transformations.length - 4],
    [
      "where its columns depend on the data",
      `${sound} | extend B = bag_pack("A", 1) | evaluate bag_unpack(B)`,
      9,
    ],
  ])("%s", async (_, query, variants) => {
    expect(await check(ruleOf(query))).toEqual({ variants, failures: [] });
  });

  test("in every case of a file", async () => {
    const more = { ...attack, id: "attack[host=b]", case: { file: "attack", variables: {} } };
    const one = await check(ruleOf(everything));
    const two = await check(ruleOf(everything), {}, [attack, more, { ...more, id: "attack[c]" }]);
    expect(two).toEqual({ variants: 3 * one.variants, failures: [] });
  });
});

test("a declared change that changes nothing fails, where all scenarios are run", async () => {
  const rule = ruleOf(sound, { noise: "a reason" });
  expect((await check(rule)).failures).toMatchObject([{ scenario: null, transformation: "noise" }]);
  expect((await check(rule, { filters: ["attack"] })).failures).toEqual([]);
});

test("a rule declares the transformations that there are", () => {
  const schema = JSON.parse(readFileSync("schemas/rule.schema.json", "utf8")) as {
    readonly properties: { readonly metamorphic: { readonly properties: object } };
  };
  expect(Object.keys(schema.properties.metamorphic.properties)).toEqual(
    transformations.map(({ name }) => name),
  );
});

test("people keep their SIDs' domain and get folders of the new name", () => {
  const rename = transformations.find(({ name }) => name === "user-rename");
  const row = {
    AccountName: "amy",
    AccountSid: "S-1-5-21-1-2-3-1104",
    FolderPath: "C:\\Users\\amy\\curl.exe",
    InitiatingProcessAccountName: "system",
    InitiatingProcessAccountSid: "S-1-5-18",
  };
  const renamed = rename?.apply({
    events: [{ id: "a", table: "DeviceProcessEvents", row }],
    names: { devices: [], deviceIds: [], accounts: ["amy", "system"] },
  });
  expect(renamed?.[0]?.row).toEqual({
    AccountName: "amy2",
    AccountSid: "S-1-5-21-1-2-3-11050",
    FolderPath: "C:\\Users\\amy2\\curl.exe",
    InitiatingProcessAccountName: "system",
    InitiatingProcessAccountSid: "S-1-5-18",
  });
});
