import { expect, test } from "vitest";
import { around, eventsOf, problemsOf } from "./scenarios.ts";

test.each<[what: string, yaml: string, message: string]>([
  ["a list", "- process: cmd.exe\n", "s.yaml:1:1 KT0501 the file must be a map, found a list"],
  ["an empty title", around("").replace(/title: .*/, 'title: ""'), "KT0501 `title` is empty"],
  [
    "two documents",
    "---\na: 1\n---\nb: 1\n",
    "s.yaml:3:1 KT0500 not valid YAML: a second document",
  ],
  [
    "an alias without an anchor",
    around("- &word { process: cmd.exe }\n- *wrd"),
    "s.yaml:6:5 KT0500 not valid YAML: no anchor `&wrd` stands before its alias",
  ],
  [
    "a number that is not finite",
    around("- process: cmd.exe\n  columns:\n    ProcessId: .inf"),
    "s.yaml:7:18 KT0509 column `ProcessId` is of type `long`, found the number `Infinity`",
  ],
])("%s is told with its place", (_, yaml, message) => {
  expect(problemsOf(yaml)).toContain(message);
});

test.each(["9007199254740993", "-9007199254740993"])(
  "%s would be rounded, and is refused wherever it stands",
  (number) => {
    const yaml = around(`- row: SigninLogs\n  columns:\n    DeviceDetail: { a: [${number}] }`);
    expect(problemsOf(yaml)).toBe(
      `s.yaml:7:27 KT0500 the number \`${number}\` is beyond 2^53 and would be rounded
  7 |       DeviceDetail: { a: [${number}] }
    |                           ${"^".repeat(number.length)}
  hint: write it in quotes: a column of type \`long\` takes its digits`,
    );
    const quoted = around(`- process: cmd.exe\n  columns: { LogonId: "${number}" }`);
    expect(eventsOf(quoted)[0]?.row["LogonId"]).toBe(number);
  },
);
