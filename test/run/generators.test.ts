import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import { loadProject } from "../../src/project/project.ts";
import { runSuite } from "../../src/run/suite.ts";
import { tempFolder } from "../support/temp-project.ts";

const generator = `import { defineScenarios } from "kqltest";
import { images } from "./_images.ts";

export const scenarios = defineScenarios({
  cases: images.map((image) => ({ image })),
  scenario: ({ image }) => ({
    title: image,
    truth: "malicious",
    timeline: ({ random }) => [{ process: image, pid: random.integer(1000, 9000) * 4 }],
  }),
});
`;

const files: Readonly<Record<string, string>> = {
  "rules/curl.kql": "// dialect: defender-xdr\nDeviceProcessEvents | where FileName == 'curl.exe'",
  "scenarios/T1/tools.ts": generator,
  "scenarios/T1/_images.ts": "export const images: readonly string[] = ['curl.exe', 'wget.exe'];",
  "expected/curl/T1/tools.yaml":
    "cases:\n  - when: { image: curl.exe }\n    verdict: true-positive\n  - when: { image: wget.exe }\n    verdict: false-negative\n    known: curl alone\n",
};

test("scenarios in TypeScript are checks like others, and give the same rows each time", async () => {
  const root = tempFolder(files);
  const first = await runSuite({ root });
  expect(first.checks.map(({ scenario, status }) => [scenario, status])).toEqual([
    ["T1/tools[image=curl.exe]", "passed"],
    ["T1/tools[image=wget.exe]", "passed"],
  ]);
  const again = await runSuite({ root, scenarios: ["T1/tools[image=curl.exe]"] });
  expect(again.checks).toEqual(first.checks.slice(0, 1));
  expect(readdirSync(join(root, ".kqltest/cache/modules")).length).toBeGreaterThan(0);
});

test("a project is found by a relative path too", async () => {
  const root = tempFolder(files);
  const project = await loadProject(relative(process.cwd(), root));
  expect([project.root, project.scenarios.length]).toEqual([root, 2]);
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  [
    "text that is no TypeScript",
    { "scenarios/T1/tools.ts": "export const = 1" },
    "scenarios/T1/tools.ts KT0550 the scenario cannot be loaded",
  ],
  [
    "a module that throws",
    { "scenarios/T1/tools.ts": "throw new Error('no luck');" },
    "scenarios/T1/tools.ts KT0550 the scenario cannot be loaded: no luck",
  ],
  [
    "a module without a scenario",
    { "scenarios/T1/tools.ts": "export const x = 1;" },
    "scenarios/T1/tools.ts KT0551 the module exports no scenario",
  ],
  [
    "a file that YAML has too",
    { "scenarios/T1/tools.yaml": "x" },
    "scenarios/T1/tools.yaml KT0706 the scenario `T1/tools` is in `scenarios/T1/tools.ts` too",
  ],
])("%s is a mistake", async (_, changes, message) => {
  let found = "nothing";
  try {
    await loadProject(tempFolder({ ...files, ...changes }), { cache: false });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    found = error.message;
  }
  expect(found).toContain(message);
});
