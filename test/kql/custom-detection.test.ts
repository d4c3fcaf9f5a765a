import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { position, toFileSpan } from "../../src/base/source.ts";
import { readRule } from "../../src/kql/rules/rule-file.ts";

const json = `{
  "@odata.type": "#microsoft.graph.security.detectionRule",
  "id": "35079",
  "displayName": "PowerShell from Word",
  "isEnabled": true,
  "createdBy": null,
  "queryCondition": {
    "queryText": "DeviceProcessEvents\\n| where FileName =~ 'powershell.exe'",
    "lastModifiedDateTime": null
  },
  "schedule": { "period": "12H", "nextRunDateTime": null },
  "lastRunDetails": { "status": null },
  "detectionAction": {
    "alertTemplate": {
      "title": "Word started PowerShell",
      "description": "Macros do so.",
      "severity": "medium",
      "category": "Execution",
      "recommendedActions": null,
      "mitreTechniques": ["T1059.001"],
      "impactedAssets": [{ "identifier": "deviceId" }]
    },
    "organizationalScope": null,
    "responseActions": []
  }
}`;

test("a rule as Microsoft Graph gives it", () => {
  const { kql, ...rule } = readRule({ file: "rules/word/rule.json", text: json }, "word");
  expect(kql.text).toBe("DeviceProcessEvents\n| where FileName =~ 'powershell.exe'");
  expect(rule).toEqual({
    name: "word",
    file: "rules/word/rule.json",
    dialect: "defender-xdr",
    metadata: {
      id: "35079",
      title: "PowerShell from Word",
      description: "Macros do so.",
      severity: "Medium",
      status: "enabled",
      tactics: ["Execution"],
      relevantTechniques: ["T1059.001"],
    },
  });
});

test("the query at the top of a YAML file, and the places in it", () => {
  const text = `displayName: Word
schedule: { period: "0" }
queryText: |
  DeviceProcessEvents
  | where FileName == "x"
alertTemplate:
  severity: high
`;
  const rule = readRule({ file: "rules/word.yaml", text }, "word");
  expect(rule.metadata).toEqual({ title: "Word", severity: "High" });
  const at = rule.kql.text.indexOf("FileName");
  const { line, column } = position(text, toFileSpan(rule.kql, { start: at, end: at + 1 }).start);
  expect([line, column]).toEqual([5, 11]);
});

test.each([
  ["SigninLogs | where TimeGenerated > ago(1d)", "", "sentinel"],
  ["DeviceInfo | count", "", "defender-xdr"],
  ["DeviceInfo | where Timestamp > ago(1d)", "dialect: sentinel\n", "sentinel"],
])("the dialect of %s", (query, more, dialect) => {
  const text = `queryText: ${query}\n${more}`;
  expect(readRule({ file: "x.yaml", text }, "x").dialect).toBe(dialect);
});

test.each([
  ["queryCondition: {}\n", "x.yaml:1:17 KT0401 `queryCondition` lacks the key `queryText`"],
  ["queryCondition: { queryText: 1 }\n", "KT0401 `queryCondition.queryText` must be a string"],
  ["queryText: // nothing\n", "x.yaml:1:12 KT0402 the rule has no query"],
  ["queryText: A\nschedule: { period: daily }\n", "x.yaml:2:21 KT0401 `schedule.period` must be"],
  [
    "queryText: A\nalertTemplate: { severity: Medium }\n",
    "KT0401 `alertTemplate.severity` is `Medium`, which is none of",
  ],
])("a mistake has its place: %j", (text, message) => {
  expect(() => readRule({ file: "x.yaml", text }, "x")).toThrow(message);
});

test("the schema names the keys that are read", () => {
  const schema = JSON.parse(readFileSync("schemas/detection-rule.schema.json", "utf8")) as {
    properties: object;
  };
  expect(Object.keys(schema.properties)).toEqual(
    expect.arrayContaining([
      ..."id displayName ruleName name description isEnabled queryText queryCondition".split(" "),
      ..."detectionAction alertTemplate dialect confidence".split(" "),
    ]),
  );
});
