import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import { position, toFileSpan } from "../../src/base/source.ts";
import { readRule } from "../../src/kql/rules/rule-file.ts";
import type { Rule, RuleMetadata } from "../../src/kql/rules/rule.ts";

const yaml = (text: string): Rule => readRule({ file: "rules/x/rule.yaml", text }, "x");
const kql = (text: string): Rule => readRule({ file: "rules/x.kql", text }, "x");

/** Line, column and line text of the place in the file where `needle` of the query stands. */
function placeOf(rule: Rule, needle: string): string {
  const start = rule.kql.text.indexOf(needle);
  const span = toFileSpan(rule.kql, { start, end: start + needle.length });
  const { line, column } = position(rule.kql.source.text, span.start);
  return `${line}:${column} ${rule.kql.source.text.slice(span.start, span.end)}`;
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error("no error was thrown");
}

test("a Sentinel rule with all that such files hold is read", () => {
  const rule = yaml(`
id: 11111111-2222-3333-4444-555555555555
name: Rare process
description: 'Something rare.'
severity: Low
status: Available
requiredDataConnectors:
  - connectorId: MicrosoftThreatProtection
    dataTypes: [DeviceProcessEvents]
queryFrequency: 1h
queryPeriod: P1D
triggerOperator: gt
triggerThreshold: 4
tactics:
relevantTechniques: [T1059.001]
query: DeviceProcessEvents
entityMappings:
  - entityType: Host
    fieldMappings: [{ identifier: FullName, columnName: DeviceName }]
customDetails: { Count: count_ }
alertDetailsOverride: { alertDisplayNameFormat: "{{DeviceName}}" }
eventGroupingSettings: { aggregationKind: SingleAlert }
suppressionEnabled: false
suppressionDuration: 5h
incidentConfiguration: { createIncident: true }
metadata: { source: { kind: Community } }
tags: [one]
version: 1.0.3
kind: Scheduled
`);
  expect(rule).toMatchObject({
    name: "x",
    file: "rules/x/rule.yaml",
    dialect: "defender-xdr",
    trigger: { operator: "gt", threshold: 4 },
    metadata: {
      title: "Rare process",
      severity: "Low",
      relevantTechniques: ["T1059.001"],
      version: "1.0.3",
    },
  });
  expect(rule.metadata.tactics).toBeUndefined();
});

describe("the dialect", () => {
  test.each([
    ["dialect: sentinel", "DeviceInfo | where Timestamp > ago(1d)", "sentinel"],
    ["dialect: defender-xdr", "DeviceInfo | where TimeGenerated > ago(1d)", "defender-xdr"],
    ["", "DeviceInfo | where Timestamp > ago(1d)", "defender-xdr"],
    ["", "DeviceInfo | where TimeGenerated > ago(1d)", "sentinel"],
    ["", "DeviceInfo | extend Timestamp = TimeGenerated", "sentinel"],
    ["", 'DeviceInfo | where DeviceName == "Timestamp"', "sentinel"],
    ["", "DeviceInfo", "sentinel"],
    [
      "requiredDataConnectors: [{ connectorId: MicrosoftThreatProtection }]",
      "DeviceInfo",
      "defender-xdr",
    ],
    [
      "requiredDataConnectors: [{ connectorId: MicrosoftThreatProtection }, { connectorId: Dns }]",
      "DeviceInfo",
      "sentinel",
    ],
    [
      "requiredDataConnectors: [{ connectorId: MicrosoftThreatProtection }]",
      "DeviceInfo | where TimeGenerated > ago(1d)",
      "sentinel",
    ],
  ])("of YAML with `%s` and `%s` is %s", (line, query, dialect) => {
    expect(yaml(`name: a\n${line}\nquery: |\n  ${query}\n`).dialect).toBe(dialect);
  });

  test.each([
    ["DeviceInfo", "defender-xdr"],
    ["DeviceInfo | where TimeGenerated > ago(1d) // not Timestamp", "sentinel"],
    ["// TimeGenerated is not here\nDeviceInfo", "defender-xdr"],
    ["// dialect: sentinel\nDeviceInfo", "sentinel"],
  ])("of the text `%s` is %s", (text, dialect) => {
    expect(kql(text).dialect).toBe(dialect);
  });
});

describe("places in the query are places in the file", () => {
  test.each([
    [
      "literal",
      "name: a\nquery: |\n  T\n\n    | where b > 1\n  | take 5\n",
      "5:7 where",
      "6:5 take 5",
    ],
    [
      "stripped",
      "name: a\nquery: |- # text\n  T\n  | where b > 1\n  | take 5",
      "4:5 where",
      "5:5 take 5",
    ],
    [
      "windows",
      "name: a\r\nquery: |\r\n  T\r\n  | where b\r\n  | take 5\r\n",
      "4:5 where",
      "5:5 take 5",
    ],
    [
      "folded",
      "name: a\nquery: >\n  T | take 1\n  | where b\n  | take 5\n",
      "4:5 where",
      "5:5 take 5",
    ],
    ["plain", "name: a\nquery: T | where b\n   | take 5", "2:12 where", "3:6 take 5"],
    ["single", "name: a\nquery: 'T | where b == ''x'' | take 5'", "2:13 where", "2:32 take 5"],
    ["double", 'name: a\nquery: "T | where b == \\"x\\"\\n| take 5"', "2:13 where", "2:33 take 5"],
    ["json", '{ "name": "a", "query": "T\\n| where b\\n| take 5" }', "1:31 where", "1:42 take 5"],
    [
      "alias",
      "name: a\ndescription: &q T | where b | take 5\nquery: *q",
      "2:21 where",
      "2:31 take 5",
    ],
  ])("%s", (_, text, where, take) => {
    const rule = yaml(text);
    expect(placeOf(rule, "where")).toBe(where);
    expect(placeOf(rule, "take 5")).toBe(take);
  });

  test("a text of escapes never leads out of the file", () => {
    const text = 'name: a\nquery: "\\u0054 | where\\tb\\n\\n| take \\x35"\n';
    const rule = yaml(text);
    for (let start = 0; start <= rule.kql.text.length; start++) {
      const span = toFileSpan(rule.kql, { start, end: start + 1 });
      expect(span.start).toBeGreaterThanOrEqual(text.indexOf("query"));
      expect(span.end).toBeLessThanOrEqual(text.length);
    }
  });
});

test("the first comments of a bare text are its metadata", () => {
  const rule = kql(`// title: Rare: process
// severity: High
// techniques: T1059, T1102.001
// see https://example.test
DeviceProcessEvents
// title: not this one
`);
  expect(rule.metadata).toEqual({
    title: "Rare: process",
    severity: "High",
    relevantTechniques: ["T1059", "T1102.001"],
  });
  expect(placeOf(rule, "DeviceProcessEvents")).toBe("5:1 DeviceProcessEvents");
  expect(kql("DeviceInfo").metadata.title).toBe("x");
});

test("mistakes are told with their place", () => {
  expect(messageOf(() => yaml("name: a\nquerry: T\n"))).toMatchInlineSnapshot(`
    "rules/x/rule.yaml:2:1 KT0401 unknown key \`querry\`
      2 | querry: T
        | ^^^^^^
      hint: did you mean \`query\`?"
  `);
  expect(messageOf(() => yaml("name: a\nquery: T\nseverity: Hihg\nqueryPeriod: soon\n")))
    .toMatchInlineSnapshot(`
      "rules/x/rule.yaml:3:11 KT0401 \`severity\` is \`Hihg\`, which is none of \`Informational\`, \`Low\`, \`Medium\`, \`High\`
        3 | severity: Hihg
          |           ^^^^
        hint: did you mean \`High\`?
      rules/x/rule.yaml:4:14 KT0401 \`queryPeriod\` must be a timespan such as \`5m\`, \`1h\`, \`1d\` or \`PT1H\`, found \`soon\`
        4 | queryPeriod: soon
          |              ^^^^"
    `);
  expect(messageOf(() => yaml("name: a\nquery: |\n  // nothing\n"))).toMatchInlineSnapshot(`
    "rules/x/rule.yaml:2:8 KT0402 the rule has no query
      2 | query: |
        |        ^
      hint: a rule that asks nothing finds nothing: write its KQL or delete the file"
  `);
  expect(messageOf(() => kql("// dialect: sentinal\nT"))).toMatchInlineSnapshot(`
    "rules/x.kql:1:13 KT0401 \`dialect\` is \`sentinal\`, which is none of \`defender-xdr\`, \`sentinel\`
      1 | // dialect: sentinal
        |             ^^^^^^^^
      hint: did you mean \`sentinel\`?"
  `);
  expect(messageOf(() => yaml("- a\n"))).toContain("the file must be a map, found a list");
});

test("the schema has every key of the type, and the type what it reads", () => {
  const keys = {
    id: "i",
    description: "d",
    severity: "High",
    status: "s",
    tactics: ["t"],
    relevantTechniques: ["T1102"],
    version: "1",
    kind: "NRT",
    confidence: "Low",
    dataSources: ["d"],
    requiredTables: ["t"],
    falsePositives: ["f"],
    metamorphic: { noise: "n" },
  } satisfies Required<Omit<RuleMetadata, "title">>;
  const schema = JSON.parse(readFileSync("schemas/rule.schema.json", "utf8")) as {
    readonly properties: object;
  };
  expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(keys)));
  const text = JSON.stringify({ name: "a", query: "T", ...keys });
  expect(yaml(text).metadata).toEqual({ title: "a", ...keys });
});
