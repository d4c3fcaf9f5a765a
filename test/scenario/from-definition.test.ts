import { describe, expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import {
  defineScenario,
  defineScenarios,
  type ScenarioDefinition,
  type TimelineStep,
} from "../../src/scenario/define.ts";
import { scenariosDefined } from "../../src/scenario/from-definition.ts";
import type { Scenario } from "../../src/scenario/types.ts";
import { scenarioOf } from "./scenarios.ts";

const source = { file: "scenarios/T1/x.ts", text: "" };

function scenariosIn(module: Readonly<Record<string, unknown>>): readonly Scenario[] {
  const { cases, read } = scenariosDefined(module, {
    source,
    id: "T1/x",
    project: { readFile: () => undefined },
  });
  return cases.map(read);
}

const plain = {
  title: "t",
  truth: "benign",
  timeline: [{ process: "cmd.exe" }],
} satisfies ScenarioDefinition;

function problemsOf(module: Readonly<Record<string, unknown>>): string {
  try {
    scenariosIn(module);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "nothing";
}

test("a scenario gives the events that the same scenario in YAML gives", () => {
  const [typed] = scenariosIn({
    scenario: defineScenario({
      title: "t",
      truth: "malicious",
      technique: "T1102",
      devices: { laptop: null },
      timeline: [
        { id: "a", at: "-2h", process: "cmd.exe", columns: { ProcessIntegrityLevel: "Low" } },
        { connection: "pastebin.com", by: "a" },
        { row: "DeviceInfo", columns: { OSBuild: 7, Timestamp: "-1h" } },
      ],
    }),
  });
  const yaml = scenarioOf(
    `version: 1
title: t
truth: malicious
technique: T1102
devices: { laptop: }
timeline:
  - { id: a, at: -2h, process: cmd.exe, columns: { ProcessIntegrityLevel: Low } }
  - { connection: pastebin.com, by: a }
  - { row: DeviceInfo, columns: { OSBuild: 7, Timestamp: -1h } }
`,
    "T1/x",
  );
  expect(typed?.technique).toBe("T1102");
  expect(typed?.events({ now: 0n })).toEqual(yaml.events({ now: 0n }));
});

test("cases are named by their variables, and each has its own draws", () => {
  const scenarios = scenariosIn({
    scenarios: defineScenarios({
      cases: [
        { image: "curl.exe", n: 1 },
        { image: "wget.exe", n: 2 },
      ],
      scenario: ({ image, n }) => ({
        ...plain,
        timeline: ({ random, faker }) => [
          {
            process: image,
            pid: n,
            command: `${image} ${random.hex(8)} ${faker.person.fullName()}`,
          },
        ],
      }),
    }),
  });
  expect(scenarios.map(({ id }) => id)).toEqual([
    "T1/x[image=curl.exe,n=1]",
    "T1/x[image=wget.exe,n=2]",
  ]);
  expect(scenarios[1]?.case).toEqual({ file: "T1/x", variables: { image: "wget.exe", n: 2 } });
  const commands = scenarios.map(
    (scenario) => scenario.events({ now: 0n })[0]?.row["ProcessCommandLine"],
  );
  expect(commands).toMatchInlineSnapshot(`
    [
      "curl.exe  37df6294 Tommie Koss",
      "wget.exe  993c8dee Hope Spencer",
    ]
  `);
});

describe("a mistake", () => {
  let calls = 0;
  const made = (timeline: () => readonly TimelineStep[]): unknown =>
    defineScenario({ ...plain, timeline });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["no scenario", { x: 1 }, "scenarios/T1/x.ts KT0551 the module exports no scenario"],
    [
      "two scenarios",
      { a: defineScenario(plain), b: defineScenario(plain) },
      "KT0551 the module exports several scenarios",
    ],
    [
      "two cases of one name",
      { a: defineScenarios({ cases: [{ a: 1 }, { a: 1 }], scenario: () => plain }) },
      "KT0545 two cases are called `T1/x[a=1]`",
    ],
    [
      "a program that is not known",
      { a: made(() => [{ process: "cmd.exe" }, { process: "crul.exe" }]) },
      "scenarios/T1/x.ts KT0510 no program `crul.exe` is known, at `timeline.1.process`",
    ],
    [
      "a wrong type",
      { a: defineScenario({ ...plain, title: 1 as unknown as string }) },
      "scenarios/T1/x.ts KT0501 `title` must be a string, found a number, at `title`",
    ],
    [
      "an error",
      {
        a: made(() => {
          throw new Error("no luck");
        }),
      },
      "KT0552 the scenario threw an error: no luck",
    ],
    [
      "the clock",
      { a: made(() => [{ process: "cmd.exe", command: `cmd.exe ${Date.now()}` }]) },
      "KT0552 the scenario threw an error: `Date.now` differs each time; use times such as `at: -2h`",
    ],
    [
      "today",
      { a: made(() => [{ process: "cmd.exe", command: new Date().toISOString() }]) },
      "`new Date()` differs each time",
    ],
    [
      "chance",
      { a: made(() => [{ process: "cmd.exe", pid: Math.floor(Math.random() * 9) }]) },
      "`Math.random` differs each time; use `random` or `faker`",
    ],
    [
      "something that is kept from call to call",
      { a: made(() => [{ process: "cmd.exe", pid: ++calls }]) },
      "KT0553 the scenario is another one each time it is made",
    ],
  ])("%s", (_, module, message) => {
    expect(problemsOf(module)).toContain(message);
  });

  test("leaves the clock as it was", () => {
    expect(Date.now()).toBeGreaterThan(0);
    expect(Math.random()).toBeLessThan(1);
  });
});

// What tsc must refuse; each of these lines is an error, or the directive above it is one.
const refused: readonly TimelineStep[] = [
  // @ts-expect-error -- no such table
  { row: "DeviceInfos" },
  // @ts-expect-error -- no such column
  { row: "DeviceInfo", columns: { OSBuilt: 7 } },
  // @ts-expect-error -- a number is wanted
  { row: "DeviceNetworkEvents", columns: { RemotePort: true } },
  // @ts-expect-error -- a column of another table
  { row: "DeviceNetworkEvents", columns: { OSBuild: 7 } },
  // @ts-expect-error -- no such column in the process's table
  { process: "cmd.exe", columns: { RemotePort: 443 } },
  // @ts-expect-error -- no such column in the connection's table
  { connection: "pastebin.com", by: "cmd.exe", columns: { SHA257: "" } },
  // @ts-expect-error -- no kind of step
  { at: "-2h" },
];

test("what tsc refuses is refused at run time too, where kqltest can tell", () => {
  const [table, column] = refused;
  expect(problemsOf({ a: defineScenario({ ...plain, timeline: table ? [table] : [] }) })).toContain(
    "KT0507",
  );
  expect(
    problemsOf({ a: defineScenario({ ...plain, timeline: column ? [column] : [] }) }),
  ).toContain("KT0508");
});
