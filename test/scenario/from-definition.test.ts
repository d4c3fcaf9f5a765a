import { describe, expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import {
  defineScenario,
  defineScenarios,
  type ScenarioDefinition,
  type TimelineStep,
} from "../../src/scenario/define.ts";
import { scenariosDefined } from "../../src/scenario/definitions/from-definition.ts";
import type { Scenario } from "../../src/scenario/model/types.ts";
import { scenariosIn } from "../../src/scenario/definitions/module-scenarios.ts";
import { scenarioOf } from "./scenarios.ts";

function scenariosOf(module: Readonly<Record<string, unknown>>, text = ""): readonly Scenario[] {
  const { cases, read } = scenariosDefined(scenariosIn(module, "T1/x"), {
    source: { file: "scenarios/T1/x.ts", text },
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

function problemsOf(module: Readonly<Record<string, unknown>>, text = ""): string {
  try {
    scenariosOf(module, text);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "nothing";
}

test("a scenario gives the events that the same scenario in YAML gives", () => {
  const [typed] = scenariosOf({
    scenario: defineScenario({
      title: "t",
      truth: "malicious",
      technique: "T1102",
      devices: { laptop: null },
      timeline: [
        { id: "a", at: "-2h", process: "cmd.exe", columns: { ProcessIntegrityLevel: "Low" } },
        { connection: "pastebin.com", by: "a" },
        { row: "DeviceInfo", columns: { OSBuild: 7, Timestamp: "-1h" } },
        { row: "SecurityEvent", columns: { EventID: 4624, Computer: "a" } },
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
  - { row: SecurityEvent, columns: { EventID: 4624, Computer: a } }
`,
    "T1/x",
  );
  expect(typed?.technique).toBe("T1102");
  expect(typed?.events({ now: 0n })).toEqual(yaml.events({ now: 0n }));
});

test("cases are named by their variables, and each has its own draws", () => {
  const scenarios = scenariosOf({
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
    ["no scenario", { x: 1 }, "KT0551 the module exports no scenario"],
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
      "scenarios/T1/x.ts KT0501 `title` must be a string, found the number `1`\n",
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
  // @ts-expect-error -- no such column in a workspace's table
  { row: "SecurityEvent", columns: { EventId: 4624 } },
  // @ts-expect-error -- a number is wanted
  { row: "SecurityEvent", columns: { EventID: "4624" } },
  // @ts-expect-error -- no kind of step
  { at: "-2h" },
];

const program = `import { defineScenario } from "kqltest";

const paste = "paste bin.com";
export const scenario = defineScenario({
  title: "t",
  truth: "benign",
  timeline: [
    { process: "cmd.exe", at: "soon", columns: { ProcessId: 1.5, Foo: 1 } },
    { connection: paste, by: "cmd.exe" },
    { connection: "a.example" },
    { process: ["crul", "exe"].join(".") },
  ],
});
`;

test("a mistake has its place in the program where it is written there once", () => {
  const timeline = [
    { process: "cmd.exe", at: "soon", columns: { ProcessId: 1.5, Foo: 1 } },
    { connection: "paste bin.com", by: "cmd.exe" },
    { connection: "a.example" },
    { process: "crul.exe" },
  ] as unknown as readonly TimelineStep[];
  const told = problemsOf({ a: defineScenario({ ...plain, timeline }) }, program);
  expect(told.split("\n").filter((line) => /KT\d{4}/.test(line))).toEqual([
    "scenarios/T1/x.ts:8:31 KT0505 `soon` is no time, at `timeline.0.at`",
    "scenarios/T1/x.ts:8:61 KT0509 column `ProcessId` is of type `long`, found the number `1.5`, at `timeline.0.columns.ProcessId`",
    "scenarios/T1/x.ts:8:66 KT0508 table `DeviceProcessEvents` has no column `Foo`, at `timeline.0.columns.Foo`",
    "scenarios/T1/x.ts:3:15 KT0513 `paste bin.com` is no host, address or URL, at `timeline.1.connection`",
    "scenarios/T1/x.ts:10:19 KT0514 the connection does not say which process makes it, at `timeline.2`",
    "scenarios/T1/x.ts KT0510 no program `crul.exe` is known, at `timeline.3.process`",
  ]);
});

test("a whole number of any size keeps its digits", () => {
  const big = 9007199254740993n as unknown as string;
  const timeline = [{ process: "cmd.exe", columns: { LogonId: big } }];
  const [scenario] = scenariosOf({ a: defineScenario({ ...plain, timeline }) });
  expect(scenario?.events({ now: 0n })[0]?.row["LogonId"]).toBe("9007199254740993");
});

test("what tsc refuses is refused at run time too, where kqltest can tell", () => {
  const [table, column] = refused;
  expect(problemsOf({ a: defineScenario({ ...plain, timeline: table ? [table] : [] }) })).toContain(
    "KT0507",
  );
  expect(
    problemsOf({ a: defineScenario({ ...plain, timeline: column ? [column] : [] }) }),
  ).toContain("KT0508");
});
