import { expect, test } from "vitest";
import { closingBracket, codeOnly } from "../../src/kql/brackets.ts";

test.each([
  ["{}", 1],
  ["{ a(b[0]) } }", 10],
  ["{ '}' \"}\" @'}' // }\n }", 21],
  ["{ '\\'}' }", 8],
  ["{ @'\\' }", 7],
  ["{ ``` } \n``` }", 13],
  ["{ // }", undefined],
])("the bracket of %j is closed at %j", (text, at) => {
  expect(closingBracket(text, 0)).toBe(at);
});

test("what is no code is blank, and every place stays", () => {
  expect(codeOnly("a '(' // b\nc")).toBe("a         \nc");
});
