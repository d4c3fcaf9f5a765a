import * as fc from "fast-check";
import { expect, test } from "vitest";
import { geohashBounds, geohashesAround, geohashOf } from "../../../src/sql/geo/cells/geohash.ts";
import { s2Corners, s2Cover, s2TokenOf } from "../../../src/sql/geo/cells/s2-cells.ts";
import { setOrder } from "../../../src/sql/geo/cells/set-order.ts";
import { edgesOf, positionOf, vectorOf, type Position } from "../../../src/sql/geo/sphere.ts";

const place = fc.tuple(
  fc.double({ min: -170, max: 170, noNaN: true }),
  fc.double({ min: -80, max: 80, noNaN: true }),
);

test("a place is within the bounds of its geohash", () => {
  fc.assert(
    fc.property(place, fc.integer({ min: 1, max: 18 }), ([x, y], length) => {
      const geohash = geohashOf([x, y], length) ?? "";
      const [west = 0, south = 0, east = 0, north = 0] = geohashBounds(geohash) ?? [];
      expect(geohash).toHaveLength(length);
      expect(x >= west && x <= east && y >= south && y <= north).toBe(true);
    }),
  );
});

test("a geohash is a neighbour of its neighbours", () => {
  fc.assert(
    fc.property(place, fc.integer({ min: 3, max: 9 }), (position, length) => {
      const geohash = geohashOf(position, length) ?? "";
      for (const other of geohashesAround(geohash) ?? []) {
        expect(geohashesAround(other)).toContain(geohash);
      }
    }),
  );
});

test.each(["", "a", "sunnyA", "1234567890123456789"])("%j is no geohash", (text) => {
  expect(geohashBounds(text)).toBeUndefined();
});

test("a geohash at a pole has no eight neighbours", () => {
  expect(geohashesAround("b")).toBe("pole");
});

test("a line's cover holds the cells of its points and none that is far from it", () => {
  fc.assert(
    fc.property(place, fc.integer({ min: 4, max: 12 }), ([x, y], level) => {
      const size = 3 / 2 ** level;
      const path: readonly Position[] = [
        [x, y],
        [x + 8 * size, y + 3 * size],
      ];
      const edges = edgesOf(path.map(vectorOf));
      const cover = s2Cover({ edges, regions: [], radius: 0 }, level) ?? [];
      for (const position of path) expect(cover).toContain(s2TokenOf(position, level));
      expect(cover.length).toBeLessThan(16);
      for (const cell of cover) {
        const [corner = [0, 0, 0]] = s2Corners(cell) ?? [];
        expect(Math.abs(positionOf(corner)[1] - y)).toBeLessThan(100 * size);
      }
    }),
    { numRuns: 40 },
  );
});

// Answers of a Kusto engine.
test.each([
  [
    ["sunpj", "sunpn", "sunpp", "sunnz", "sunnx", "sunnw", "sunnt", "sunnv"],
    ["sunnv", "sunnt", "sunnw", "sunnx", "sunpp", "sunnz", "sunpn", "sunpj"],
  ],
  [
    ["89c2f9", "89c251", "89c257", "89c25f", "89c2f7", "89c25b", "89c2f5", "89c25d"],
    ["89c25d", "89c25b", "89c2f7", "89c257", "89c2f5", "89c251", "89c25f", "89c2f9"],
  ],
])("the set of %j", (texts, expected) => {
  expect(setOrder(texts)).toEqual(expected);
});
