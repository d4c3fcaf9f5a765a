import { expect, test } from "vitest";
import { around, problemsOf } from "./scenarios.ts";

const twoUsers = "users:\n  alice:\n  bob:\n";
const twoDevices = "devices:\n  laptop:\n  server:\n";

test.each<[what: string, yaml: string, message: string]>([
  [
    "a file that is no path",
    around("- file: a.exe\n  by: cmd.exe"),
    `s.yaml:5:11 KT0519 \`a.exe\` is no path
  5 |   - file: a.exe
    |           ^^^^^
  hint: write the whole path, such as \`C:\\Users\\{user}\\Downloads\\a.iso\``,
  ],
  [
    "a renamed file without its name before",
    around("- file: C:\\a.exe\n  by: cmd.exe\n  action: renamed"),
    `s.yaml:5:5 KT0520 the step does not say what the file was called before
  5 |   - file: C:\\a.exe
    |     ^^^^^^^^^^^^^^
  hint: write \`from:\` with a path or a name`,
  ],
  [
    "a file without a process",
    around("- file: C:\\a.exe"),
    `s.yaml:5:5 KT0501 \`timeline.0\` lacks the key \`by\`
  5 |   - file: C:\\a.exe
    |     ^^^^^^^^^^^^^^
  hint: write \`by:\`: the process: a step, or programs from it upwards as in \`parent\``,
  ],
  [
    "a key of no hive",
    around("- registry: HKML\\SOFTWARE\\X\n  by: cmd.exe"),
    `s.yaml:5:15 KT0521 \`HKML\\SOFTWARE\\X\` is no key of the registry
  5 |   - registry: HKML\\SOFTWARE\\X
    |               ^^^^^^^^^^^^^^^
  hint: did you mean \`HKLM\`?`,
  ],
  [
    "a connection from nowhere",
    around("- inbound: lapto\n  port: 22\n  by: cmd.exe\n  on: laptop", twoDevices),
    `s.yaml:8:14 KT0522 \`lapto\` is neither an IP address nor a device
  8 |   - inbound: lapto
    |              ^^^^^
  hint: did you mean \`laptop\`?`,
  ],
  [
    "a recipient that is nobody",
    around("- mail: Hi\n  from: a@a.example\n  to: [alice, carol]", twoUsers),
    `s.yaml:10:17 KT0523 \`carol\` is neither a user nor a mail address
  10 |     to: [alice, carol]
     |                 ^^^^^
  hint: possible: \`alice\`, \`bob\``,
  ],
  [
    "a click in no message",
    around("- click: https://a.example\n  mail: lure"),
    `s.yaml:6:11 KT0524 \`lure\` is no earlier \`mail\` step
  6 |     mail: lure
    |           ^^^^
  hint: give the \`mail\` step an \`id\` and write it here`,
  ],
  [
    "a look-up of an address",
    around("- dns: 10.0.0.1\n  by: cmd.exe"),
    `s.yaml:5:10 KT0513 \`10.0.0.1\` is no host name
  5 |   - dns: 10.0.0.1
    |          ^^^^^^^^
  hint: write it like \`pastebin.com\``,
  ],
  [
    "a sign-in on a device",
    around("- signIn: Azure Portal\n  on: device"),
    `s.yaml:6:5 KT0501 unknown key \`on\`
  6 |     on: device
    |     ^^
  hint: possible: \`signIn\`, \`as\`, \`from\`, \`country\`, \`city\`, \`resource\`, \`error\`, \`interactive\`, \`mfa\`, \`risk\`, \`userAgent\`, \`client\`, \`id\`, \`at\`, \`repeat\`, \`columns\``,
  ],
  [
    "an unknown table of a workspace",
    around("- row: SecurityEvents"),
    `s.yaml:5:10 KT0507 there is no table \`SecurityEvents\`
  5 |   - row: SecurityEvents
    |          ^^^^^^^^^^^^^^
  hint: did you mean \`SecurityEvent\`?`,
  ],
  [
    "a column of another type in a workspace's table",
    around("- row: SecurityEvent\n  columns: { EventID: logon }"),
    `s.yaml:6:25 KT0509 column \`EventID\` is of type \`int\`, found \`logon\`
  6 |     columns: { EventID: logon }
    |                         ^^^^^
  hint: write a whole number of 32 bits`,
  ],
])("says what is wrong: %s", (_, yaml, message) => {
  expect(problemsOf(yaml)).toBe(message);
});
