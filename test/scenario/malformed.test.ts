import { expect, test } from "vitest";
import { around, problemsOf } from "./scenarios.ts";

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
