import { expect, test } from "vitest";
import { evaluateBatch } from "../../src/engine/evaluate.ts";
import type { Expr, Program } from "../../src/plan/ir/types.ts";
import { parseInstant } from "../../src/schema/time.ts";
import { testNow } from "../support/engine.ts";

const span = { start: 0, end: 0 };
const literal = (type: Expr["type"], value: string | null): Expr => ({ kind: "literal", type, value, span }); // oxfmt-ignore

// Microsoft's binder refuses a value that is known to be dynamic: only a column of which it knows nothing gets here.
test.each([
  ['"2024-01-01T05:30:00.0000000Z"', "2024-01-01T05:00:00.0000000Z"],
  ['"1.05:30:00"', "1.05:00:00"],
  ['"-00:30:00"', "-01:00:00"],
  ['"no time"', null],
  [null, null],
])("the bin of one hour for %s", async (value, expected) => {
  const args = [literal("dynamic", value), literal("timespan", "36000000000")];
  const program: Program = {
    bindings: [],
    body: {
      kind: "project",
      input: { kind: "values", columns: [], rows: [[]], span },
      items: [{ name: "bin", expr: { kind: "call", name: "bin", args, type: "dynamic", span } }],
      span,
    },
  };
  const options = { now: parseInstant(testNow) ?? 0n };
  const { rows } = await evaluateBatch(program, [{ id: "a", events: [] }], options);
  expect(rows.map(({ values }) => values)).toEqual([[expected]]);
});
