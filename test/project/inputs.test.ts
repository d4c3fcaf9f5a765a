import { expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import { loadInputs } from "../../src/project/inputs.ts";
import { loadProject } from "../../src/project/project.ts";
import { runSuite } from "../../src/run/suite.ts";
import { scenarioFromRows } from "../../src/scenario/from-rows.ts";
import type { CheckResult } from "../../src/run/types.ts";
import { tempFolder } from "../support/temp-project.ts";

const files: Readonly<Record<string, string>> = {
  "tables/apache.yaml": "name: Apache_CL\ncolumns:\n  Status: int\n  Host: string\n",
  "functions/Least.kql": "// parameters: (T:(*), least:long)\nT | where Status >= least\n",
  "functions/Errors.yaml":
    "FunctionAlias: Errors\nFunctionQuery: |\n  Apache_CL | invoke Least(400)\n",
  "rules/errors.kql": "Errors | project Host",
  "scenarios/T1/nothing.yaml":
    "version: 1\ntitle: Nothing\ntruth: benign\ntimeline:\n  - process: cmd.exe\n",
  "expected/errors/T1/nothing.yaml": "verdict: true-negative\n",
};

/** What the rule of the project in `changes` does with two requests, one of which failed. */
async function check(
  changes: Readonly<Record<string, string>> = {},
): Promise<CheckResult | undefined> {
  const root = tempFolder({ ...files, ...changes });
  const scenario = scenarioFromRows({
    id: "requests",
    truth: "malicious",
    rows: {
      Apache_CL: [
        { Status: 200, Host: "good" },
        { Status: 500, Host: "bad" },
      ],
    },
  });
  const project = { ...(await loadProject(root)), scenarios: [scenario], expectations: [] };
  const { checks, errors } = await runSuite({ project });
  if (errors.length > 0) throw new InputError(errors.flatMap(({ diagnostics }) => diagnostics));
  return checks[0];
}

function messageOf(error: unknown): string {
  if (error instanceof InputError) return error.message;
  throw error;
}

test("a rule reads a table and calls functions of the project", async () => {
  expect((await check())?.rows).toEqual([{ row: { Host: "bad" }, events: ["Apache_CL-2"] }]);
});

test("a mistake in a function stands in the function's file", async () => {
  const message = await check({
    "functions/Least.kql": "// parameters: (T:(*), least:long)\nT\n| where Statsu >= least\n",
  }).then(() => "", messageOf);
  expect(message).toMatchInlineSnapshot(`
    "functions/Least.kql:3:9 KT0101 the name \`Statsu\` does not refer to any known column, table, variable or function (KS142)
      3 | | where Statsu >= least
        |         ^^^^^^
      hint: did you mean \`Status\`?"
  `);
});

test("so does what has no translation", async () => {
  const message = await check({
    "functions/Errors.yaml":
      "FunctionAlias: Errors\nFunctionQuery: |\n  Apache_CL\n  | reduce by Host\n",
    "rules/errors.kql": "Errors | count",
  }).then(() => "", messageOf);
  expect(message).toContain("functions/Errors.yaml:4:5 KT0245 operator `reduce`");
});

test("a fuzzy union in a function takes what is not there for nothing", async () => {
  const found = await check({
    "functions/Errors.yaml":
      "FunctionAlias: Errors\nFunctionQuery: |\n  union isfuzzy=true Apache_CL, Nginx_CL | where Status > 400\n",
  });
  expect(found?.rows.map(({ row }) => row)).toEqual([{ Host: "bad" }]);
});

test("two declarations of a name, and every other mistake, are told at once", () => {
  const root = tempFolder({
    ...files,
    "tables/second.yaml": "name: Apache_CL\ncolumns: { x: int }\n",
    "functions/Apache_CL.kql": "print 1",
    "tables/third.json": "{}",
  });
  let message = "";
  try {
    loadInputs(root);
  } catch (error) {
    message = messageOf(error);
  }
  expect(message).toContain("tables/third.json:1:1 KT0720 the file lacks the key `name`");
  expect(message).toContain(
    "tables/second.yaml:1:7 KT0722 `Apache_CL` is declared in `tables/apache.yaml` too",
  );
  expect(message).toContain(
    "functions/Apache_CL.kql:1:1 KT0722 `Apache_CL` is declared in `tables/apache.yaml` too",
  );
});

test("scenarios have rows of the project's tables, in steps and in files", async () => {
  const header = "version: 1\ntitle: x\ntruth: malicious\ntimeline:\n";
  const root = tempFolder({
    ...files,
    "tables/apache.yaml":
      "name: Apache_CL\ncolumns: { TimeGenerated: datetime, Status: int, Host: string }\n",
    "rules/errors.kql": "Errors | where TimeGenerated > ago(1h) | project Host",
    "scenarios/T1/step.yaml": `${header}  - id: request\n    row: Apache_CL\n    at: -5m\n    columns: { Status: 500, Host: step }\n`,
    "scenarios/T1/file.yaml": `${header}  - id: requests\n    rows: requests.csv\n    table: Apache_CL\n    shift: true\n    at: -5m\n`,
    "scenarios/T1/requests.csv":
      "TimeGenerated,Status,Host\n2020-01-01T00:00:00Z,404,file\n2020-01-01T00:00:10Z,200,other\n",
    "expected/errors.yaml": "cases:\n  - when: { truth: malicious }\n    verdict: true-positive\n",
  });
  const { checks } = await runSuite({ root, cache: false });
  expect(
    checks.map(({ scenario, rows }) => [scenario, rows.map(({ row }) => row["Host"])]),
  ).toEqual([
    ["T1/file", ["file"]],
    ["T1/nothing", []],
    ["T1/step", ["step"]],
  ]);
});

test("a step's columns are checked against the project's table", async () => {
  const root = tempFolder({
    ...files,
    "scenarios/T1/nothing.yaml":
      "version: 1\ntitle: x\ntruth: benign\ntimeline:\n  - row: Apache_CL\n    columns: { Statsu: 500 }\n",
  });
  await expect(loadProject(root)).rejects.toThrow(
    "scenarios/T1/nothing.yaml:6:16 KT0508 table `Apache_CL` has no column `Statsu`",
  );
});
