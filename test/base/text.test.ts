import * as fc from "fast-check";
import { expect, test } from "vitest";
import { escapeControls, escapeName, nearest, suggestion } from "../../src/base/text.ts";

/** Texts made of what terminals, logs and build services act upon. */
const hostileText = fc
  .array(
    fc.constantFrom(
      "::error ",
      "::",
      "##[",
      "##vso[",
      "\n",
      "\r",
      "\t",
      "\u001b[31m",
      "\u202e",
      "\u2028",
      "a",
      " ",
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

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

test.each([
  ["::error file=a::boo", "\\u003a:error file=a::boo"],
  ["a\n  ::add-mask::x", "a\n  \\u003a:add-mask::x"],
  ["##vso[task.complete result=Succeeded]", "\\u0023#vso[task.complete result=Succeeded]"],
  ["x ##[error]y", "x \\u0023#[error]y"],
  ["::1", "::1"],
  ["::ffff:192.0.2.1", "::ffff:192.0.2.1"],
  ["a::b::c", "a::b::c"],
  ["## heading", "## heading"],
])("what a build service would obey is written out: %j", (text, expected) => {
  expect(escapeControls(text)).toBe(expected);
});

test("what is JSON stays the same JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue(), hostileText, (value, text) => {
      const data = [value, { [text]: text }];
      const json = JSON.stringify(data, null, 2);
      expect(JSON.parse(escapeControls(json))).toEqual(JSON.parse(json));
    }),
  );
});

test("a name is on one line, steers nothing, and is no other name", () => {
  fc.assert(
    fc.property(hostileText, hostileText, (one, other) => {
      const name = escapeName(one);
      // oxlint-disable-next-line no-control-regex -- control characters are what must be gone
      expect(name).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
      expect(name).not.toMatch(/^\s*::\w+[^\n]*::|##\w*\[/);
      const isSame = one === other || `${one}${other}`.includes("\\");
      expect(name === escapeName(other)).toBe(isSame && name === escapeName(other));
    }),
    {
      examples: [
        ["::a\u001b[31m::error ", ""],
        ["\u00a0::error::", ""],
      ],
    },
  );
});
