import { describe, expect, test } from "vitest";
import { lastAt, lastWorking, parseHours } from "../../src/scenario/model/calendar.ts";
import { formatInstant, parseInstant } from "../../src/schema/time.ts";
import { around, eventsOf, now, problemsOf, scenarioOf, text, ticks } from "./scenarios.ts";

const instant = (iso: string): bigint => parseInstant(iso) ?? -1n;

// 2025-01-15 is a Wednesday.
test.each<[at: string, zone: string, iso: string]>([
  ["monday 09:15", "UTC", "2025-01-13T09:15:00.0000000Z"],
  ["wednesday 09:15", "UTC", "2025-01-15T09:15:00.0000000Z"],
  ["Wednesday 18:00", "UTC", "2025-01-08T18:00:00.0000000Z"],
  ["09:15:30", "UTC", "2025-01-15T09:15:30.0000000Z"],
  ["23:00", "UTC", "2025-01-14T23:00:00.0000000Z"],
  ["monday 09:15", "Europe/Berlin", "2025-01-13T08:15:00.0000000Z"],
  ["monday 09:15", "America/New_York", "2025-01-13T14:15:00.0000000Z"],
  ["tuesday 23:30", "Pacific/Auckland", "2025-01-14T10:30:00.0000000Z"],
])("`at: %s` in %s is %s", (at, zone, iso) => {
  const yaml = around(`- row: DeviceInfo\n  at: ${at}`, `devices:\n  d:\n    zone: ${zone}\n`);
  expect(eventsOf(yaml)[0]?.row["Timestamp"]).toBe(iso);
});

describe("clocks", () => {
  test.each<[what: string, zone: string, now: string, second: number, iso: string]>([
    ["summer time", "Europe/Berlin", "2025-07-02T12:00:00Z", 9 * 3600, "2025-07-02T07:00:00Z"],
    ["the day they leap", "Europe/Berlin", "2025-03-30T12:00:00Z", 9000, "2025-03-30T01:30:00Z"],
    [
      "the day they fall back",
      "Europe/Berlin",
      "2025-10-26T12:00:00Z",
      28_800,
      "2025-10-26T07:00:00Z",
    ],
    ["now itself is not before now", "UTC", "2025-01-15T12:00:00Z", 43_200, "2025-01-14T12:00:00Z"],
    [
      "a day that is tomorrow already",
      "Asia/Tokyo",
      "2025-01-15T20:00:00Z",
      3600,
      "2025-01-15T16:00:00Z",
    ],
  ])("%s", (_, zone, at, second, iso) => {
    const found = instant(at) + BigInt(lastAt({ second }, zone, instant(at)));
    expect(formatInstant(found)).toBe(formatInstant(instant(iso)));
  });

  test("working hours are those of the last days of work before now", () => {
    const night = parseHours("friday 22:00-06:00");
    if (night === undefined) throw new Error("no hours");
    const worker = { hours: night, zone: "UTC" };
    const at = instant("2025-01-11T03:00:00Z");
    const times = [0, 0.5, 0.7].map((share) =>
      formatInstant(at + BigInt(lastWorking(share, worker, at))),
    );
    expect(times).toEqual([
      "2025-01-10T22:00:00.0000000Z",
      "2025-01-11T02:00:00.0000000Z",
      "2025-01-04T03:36:00.0000000Z",
    ]);
  });
});

test("`at: working-hours` is in the hours and the zone of who does it", () => {
  const more = `users:
  alice:
    zone: Asia/Tokyo
    hours: tuesday 08:00-09:00
`;
  for (const seed of [1, 2, 3]) {
    const yaml = around("- process: cmd.exe\n  at: working-hours", more);
    const [event] = scenarioOf(yaml).events({ now, seed });
    expect(text(event?.row ?? {}, "ProcessCreationTime")).toMatch(/^2025-01-13T23:/);
  }
});

test("a scenario's own now is its own whatever the run says", () => {
  const yaml = around("- process: cmd.exe\n  at: -1h", "now: 2024-05-01T08:30:00Z\n");
  const scenario = scenarioOf(yaml);
  expect(scenario.now).toBe(instant("2024-05-01T08:30:00Z"));
  expect(text(scenario.events({ now })[0]?.row ?? {}, "ProcessCreationTime")).toBe(
    "2024-05-01T07:30:00.0000000Z",
  );
});

describe("repetition", () => {
  test("a step is repeated at the same distance", () => {
    const events = eventsOf(
      around(
        "- id: beacon\n  connection: a.example\n  by: cmd.exe\n  at: -1h\n  repeat: { every: 60s, times: 5 }",
      ),
    );
    expect(events.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5].map((n) => `beacon-${n}`));
    const times = events.map(({ row }) => Number(ticks(row, "Timestamp") - now));
    expect(times).toEqual([60, 59, 58, 57, 56].map((minutes) => -minutes * 600_000_000));
  });

  test("with jitter, each distance is longer or shorter by at most so much", () => {
    const events = eventsOf(
      around(
        "- connection: a.example\n  by: cmd.exe\n  at: -1d\n  repeat: { every: 100s, times: 200, jitter: 10% }",
      ),
    );
    const times = events.map(({ row }) => Number(ticks(row, "Timestamp") - now) / 1e7);
    const distances = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(90);
    expect(Math.max(...distances)).toBeLessThanOrEqual(110);
    expect(Math.max(...distances) - Math.min(...distances)).toBeGreaterThan(10);
  });

  test("in a block, names mean the steps of the same time", () => {
    const timeline = `- repeat: { every: 10m, times: 3 }
  steps:
    - id: task
      process: powershell.exe
      at: -2h
    - id: call
      connection: a.example
      by: task
      at: +2s`;
    const events = eventsOf(around(timeline));
    expect(events.map(({ id }) => id)).toEqual([
      "task-1",
      "call-1",
      "task-2",
      "call-2",
      "task-3",
      "call-3",
    ]);
    const [tasks, calls] = ["task", "call"].map((name) =>
      events.filter(({ id }) => id.startsWith(name)).map(({ row }) => row),
    );
    expect(calls?.map((row) => row["InitiatingProcessUniqueId"])).toEqual(
      tasks?.map((row) => row["ProcessUniqueId"]),
    );
    expect(calls?.map((row) => Number(ticks(row, "Timestamp") - now) / 6e8)).toEqual(
      [-120, -110, -100].map((minutes) => minutes + 2 / 60),
    );
  });
});

test.each<[what: string, yaml: string, message: string]>([
  [
    "a step told by clocks that comes before its process",
    around(
      "- id: a\n  at: tuesday 10:00\n  process: cmd.exe\n- process: whoami.exe\n  parent: a\n  at: monday 10:00",
    ),
    `s.yaml:10:9 KT0511 the step \`process-2\` comes before its process starts
  10 |     at: monday 10:00
     |         ^^^^^^^^^^^^
  hint: write a later time, or leave \`at\` out`,
  ],
  [
    "a zone that is none",
    around("- process: cmd.exe", "users:\n  a:\n    zone: Europe/Berlim\n"),
    `s.yaml:6:11 KT0529 there is no time zone \`Europe/Berlim\`
  6 |     zone: Europe/Berlim
    |           ^^^^^^^^^^^^^
  hint: did you mean \`Europe/Berlin\`?`,
  ],
  [
    "hours that are none",
    around("- process: cmd.exe", "users:\n  a:\n    hours: monday 09:00-25:00\n"),
    `s.yaml:6:12 KT0529 \`monday 09:00-25:00\` are no working hours
  6 |     hours: monday 09:00-25:00
    |            ^^^^^^^^^^^^^^^^^^
  hint: write them like \`monday-friday 08:30-17:00\``,
  ],
  [
    "a day that is none",
    around("- process: cmd.exe\n  at: mondy 09:15"),
    `s.yaml:6:9 KT0505 \`mondy 09:15\` is no time
  6 |     at: mondy 09:15
    |         ^^^^^^^^^^^
  hint: did you mean \`monday 09:15\`?`,
  ],
  [
    "a now that is none",
    around("- process: cmd.exe", "now: yesterday\n"),
    `s.yaml:4:6 KT0525 \`now\` is \`yesterday\`, which is no instant
  4 | now: yesterday
    |      ^^^^^^^^^
  hint: write it like \`2025-01-15T12:00:00Z\``,
  ],
  [
    "repetitions without number",
    around(
      "- repeat: { every: 1s, times: 10000 }\n  steps:\n" + "    - process: cmd.exe\n".repeat(11),
    ),
    `s.yaml:5:33 KT0526 that is more than 100000 steps in one scenario
  5 |   - repeat: { every: 1s, times: 10000 }
    |                                 ^^^^^
  hint: repeat less often`,
  ],
  [
    "a repetition after now",
    around("- process: cmd.exe\n  at: -2m\n  repeat: { every: 60s, times: 5 }"),
    `s.yaml:5:5 KT0527 the step \`process-4\` comes after now
  5 |   - process: cmd.exe
    |     ^^^^^^^^^^^^^^^^
  hint: begin earlier, or repeat less often`,
  ],
  [
    "a fixed time inside of a block",
    around(
      "- repeat: { every: 60s, times: 2 }\n  steps:\n    - process: cmd.exe\n    - process: cmd.exe\n      at: -5m",
    ),
    `s.yaml:9:13 KT0528 \`-5m\` is the same each time
  9 |         at: -5m
    |             ^^^
  hint: write a time after the step before such as \`+5s\``,
  ],
  [
    "a distance that is none",
    around("- process: cmd.exe\n  repeat: { every: often, times: 2 }"),
    `s.yaml:6:22 KT0501 \`timeline.0.repeat.every\` must be a duration of \`ms\`, \`s\`, \`m\`, \`h\` and \`d\`, such as \`60s\` or \`1h30m\`, found \`often\`
  6 |     repeat: { every: often, times: 2 }
    |                      ^^^^^`,
  ],
  [
    "a name of a repeated step outside of the repetition",
    around(
      "- id: a\n  process: cmd.exe\n  at: -1h\n  repeat: { every: 60s, times: 2 }\n- connection: a.example\n  by: a",
    ),
    `s.yaml:10:9 KT0504 \`a\` is neither an earlier process step nor a known program
  10 |     by: a
     |         ^
  hint: possible: \`a-1\`, \`a-2\``,
  ],
  [
    "a repeated step with the name of another",
    around(
      "- id: a\n  process: cmd.exe\n- id: a\n  process: cmd.exe\n  repeat: { every: 60s, times: 2 }",
    ),
    `s.yaml:7:9 KT0506 two steps are called \`a\`
  7 |   - id: a
    |         ^
  hint: choose another name for one of them`,
  ],
])("says what is wrong: %s", (_, yaml, message) => {
  expect(problemsOf(yaml)).toBe(message);
});
