import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arctangent, sineAndCosine } from "../../../src/sql/geo/trigonometry.ts";

// Values of the mathematical library of GNU, each where JavaScript's own may differ or a quarter begins.
test.each([
  [0, 0, 1],
  [Math.PI / 2, 1, 6.123233995736766e-17],
  [Math.PI, 1.2246467991473532e-16, -1],
  [-Math.PI, -1.2246467991473532e-16, -1],
  [-Math.PI / 2, -1, 6.123233995736766e-17],
  [1e-9, 1e-9, 1],
])("sine and cosine of %d", (angle, sine, cosine) => {
  expect(sineAndCosine(angle)).toEqual({ sine, cosine });
});

test("both are no more than a bit away from those of JavaScript, and are of one circle", () => {
  fc.assert(
    fc.property(fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }), (angle) => {
      const { sine, cosine } = sineAndCosine(angle);
      expect(Math.abs(sine - Math.sin(angle))).toBeLessThan(2.3e-16);
      expect(Math.abs(cosine - Math.cos(angle))).toBeLessThan(2.3e-16);
      expect(Math.abs(sine * sine + cosine * cosine - 1)).toBeLessThan(4.5e-16);
    }),
  );
});

test("the arctangent of sine and cosine is the angle", () => {
  fc.assert(
    fc.property(fc.double({ min: -3.14, max: 3.14, noNaN: true }), (angle) => {
      const { sine, cosine } = sineAndCosine(angle);
      expect(Math.abs(arctangent(sine, cosine) - angle)).toBeLessThan(4.5e-16);
    }),
  );
});

test.each([
  [0, 1, 0],
  [0, -1, Math.PI],
  [1, 0, Math.PI / 2],
  [-1, 0, -Math.PI / 2],
])("the arctangent of %d and %d", (y, x, angle) => {
  expect(arctangent(y, x)).toBe(angle);
});
