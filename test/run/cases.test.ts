import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import { jsonReporter } from "../../src/report/json-reporter.ts";
import { textReporter } from "../../src/report/text-reporter.ts";
import { loadProject } from "../../src/project/project.ts";
import { runSuite } from "../../src/run/suite.ts";
import { runUpdate } from "../../src/run/update/update-suite.ts";
import { applyUpdate } from "../../src/run/update/plan-update.ts";
import { detection } from "../../src/detection.ts";
import { tempFolder } from "../support/temp-project.ts";

const rule = `// dialect: defender-xdr
DeviceProcessEvents
| where FileName =~ "curl.exe"
| project FileName, ProcessCommandLine`;

const matrix = `version: 1
title: \${image} runs
truth: malicious
technique: T1105
matrix:
  image: [curl.exe, wget.exe]
  flag: [-s, -o]
timeline:
  - id: start
    process: \${image}
    command: \${image} \${flag}
`;

const expected = `cases:
  - when: { image: curl.exe }
    verdict: true-positive
    rows:
      - { FileName: "\${image}" }
  - when: { image: wget.exe }
    verdict: false-negative
    known: the rule names curl alone
`;

const plain = (technique: string, truth = "malicious"): string =>
  `version: 1\ntitle: t\ntruth: ${truth}\n${technique}timeline:\n  - process: cmd.exe\n`;

const files: Readonly<Record<string, string>> = {
  "rules/curl.kql": rule,
  "scenarios/T1105/tools.yaml": matrix,
  "scenarios/T1105/quiet.yaml": plain("", "benign"),
  "expected/curl/T1105/tools.yaml": expected,
  "expected/curl/T1105/quiet.yaml": "verdict: true-negative\n",
};

async function mistakes(changes: Readonly<Record<string, string>>): Promise<string> {
  try {
    await loadProject(tempFolder({ ...files, ...changes }));
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "nothing";
}

test("every case is a check of its own", async () => {
  const result = await runSuite({ root: tempFolder(files) });
  expect(result.checks.map(({ scenario, verdict, status }) => [scenario, verdict, status])).toEqual(
    [
      ["T1105/quiet", "true-negative", "passed"],
      ["T1105/tools[image=curl.exe,flag=-o]", "true-positive", "passed"],
      ["T1105/tools[image=curl.exe,flag=-s]", "true-positive", "passed"],
      ["T1105/tools[image=wget.exe,flag=-o]", "false-negative", "passed"],
      ["T1105/tools[image=wget.exe,flag=-s]", "false-negative", "passed"],
    ],
  );
  const text = textReporter.render({ ...result, durationMs: 1 }, { color: false, width: 100 });
  expect(text).toMatchInlineSnapshot(`
    " ✓ curl  5 scenarios   TP 2  FP 0  TN 1  FN 2  2 known
       ✓ T1105/tools  4 cases  TP 2  FP 0  TN 0  FN 2  2 known

     Known  accepted false verdicts; each must keep happening
       curl
         FN T1105/tools (2 cases)  the rule names curl alone

         Rules  1 passed (1)
     Scenarios  5
        Checks  5 passed (5)
      Verdicts  TP 2  FP 0  TN 1  FN 2  (2 known)
     Precision  1.00
        Recall  0.50
           Now  2025-01-15T12:00:00.0000000Z
      Duration  1 ms
    "
  `);
  const json = JSON.parse(jsonReporter.render(result, { color: false, width: 100 })) as {
    readonly results: readonly Record<string, unknown>[];
  };
  expect(json.results[1]).toMatchObject({
    scenario: "T1105/tools[image=curl.exe,flag=-o]",
    case: { file: "T1105/tools", variables: { image: "curl.exe", flag: "-o" } },
  });
});

test.each<[string, Parameters<typeof runSuite>[0] & object, number]>([
  ["one case", { scenarios: ["T1105/tools[image=curl.exe,flag=-o]"] }, 1],
  ["the cases of a file", { scenarios: ["T1105/tools"] }, 4],
  ["a file by its path", { filters: ["scenarios/T1105/tools.yaml"] }, 4],
  ["cases by a pattern", { scenarios: ["T1105/tools[image=wget.exe,*"] }, 2],
  ["cases by a part of their name", { filters: ["flag=-s"] }, 2],
])("%s can be run alone, and does the same", async (_, selection, count) => {
  const root = tempFolder(files);
  const all = await runSuite({ root });
  const some = await runSuite({ root, ...selection });
  expect(some.checks).toHaveLength(count);
  const names = some.checks.map(({ scenario }) => scenario);
  expect(some.checks).toEqual(all.checks.filter(({ scenario }) => names.includes(scenario)));
});

test("a case that is not as expected names its entry and replays alone", async () => {
  const wrong = expected.replace('"${image}"', '"${flag}"');
  const result = await runSuite({
    root: tempFolder({ ...files, "expected/curl/T1105/tools.yaml": wrong }),
  });
  const text = textReporter.render(result, { color: false, width: 100 });
  expect(text).toContain("✗ T1105/tools  4 cases  TP 2  FP 0  TN 0  FN 2  2 known  2 failed");
  expect(text).toContain("expectation  expected/curl/T1105/tools.yaml:2");
  expect(text).toContain("--scenario 'T1105/tools[image=curl.exe,flag=-o]'");
});

test("a detection takes a case by its id", async () => {
  const root = tempFolder(files);
  const rows = await detection("curl", { root }).rows("T1105/tools[image=curl.exe,flag=-o]");
  expect(rows).toEqual([{ FileName: "curl.exe", ProcessCommandLine: "curl.exe  -o" }]);
});

test.each<[string, string, Readonly<Record<string, string>>]>([
  [
    "a case without an expectation",
    "expected/curl/T1105/tools.yaml:1:1 KT0608 no entry is for `T1105/tools[image=wget.exe,flag=-s]`, `T1105/tools[image=wget.exe,flag=-o]`",
    { "expected/curl/T1105/tools.yaml": expected.split("  - when: { image: wget")[0] ?? "" },
  ],
  [
    "cases expected of a single scenario",
    "KT0612 `T1105/quiet` is a single scenario",
    { "expected/curl/T1105/quiet.yaml": "cases:\n  - verdict: true-negative\n" },
  ],
  [
    "techniques in the wrong place",
    "KT0611 which techniques a rule is for stands in one place",
    { "expected/curl/T1105/tools.yaml": `techniques: [T1105]\n${expected}` },
  ],
  [
    "a file for a case, which no file is for",
    "expected/curl/T1105/tools[image=curl.exe,flag=-s].yaml KT0705 the expectation is left over",
    { "expected/curl/T1105/tools[image=curl.exe,flag=-s].yaml": "verdict: true-positive\n" },
  ],
  [
    "a list of hosts outside of the project",
    "KT0543 `../../../hosts.txt` leads out of the project",
    {
      "scenarios/T1105/tools.yaml": matrix.replace(
        "[curl.exe, wget.exe]",
        "{ file: ../../../hosts.txt }",
      ),
    },
  ],
])("%s is a mistake", async (_, message, changes) => {
  expect(await mistakes(changes)).toContain(message);
});

test("files whose names begin with `_` are parts, and no scenarios", async () => {
  const part = { "scenarios/T1105/_part.yaml": "timeline:\n  - process: cmd.exe\n" };
  const quiet = { "scenarios/T1105/quiet.yaml": `${plain("", "benign")}include: [_part.yaml]\n` };
  const project = await loadProject(tempFolder({ ...files, ...part, ...quiet }));
  expect(project.scenarios.map(({ id }) => id)).not.toContain("T1105/_part");
  expect(project.scenarios[0]?.events({ now: 0n })).toHaveLength(2);
});

describe("an expectation for a folder", () => {
  const more: Readonly<Record<string, string>> = {
    "rules/cmd.kql": "// dialect: defender-xdr\nDeviceProcessEvents | where FileName == 'cmd.exe'",
    "scenarios/T1105/deep/cmd.yaml": plain("technique: T1059.003\n"),
    "expected/curl/T1105/deep.yaml": "verdict: false-negative\nknown: another rule finds it\n",
  };
  const statuses = async (
    changes: Readonly<Record<string, string>>,
  ): Promise<readonly (readonly unknown[])[]> => {
    const result = await runSuite({ root: tempFolder({ ...files, ...more, ...changes }) });
    return result.checks
      .filter((check) => check.rule === "cmd")
      .map(({ scenario, verdict, status, inScope }) => [scenario, verdict, status, inScope]);
  };

  test("is for the scenarios that no nearer file is for", async () => {
    expect(
      await statuses({
        "expected/cmd/T1105.yaml":
          "cases:\n  - when: { truth: benign }\n    verdict: false-positive\n    known: it is loud\n  - when: { scenario: T1105/tools }\n    verdict: false-negative\n    known: no cmd there\n",
        "expected/cmd/T1105/deep.yaml": "verdict: true-positive\n",
      }),
    ).toEqual([
      ["T1105/deep/cmd", "true-positive", "passed", undefined],
      ["T1105/quiet", "false-positive", "passed", undefined],
      ...["curl.exe,flag=-o", "curl.exe,flag=-s", "wget.exe,flag=-o", "wget.exe,flag=-s"].map(
        (name) => [`T1105/tools[image=${name}]`, "false-negative", "passed", undefined],
      ),
    ]);
  });

  test("of the rule may say for which techniques it is: it must be silent on others", async () => {
    const found = await statuses({
      "expected/cmd.yaml":
        "techniques: [T1059]\ncases:\n  - when: { truth: malicious }\n    verdict: true-positive\n  - when: { truth: benign }\n    verdict: false-positive\n    known: it is loud\n",
    });
    expect(found).toEqual([
      ["T1105/deep/cmd", "true-positive", "passed", undefined],
      ["T1105/quiet", "false-positive", "passed", undefined],
      ...["curl.exe,flag=-o", "curl.exe,flag=-s", "wget.exe,flag=-o", "wget.exe,flag=-s"].map(
        (name) => [`T1105/tools[image=${name}]`, "true-negative", "passed", false],
      ),
    ]);
  });

  test("does not keep a rule from firing on what it is not for", async () => {
    const [deep] = await statuses({
      "expected/cmd.yaml":
        "techniques: [T1105]\ncases:\n  - when: { truth: benign }\n    verdict: false-positive\n    known: it is loud\n  - when: { truth: malicious }\n    verdict: false-negative\n    known: no cmd there\n",
    });
    expect(deep).toEqual(["T1105/deep/cmd", "false-positive", "failed", false]);
  });

  test("that is left for nothing is a mistake, unless only some scenarios are run", async () => {
    const changes = {
      "expected/cmd.yaml":
        "cases:\n  - verdict: true-negative\n  - when: { truth: malicious, scenario: T9* }\n    verdict: true-positive\n",
    };
    expect(await mistakes({ ...more, ...changes })).toContain("expected/cmd.yaml:3:5 KT0607");
    const root = tempFolder({ ...files, ...more, ...changes });
    const project = await loadProject(root, { scenarios: ["T1105/quiet"], rules: ["cmd"] });
    expect(project.expectations).toHaveLength(1);
  });
});

describe("an update", () => {
  test("does not touch what is for several scenarios, and says what would have to change", async () => {
    const wrong = expected.replace(/true-positive[^-]*- \{.*\}/, "false-negative\n    known: gone");
    const root = tempFolder({
      ...files,
      "rules/curl.kql": rule.replace("curl.exe", "wget.exe"),
      "expected/curl/T1105/quiet.yaml": "verdict: false-positive\nknown: it was loud\n",
      "expected/curl/T1105/tools.yaml": wrong,
    });
    const { changes, notes } = await runUpdate({ root });
    expect(changes.map(({ path }) => path)).toEqual(["expected/curl/T1105/quiet.yaml"]);
    expect(notes).toEqual([
      {
        place: "expected/curl/T1105/tools.yaml:5",
        message:
          "`verdict` would have to be true-positive and not false-negative for 2 of 2 checks, the first of them `T1105/tools[image=wget.exe,flag=-o]`",
      },
    ]);
    applyUpdate(root, changes);
    expect(readFileSync(join(root, "expected/curl/T1105/tools.yaml"), "utf8")).toBe(wrong);
  });

  test("names the cases that have no expectation", async () => {
    const { "expected/curl/T1105/tools.yaml": _, ...without } = files;
    const { changes, notes } = await runUpdate({ root: tempFolder(without) });
    expect(changes).toEqual([]);
    expect(notes.map(({ place, message }) => `${place} ${message}`)).toEqual([
      "expected/curl/T1105/tools.yaml an expectation would have to be written for 4 of 4 checks, the first of them `T1105/tools[image=curl.exe,flag=-o]`",
    ]);
  });
});
