import { expect, test } from "vitest";
import { renderChanges } from "../../src/cli/output/render-changes.ts";

const path = "expected/r/s.yaml";
const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join("");

test("a changed file shows what goes and what comes, and a little around it", () => {
  const before = lines("a", "b", "c", "d", "count: 2", "e", "f", "g", "h");
  const after = lines("a", "b", "c", "d", "count: 3", "e", "f", "g", "h");
  expect(renderChanges([{ path, before, after }], false)).toBe(
    lines(
      "expected/r/s.yaml (changed)",
      "  …",
      "    c",
      "    d",
      "  - count: 2",
      "  + count: 3",
      "    e",
      "    f",
      "  …",
      "",
      "1 expectation file changed",
    ),
  );
});

test("a new file and one that goes", () => {
  const changes = [
    { path, before: null, after: "verdict: true-positive\nrows: []\n" },
    { path: "expected/old/\u001b[2J.yaml", before: "", after: null },
  ];
  expect(renderChanges(changes, false)).toBe(
    lines(
      "expected/r/s.yaml (new)",
      "  + verdict: true-positive",
      "  + rows: []",
      "",
      "expected/old/\\u001b[2J.yaml (removed)",
      "",
      "2 expectation files changed",
    ),
  );
});

test("nothing to change", () => {
  expect(renderChanges([], false)).toBe("no expectation changed\n");
});

test.each([
  [["a"], ["a", "b"], ["    a", "  + b"]],
  [["a", "b"], ["b"], ["  - a", "    b"]],
  [
    ["a", "x", "b"],
    ["a", "y", "b"],
    ["    a", "  - x", "  + y", "    b"],
  ],
])("%j → %j", (before, after, shown) => {
  const text = renderChanges([{ path, before: lines(...before), after: lines(...after) }], false);
  expect(text.split("\n").slice(1, -3)).toEqual(shown);
});
