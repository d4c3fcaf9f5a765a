import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { overlay, unionOf } from "../../../src/sql/geo/overlay.ts";
import { areaOf, containsPoint, readPolygons, type Region } from "../../../src/sql/geo/polygon.ts";
import { positionOf, vectorOf, type Position } from "../../../src/sql/geo/sphere.ts";

function polygon(...ring: readonly Position[]): Region {
  const [region] = readPolygons({ type: "Polygon", coordinates: [[...ring, ring[0]]] }) ?? [];
  if (region === undefined) throw new Error("no polygon");
  return region;
}

function square(x: number, y: number, size: number): Region {
  return polygon([x, y], [x + size, y], [x + size, y + size], [x, y + size]);
}

function places({ rings }: Region): Position[][] {
  return rings.map(({ vertices }) =>
    vertices.map(positionOf).map(([x, y]): Position => [rounded(x), rounded(y)]),
  );
}

function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

describe("two squares", () => {
  const [left, right] = [square(0, 0, 2), square(1, 1, 2)];

  test("together begin behind the last edge of the second", () => {
    const [ring = []] = places(overlay(left, right, "union"));
    expect(ring).toHaveLength(8);
    expect(ring.at(-1)).toEqual([1, 3]);
  });

  test("share what is between them", () => {
    const shared = overlay(left, right, "intersection");
    expect(places(shared)[0]).toContainEqual([2, 2]);
    expect(places(shared)[0]).toContainEqual([1, 1]);
    expect(containsPoint(shared, vectorOf([1.5, 1.5]))).toBe(true);
    expect(containsPoint(shared, vectorOf([0.5, 0.5]))).toBe(false);
  });

  test("that share an edge have none in between", () => {
    expect(places(overlay(square(0, 0, 1), square(1, 0, 1), "union"))[0]).toHaveLength(6);
  });

  test("that share an edge have nothing in common", () => {
    expect(overlay(square(0, 0, 1), square(1, 0, 1), "intersection").rings).toEqual([]);
  });

  test("of which one is in the other are that one, and the other", () => {
    const [outer, inner] = [square(0, 0, 10), square(3, 3, 1)];
    expect(places(overlay(outer, inner, "union"))).toEqual(places(outer));
    expect(places(overlay(outer, inner, "intersection"))).toEqual(places(inner));
  });

  test("that touch in a point alone stay two rings", () => {
    const rings = places(overlay(square(0, 0, 1), square(1, 1, 1), "union"));
    expect(rings.map((ring) => ring.length)).toEqual([4, 4]);
  });
});

test("the areas of union and intersection are together those of both", () => {
  const side = fc.double({ min: 0.5, max: 5, noNaN: true });
  const start = fc.double({ min: -4, max: 4, noNaN: true });
  fc.assert(
    fc.property(start, start, side, side, (x, y, size, other) => {
      const [first, second] = [square(0, 50, size), square(x, 50 + y, other)];
      const union = areaOf(overlay(first, second, "union"));
      const shared = areaOf(overlay(first, second, "intersection"));
      expect(union + shared).toBeCloseTo(areaOf(first) + areaOf(second), 12);
    }),
    { examples: [[0, 0, 1, 1]] },
  );
});

test("the union of a grid of squares is one ring around it", () => {
  const squares = [0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => square(x, y, 1)));
  expect(places(unionOf(squares))[0]).toHaveLength(12);
});
