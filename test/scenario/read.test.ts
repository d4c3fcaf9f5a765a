import { expect, test } from "vitest";
import { stepKinds } from "../../src/scenario/steps/index.ts";
import { around, eventsOf, problemsOf, scenarioOf } from "./scenarios.ts";

const twoUsers = "users:\n  alice:\n  bob:\n";
const twoDevices = "devices:\n  laptop:\n  server:\n";

test.each<[what: string, yaml: string, message: string]>([
  [
    "no YAML",
    "version: 1\ntitle: [",
    `s.yaml:2:9 KT0500 not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]
  2 | title: [
    |         ^
  hint: close what is open; begin the keys of one map in one column, with blanks and no tabs`,
  ],
  [
    "an unknown key",
    around("- process: cmd.exe\n  comand: x"),
    `s.yaml:6:5 KT0501 unknown key \`comand\`
  6 |     comand: x
    |     ^^^^^^
  hint: did you mean \`command\`?`,
  ],
  [
    "an unknown kind of step",
    around("- proces: cmd.exe"),
    `s.yaml:5:5 KT0501 unknown key \`proces\`
  5 |   - proces: cmd.exe
    |     ^^^^^^
  hint: did you mean \`process\`?`,
  ],
  [
    "a wrong truth",
    around("- process: cmd.exe").replace("benign", "begnin"),
    `s.yaml:3:8 KT0501 \`truth\` is \`begnin\`, which is none of \`malicious\`, \`benign\`
  3 | truth: begnin
    |        ^^^^^^
  hint: did you mean \`benign\`?`,
  ],
  [
    "an unknown device",
    around("- process: cmd.exe\n  on: lapptop", twoDevices),
    `s.yaml:9:9 KT0502 there is no device \`lapptop\`
  9 |     on: lapptop
    |         ^^^^^^^
  hint: did you mean \`laptop\`?`,
  ],
  [
    "an unknown user",
    around("- process: cmd.exe\n  as: carol", twoUsers),
    `s.yaml:9:9 KT0503 there is no user \`carol\`
  9 |     as: carol
    |         ^^^^^
  hint: possible: \`alice\`, \`bob\`, \`system\`, \`local service\`, \`network service\``,
  ],
  [
    "a step that is not there",
    around("- id: shell\n  process: cmd.exe\n- connection: a.example\n  by: shel"),
    `s.yaml:8:9 KT0504 \`shel\` is neither an earlier process step nor a known program
  8 |     by: shel
    |         ^^^^
  hint: did you mean \`shell\`?`,
  ],
  [
    "a step that comes later",
    around("- process: cmd.exe\n  parent: word\n- id: word\n  process: WINWORD.EXE"),
    `s.yaml:6:13 KT0504 \`word\` is neither an earlier process step nor a known program
  6 |     parent: word
    |             ^^^^
  hint: write a step's id, a program or a whole path`,
  ],
  [
    "a step in the middle of a chain",
    around(
      "- id: word\n  process: WINWORD.EXE\n- process: whoami.exe\n  parent: word < explorer.exe",
    ),
    `s.yaml:8:13 KT0504 the step \`word\` must end the chain
  8 |     parent: word < explorer.exe
    |             ^^^^^^^^^^^^^^^^^^^
  hint: a step knows its own parents`,
  ],
  [
    "a time that is none",
    around("- process: cmd.exe\n  at: 2h ago"),
    `s.yaml:6:9 KT0505 \`2h ago\` is no time
  6 |     at: 2h ago
    |         ^^^^^^
  hint: did you mean \`-2h\`?`,
  ],
  [
    "a first step after nothing",
    around("- process: cmd.exe\n  at: +5s"),
    `s.yaml:6:9 KT0505 \`+5s\` counts from the step before, and this is the first
  6 |     at: +5s
    |         ^^^
  hint: write a time before now such as \`-2h\``,
  ],
  [
    "an id twice",
    around("- id: a\n  process: cmd.exe\n- id: a\n  process: cmd.exe"),
    `s.yaml:7:9 KT0506 two steps are called \`a\`
  7 |   - id: a
    |         ^
  hint: choose another name for one of them`,
  ],
  [
    "an unknown table",
    around("- row: DeviceNetworkEvent"),
    `s.yaml:5:10 KT0507 there is no table \`DeviceNetworkEvent\`
  5 |   - row: DeviceNetworkEvent
    |          ^^^^^^^^^^^^^^^^^^
  hint: did you mean \`DeviceNetworkEvents\`?`,
  ],
  [
    "an unknown column",
    around("- row: DeviceNetworkEvents\n  columns:\n    RemoteURL: x"),
    `s.yaml:7:7 KT0508 table \`DeviceNetworkEvents\` has no column \`RemoteURL\`
  7 |       RemoteURL: x
    |       ^^^^^^^^^
  hint: did you mean \`RemoteUrl\`?`,
  ],
  [
    "a column of another type",
    around("- process: cmd.exe\n  columns:\n    ProcessId: many"),
    `s.yaml:7:18 KT0509 column \`ProcessId\` is of type \`long\`, found \`many\`
  7 |       ProcessId: many
    |                  ^^^^
  hint: write a whole number; one above 2^53 in quotes`,
  ],
  [
    "a number for a string",
    around("- process: cmd.exe\n  columns:\n    ProcessCommandLine: 1"),
    `s.yaml:7:27 KT0509 column \`ProcessCommandLine\` is of type \`string\`, found the number \`1\`
  7 |       ProcessCommandLine: 1
    |                           ^
  hint: write the value in quotes`,
  ],
  [
    "an unknown program",
    around("- process: powershel.exe"),
    `s.yaml:5:14 KT0510 no program \`powershel.exe\` is known
  5 |   - process: powershel.exe
    |              ^^^^^^^^^^^^^
  hint: did you mean \`powershell.exe\`?`,
  ],
  [
    "a program nothing is like",
    around("- process: zzzzzzzzzzzz.exe"),
    `s.yaml:5:14 KT0510 no program \`zzzzzzzzzzzz.exe\` is known
  5 |   - process: zzzzzzzzzzzz.exe
    |              ^^^^^^^^^^^^^^^^
  hint: write its whole path, such as \`C:\\Tools\\name.exe\``,
  ],
  [
    "a child before its parent",
    around(
      "- id: a\n  at: -1h\n  process: cmd.exe\n- id: b\n  at: -2h\n  process: whoami.exe\n  parent: a",
    ),
    `s.yaml:9:9 KT0511 the step \`b\` comes before its process starts
  9 |     at: -2h
    |         ^^^
  hint: write a later time, or leave \`at\` out`,
  ],
  [
    "no device where there are two",
    around("- process: cmd.exe", twoDevices),
    `s.yaml:8:5 KT0512 the step does not say on which device it happens
  8 |   - process: cmd.exe
    |     ^^^^^^^^^^^^^^^^
  hint: write \`on:\` with one of \`laptop\`, \`server\``,
  ],
  [
    "no user where there are two",
    around("- process: cmd.exe", twoUsers),
    `s.yaml:8:5 KT0512 the step does not say whose process it is
  8 |   - process: cmd.exe
    |     ^^^^^^^^^^^^^^^^
  hint: write \`as:\` with one of \`alice\`, \`bob\`, \`system\`, \`local service\`, \`network service\``,
  ],
  [
    "a host that is none",
    around("- connection: not a host\n  by: cmd.exe"),
    `s.yaml:5:17 KT0513 \`not a host\` is no host, address or URL
  5 |   - connection: not a host
    |                 ^^^^^^^^^^
  hint: write it like \`pastebin.com\`, \`10.0.0.5:8080\` or \`https://pastebin.com/raw/x\``,
  ],
  [
    "a connection of no process",
    around("- connection: a.example"),
    `s.yaml:5:5 KT0514 the connection does not say which process makes it
  5 |   - connection: a.example
    |     ^^^^^^^^^^^^^^^^^^^^^
  hint: write \`by:\` with a step's id or a program`,
  ],
  [
    "a process on the wire",
    around("- connection: a.example\n  by: cmd.exe\n  action: SslConnectionInspected"),
    `s.yaml:6:5 KT0514 \`SslConnectionInspected\` is seen on the wire, where no process is known
  6 |     by: cmd.exe
    |     ^^
  hint: leave \`by\` out, or choose \`ConnectionSuccess\``,
  ],
  [
    "a step on another device than its process",
    around(
      "- id: a\n  process: cmd.exe\n  on: laptop\n- connection: a.example\n  by: a\n  on: server",
      twoDevices,
    ),
    `s.yaml:13:9 KT0515 the step is on \`server\`, but its process runs on \`laptop\`
  13 |     on: server
     |         ^^^^^^
  hint: leave \`on\` out: a step is where its process is`,
  ],
  [
    "an account for a process that has one",
    around(
      "- id: a\n  process: cmd.exe\n  as: bob\n- connection: a.example\n  by: a\n  as: alice",
      twoUsers,
    ),
    `s.yaml:13:9 KT0515 \`as\` says whose process it is, and \`a\` runs as \`bob\`
  13 |     as: alice
     |         ^^^^^
  hint: leave \`as\` out`,
  ],
  [
    "an account where no process is known",
    around("- connection: a.example\n  action: SslConnectionInspected\n  as: system"),
    `s.yaml:7:9 KT0515 \`as\` says whose process it is, and no process is known here
  7 |     as: system
    |         ^^^^^^
  hint: leave \`as\` out`,
  ],
  [
    "an empty timeline",
    "version: 1\ntitle: t\ntruth: benign\ntimeline: []\n",
    `s.yaml:4:11 KT0516 the timeline is empty
  4 | timeline: []
    |           ^^
  hint: write at least one step`,
  ],
  [
    "a step of no kind",
    around("- id: a"),
    `s.yaml:5:5 KT0517 the step does not say what happens
  5 |   - id: a
    |     ^^^^^
  hint: write one of ${stepKinds.map(({ name }) => `\`${name}:\``).join(", ")}`,
  ],
  [
    "a user with the name of a built-in account",
    around("- process: cmd.exe", "users:\n  system:\n"),
    `s.yaml:5:3 KT0518 \`system\` is the name of a built-in account
  5 |   system:
    |   ^^^^^^
  hint: write \`as: system\` without an entry, or choose another name`,
  ],
])("says what is wrong: %s", (_, yaml, message) => {
  expect(problemsOf(yaml)).toBe(message);
});

test("names every mistake of a file at once", () => {
  const yaml = around("- process: cmd.exe\n  at: soon\n  columns:\n    Foo: 1\n- row: Nothing");
  expect(problemsOf(yaml).match(/KT\d{4}/g)).toEqual(["KT0505", "KT0508", "KT0507"]);
});

test("calls a step by its id, else by its kind and its number among its kind", () => {
  const yaml = around(
    "- process: cmd.exe\n- id: b\n  process: cmd.exe\n- process: cmd.exe\n- connection: a.example\n  by: b\n- row: DeviceInfo",
  );
  expect(eventsOf(yaml).map((event) => event.id)).toEqual([
    "process-1",
    "b",
    "process-3",
    "connection-1",
    "row-1",
  ]);
});

test("keeps what the file says of the scenario", () => {
  const scenario = scenarioOf(
    "version: 1\ntitle: T\ndescription: D\ntruth: malicious\ntechnique: T1102.001\ntimeline:\n  - process: cmd.exe\n",
    "T1102/x",
  );
  const { id, title, description, truth, technique, source } = scenario;
  expect({ id, title, description, truth, technique, file: source.file }).toEqual({
    id: "T1102/x",
    title: "T",
    description: "D",
    truth: "malicious",
    technique: "T1102.001",
    file: "s.yaml",
  });
});
