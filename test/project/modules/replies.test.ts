import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ModuleFailure } from "../../../src/project/modules/module-process.ts";
import { casesOf, madeOf, openedOf, rowsOf } from "../../../src/project/modules/replies.ts";

/** Whatever a module may send. */
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withTypedArray: true,
});

const kinds = fc.constantFrom("opened", "made", "rows", "failed", "other");
const keys = fc.constantFrom("cases", "scenarios", "rows", "problem", "kind");
const replies = fc.oneof(
  anything,
  fc
    .tuple(kinds, fc.dictionary(keys, anything, { noNullPrototype: true }))
    .map(([kind, rest]) => ({ ...rest, kind })),
);

test.each([
  ["casesOf", casesOf],
  ["openedOf", openedOf],
  ["madeOf", (reply: unknown) => madeOf(reply, 3)],
  ["rowsOf", (reply: unknown) => rowsOf(reply, 1)],
])("%s takes what is right and tells of all else", (_, take) => {
  fc.assert(
    fc.property(replies, (reply) => {
      let taken: unknown;
      try {
        taken = take(reply);
      } catch (error) {
        // Anything else would be a bug that a module can bring about.
        if (!(error instanceof ModuleFailure)) throw error;
      }
      // JSON has neither dates nor maps, nor big integers, on which it throws.
      expect(() => JSON.stringify(taken)).not.toThrow();
      expect(JSON.stringify(taken) ?? "").not.toContain("__proto__");
    }),
    { numRuns: 1000 },
  );
});

describe("a reply that is none", () => {
  const proto = JSON.parse('{ "__proto__": { "polluted": true } }') as unknown;
  test.each<[string, () => unknown, string]>([
    ["no object", () => casesOf(7), "a message that is none of kqltest"],
    ["of another kind", () => casesOf({ kind: "rows", rows: [] }), "was not asked for"],
    ["cases with `__proto__`", () => casesOf({ kind: "opened", cases: [proto] }), "a case 1"],
    [
      "an infinite variable",
      () => casesOf({ kind: "opened", cases: [{ a: Infinity }] }),
      "a case 1",
    ],
    [
      "more than was asked for",
      () => madeOf({ kind: "made", scenarios: ["{}", "{}"] }, 1),
      "not asked",
    ],
    [
      "none of what was asked for",
      () => madeOf({ kind: "made", scenarios: [] }, 1),
      "not asked for",
    ],
    ["no JSON", () => madeOf({ kind: "made", scenarios: ["{"] }, 1), "no JSON"],
    ["a list", () => madeOf({ kind: "made", scenarios: ["[]"] }, 1), "no JSON"],
    ["`__proto__`", () => madeOf({ kind: "made", scenarios: ['{"__proto__":1}'] }, 1), "no JSON"],
    [
      "`__proto__`, escaped",
      () => madeOf({ kind: "made", scenarios: [String.raw`{"a":{"\u005F_proto__":1}}`] }, 1),
      "no JSON",
    ],
    [
      "too large a scenario",
      () => madeOf({ kind: "made", scenarios: [`{"a":"${"x".repeat(2 ** 24)}"}`] }, 1),
      "too large",
    ],
    [
      "an error without a code",
      () => madeOf({ kind: "failed", problem: { message: "x" } }, 1),
      "none of kqltest",
    ],
    [
      "an error of another part",
      () => casesOf({ kind: "failed", problem: { code: "KT0101", message: "x" } }),
      "none of kqltest",
    ],
    [
      "rows for other scenarios",
      () => rowsOf({ kind: "rows", rows: [[], []] }, 1),
      "not asked for",
    ],
    ["a row with `__proto__`", () => rowsOf({ kind: "rows", rows: [[proto]] }, 1), "a row 1"],
    [
      "a row that goes on for ever",
      () => rowsOf({ kind: "rows", rows: [[endless()]] }, 1),
      "a row 1",
    ],
  ])("%s", (_, take, message) => {
    expect(take).toThrow(ModuleFailure);
    expect(take).toThrow(message);
  });
});

function endless(): unknown {
  const row: Record<string, unknown> = {};
  row["a"] = row;
  return row;
}

test("a text may mention `__proto__`", () => {
  const text = '{"command":"echo __proto__"}';
  expect(madeOf({ kind: "made", scenarios: [text] }, 1)).toEqual([text]);
});

test("an error is told as the module tells it, and not without end", () => {
  const problem = { code: "KT0552", message: "x".repeat(10_000), hint: "y" };
  const [told] = madeOf({ kind: "made", scenarios: [problem] }, 1);
  expect(told).toMatchObject({ code: "KT0552", hint: "y" });
  expect(JSON.stringify(told).length).toBeLessThan(2100);
});
