import { describe, expect, test } from "vitest";
import { dialectProblem, portablePattern, emptyMatches } from "../../src/sql/text/regex-dialect.ts";
import { expectRefusal, expectRows, rowsOf } from "../support/engine.ts";

test.each([
  [String.raw`'É1_' matches regex @'^\w+$'`, true],
  [String.raw`'é' matches regex @'\W'`, false],
  [String.raw`'é-' matches regex @'^[^\W]+[\W]$'`, true],
  [String.raw`'日本' matches regex @'^[\w-]{2}$'`, true],
  [String.raw`'٣' matches regex @'^\d$'`, true],
  [String.raw`'٣' matches regex '^[0-9]$'`, false],
  ["'a\u00a0b' matches regex @'a\\sb'", true],
  ["'a\u00a0b' matches regex @'^\\S+$'", false],
  ["'a\u00a0b' matches regex @'^[\\s\\S]+$'", true],
  ["'a\u2028b' matches regex @'a[\\S]b'", false],
  ["extract(@'(\\w+)', 1, '-naïve-')", "naïve"],
  ["extract_all(@'(\\w+)', 'é à')", ["é", "à"]],
  ["replace_regex('é à', @'\\w', 'x')", "x x"],
  ["trim(@'\\W+', '— é —')", "é"],
  ["countof('é à', @'\\w', 'regex')", 2],
  ["indexof_regex('— é', @'\\w')", 2],
  ["'é' matches regex @'^\\u00e9$'", true],
  ["'— foo —' matches regex @'\\bfoo\\b'", true],
])("%s is %j", async (kql, value) => {
  await expectRows(`print ${kql}`, [[value]]);
});

test("a border of a word beside letters beyond ASCII is refused", async () => {
  await expect(rowsOf(String.raw`print 'café' matches regex @'\bcaf\b'`)).rejects.toThrow("KT0249");
});

test.each(["[a-z&&[^b]]", "[a--b]", "[a[b]]", String.raw`\<a`, String.raw`a\>`])(
  "%s is refused",
  (pattern) => expectRefusal(`print 'a' matches regex @'${pattern}'`, "KT0221"),
);

describe("patterns for texts of ASCII stay as they are", () => {
  test.each([String.raw`^\w+\s[^\W_]\d$`, String.raw`[\[\]]`, "[[:alpha:]-]", "[]a]", "a-b"])(
    "%s",
    (pattern) => {
      expect(dialectProblem(pattern)).toBeUndefined();
      expect(portablePattern(pattern, { ascii: true })).toBe(pattern);
    },
  );
});

// JavaScript knows newer characters than RE2.
test("classes and their complements agree on every character that RE2 knows", async () => {
  const known = String.raw`@'[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\p{C}]'`;
  const differ = (letter: string): string =>
    `countif((t matches regex @'\\${letter}') != (t matches regex @'[\\${letter}]'))`;
  const rows = await rowsOf(
    `range c from 1 to 0x2ffff step 1 | where c !between (0xd800 .. 0xdfff)
    | extend t = unicode_codepoints_to_string(c) | where t matches regex ${known}
    | summarize ${differ("W")}, ${differ("S")}, ${differ("D")}, countif((t matches regex @'\\w') == (t matches regex @'\\W'))`,
  );
  expect(rows).toEqual([[0, 0, 0, 0]]);
});

test.each<[pattern: string, answer: ReturnType<typeof emptyMatches>]>([
  ["abc", "never"],
  ["[^,]+", "never"],
  [String.raw`^\w+$`, "never"],
  [String.raw`(?i)(?P<name>x)[*?]\|`, "never"],
  ["[^,]*", "anywhere"],
  ["(a|)", "anywhere"],
  ["(?s:.*)", "anywhere"],
  [String.raw`\d{0,3}`, "anywhere"],
  ["a*$", "by place"],
  [String.raw`\b`, "by place"],
  ["^*", "by place"],
])("whether %s matches an empty text: %s", (pattern, answer) => {
  expect(emptyMatches(pattern)).toBe(answer);
});
