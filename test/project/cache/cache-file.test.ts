import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isPlain } from "../../../src/project/cache/cache-file.ts";

const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true });

test("what counts as plain comes back from JSON as it was", () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), anything), (data) => {
      fc.pre(isPlain(data));
      expect(isDeepStrictEqual(JSON.parse(JSON.stringify(data)), data)).toBe(true);
    }),
  );
});

test.each([[-0], [Number.NaN], [Infinity], [1n], [undefined], [new Date(0)], [new Map()]])(
  "%s is not plain, wherever it stands",
  (value) => {
    expect([value, [value], { a: value }].map(isPlain)).toEqual([false, false, false]);
  },
);

test("data of a run is plain", () => {
  expect(isPlain({ rows: [{ a: 1, b: "x", c: null, d: [true, { e: -1.5 }] }] })).toBe(true);
});
