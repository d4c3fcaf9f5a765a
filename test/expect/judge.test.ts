import { defined } from "../../src/base/defined.ts";
import { describe, expect, test } from "vitest";
import { judge } from "../../src/expect/judge.ts";
import type { Expectation, Finding, Outcome } from "../../src/expect/types.ts";
import type { Row } from "../../src/schema/types.ts";

/** An outcome of a malicious scenario: each row comes from the event of its own number, `e0`, `e1`, … */
function outcome(rows: readonly Row[], change: Partial<Outcome> = {}): Outcome {
  return {
    truth: "malicious",
    fired: rows.length > 0,
    columns: ["a", "b"],
    rows: rows.map((row, index) => ({ row, events: [`e${index}`] })),
    ...change,
  };
}

const findings = (
  result: Outcome,
  rest: Omit<Expectation, "verdict">,
  verdict: Expectation["verdict"] = "true-positive",
): readonly Finding[] => judge(result, { verdict, ...rest });

const messages = (...given: Parameters<typeof findings>): readonly string[] =>
  findings(...given).map(({ message }) => message);

describe("verdict and known", () => {
  const fired = outcome([{ a: 1 }]);
  const silent = outcome([]);
  const benign = outcome([{ a: 1 }], { truth: "benign" });

  test.each([
    [fired, "true-positive", undefined],
    [silent, "false-negative", "a reason"],
    [benign, "false-positive", "a reason"],
    [outcome([], { truth: "benign" }), "true-negative", undefined],
    [outcome([{ a: 1 }], { truth: "benign", fired: false }), "true-negative", undefined],
  ] as const)("holds %#", (result, verdict, known) => {
    expect(judge(result, { verdict, ...defined({ known }) })).toEqual([]);
  });

  test("a wrong verdict is told alone, with the rows that should not be", () => {
    expect(findings(benign, { count: 0 }, "true-negative")).toEqual([
      {
        message: "expected a true-negative, found a false-positive: the rule gave one row",
        expected: [],
        actual: [{ a: 1 }],
      },
    ]);
    expect(messages(silent, { count: 3, events: { include: ["e0"] } })).toEqual([
      "expected a true-positive, found a false-negative: the rule gave no rows",
    ]);
  });

  test("a verdict that the scenario's truth rules out is named so", () => {
    expect(messages(fired, {}, "true-negative")).toEqual([
      "expected a true-negative, found a true-positive: the rule gave one row; a malicious scenario can only be a true-positive or a false-negative",
    ]);
  });

  test("rows below the rule's threshold are no alert", () => {
    expect(messages(outcome([{ a: 1 }, { a: 2 }], { fired: false }), {})).toEqual([
      "expected a true-positive, found a false-negative: the rule gave 2 rows, which its threshold does not make an alert",
    ]);
  });

  test("a known gap that closed fails until the expectation says so", () => {
    expect(messages(fired, { known: "the parent is lost in the join" }, "false-negative")).toEqual([
      'the known false-negative no longer happens, it is a true-positive now: the rule gave one row; update the expectation, whose reason was "the parent is lost in the join"',
    ]);
  });
});

describe("count", () => {
  test.each([
    [2, []],
    [1, ["expected 1 row, found 2"]],
  ])("%i of two rows", (count, expected) => {
    expect(messages(outcome([{ a: 1 }, { a: 1 }]), { count })).toEqual(expected);
  });
});

describe("rows", () => {
  const found = outcome([
    { a: 1, b: "x" },
    { a: 2, b: "y" },
    { a: 2, b: "y" },
  ]);

  test.each<[readonly Row[]]>([
    [[{ a: 2 }, { a: 1 }, { a: 2, b: "y" }]],
    // The row by `a` alone comes first and must leave the right one to the other.
    [[{ a: 2 }, { b: "y" }, { b: "x" }]],
  ])("%j are all of them", (rows) => {
    expect(messages(found, { rows })).toEqual([]);
  });

  test("a row is matched by one row alone, and the rest is told by the listed columns", () => {
    expect(findings(found, { rows: [{ a: 1 }, { a: 1 }, { a: 2 }] })).toEqual([
      {
        message: "the rows differ: 1 expected but not given, 1 given but not expected",
        expected: [{ a: 1 }],
        actual: [{ a: 2 }],
      },
    ]);
  });

  test("rows that overlap are matched as many as can be", () => {
    const overlap = outcome([
      { a: 1, b: "x" },
      { a: 1, b: "y" },
    ]);
    expect(messages(overlap, { rows: [{ a: 1 }, { b: "x" }] })).toEqual([]);
    expect(messages(overlap, { rows: [{ b: "x" }, { a: 1 }] })).toEqual([]);
  });

  test("no rows are expected", () => {
    expect(messages(found, { rows: [] })).toEqual(["the rows differ: 3 given but not expected"]);
  });
});

describe("values", () => {
  test.each<[Row["x"], Row["x"], boolean]>([
    ["A", "a", false],
    [1, "1", true],
    ["9007199254740993", "9007199254740993", true],
    [1, 2, false],
    [true, "true", false],
    [null, "", true],
    [null, null, true],
    ["", null, false],
    ["2025-01-15T12:00:00Z", "2025-01-15T12:00:00.0000000Z", true],
    ["2025-01-15 13:00:00+01:00", "2025-01-15T12:00:00.0000000Z", true],
    ["2025-01-15T12:00:00.0000001Z", "2025-01-15T12:00:00.0000000Z", false],
    ["2025-01-15T12:00:00Z", "2025-01-15T12:00:00.0Z", false],
    [{ p: [1, null], q: "z" }, { q: "z", p: [1, null] }, true],
    [{ p: 1 }, { p: 1, q: 2 }, false],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [{}, "x", false],
  ])("%j for %j: %s", (expected, actual, same) => {
    const rows = [{ a: expected ?? null }];
    expect(messages(outcome([{ a: actual ?? null }]), { rows })).toHaveLength(same ? 0 : 1);
  });
});

describe("contains", () => {
  const found = outcome([
    { a: 1, b: "x" },
    { a: 2, b: "y" },
  ]);

  test("is silent where the rows are there", () => {
    expect(messages(found, { contains: [{ b: "y" }] })).toEqual([]);
  });

  test("names what is not there, and the rows it could have been", () => {
    expect(findings(found, { contains: [{ b: "y" }, { b: "z" }] })).toEqual([
      {
        message: "1 of 2 rows are not among the rule's",
        expected: [{ b: "z" }],
        actual: [{ b: "x" }],
      },
    ]);
  });
});

test("events are behind the rows, or not", () => {
  const found = outcome([{ a: 1 }, { a: 2 }]);
  expect(messages(found, { events: { include: ["e0", "e1"], exclude: ["e2"] } })).toEqual([]);
  expect(messages(found, { events: { include: ["e0", "e7"], exclude: ["e1"] } })).toEqual([
    "no row comes from `e7`",
    "a row comes from `e1`, and none should",
  ]);
});
