import { expect, test } from "vitest";
import { escapeControls, nearest, suggestion } from "../../src/base/text.ts";

// oxfmt-ignore
test.each<[string, readonly string[], string | undefined]>([
  ["qurey", ["test", "query"], "query"],
  ["querry", ["test", "query"], "query"],
  ["QUERY", ["test", "query"], "query"],
  ["powershel", ["powershell.exe", "powershell"], "powershell"],
  ["abc", ["xyz"], undefined],
  ["a", [], undefined],
])("nearest to %s of %j", (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});

test.each<[string, readonly string[], string | undefined]>([
  ["jsn", ["text", "json"], "did you mean `json`?"],
  ["xml", ["text", "json"], "possible: `text`, `json`"],
  ["xml", [], undefined],
])("suggestion for %s of %j", (word, candidates, expected) => {
  expect(suggestion(word, candidates)).toBe(expected);
});

test("what steers a terminal is written out, line breaks and tabs are left", () => {
  expect(escapeControls("a\u001b[31m\r\u009b\u202eb\n\tc")).toBe(
    "a\\u001b[31m\\u000d\\u009b\\u202eb\n\tc",
  );
});
