import { describe, expect, test } from "vitest";
import { readLine, readLines } from "../../../src/sql/geo/geojson.ts";
import { edgesOfLines, joinedPath } from "../../../src/sql/geo/lines.ts";
import {
  commonPoints,
  doEdgesMeet,
  doesHold,
  doRegionsMeet,
  partsWithin,
  sharedOf,
} from "../../../src/sql/geo/meetings.ts";
import { readPolygons, regionOf, type Region } from "../../../src/sql/geo/polygon.ts";
import { positionOf, vectorOf, type Edge, type Position } from "../../../src/sql/geo/sphere.ts";

function edges(...path: readonly Position[]): readonly Edge[] {
  return edgesOfLines([path.map(vectorOf)]);
}

function polygon(...ring: readonly Position[]): Region {
  const [region] = readPolygons({ type: "Polygon", coordinates: [[...ring, ring[0]]] }) ?? [];
  return region ?? regionOf([]);
}

function square(x: number, y: number, size: number): Region {
  return polygon([x, y], [x + size, y], [x + size, y + size], [x, y + size]);
}

describe("lines", () => {
  const across = edges([0, 1], [2, 1.5]);

  test.each<[string, readonly Edge[], boolean]>([
    ["crosses", edges([1, 0], [1, 2]), true],
    ["begins at its end", edges([2, 1.5], [3, 3]), true],
    ["is beside it", edges([0, 2], [2, 2.5]), false],
  ])("one that %s", (_, other, expected) => {
    expect(doEdgesMeet(across, other)).toBe(expected);
    expect(commonPoints(across, other)).toHaveLength(expected ? 1 : 0);
  });

  test("one that ends within another is refused", () => {
    expect(() => doEdgesMeet(edges([-1, 0], [1, 0]), edges([0, 0], [0, 1]))).toThrow("KT0249");
  });

  test("with an edge in common have no points alone", () => {
    expect(commonPoints(across, edges([2, 1.5], [0, 1]))).toBeUndefined();
  });

  test("that go on from each other are one path", () => {
    const [a, b, c] = [vectorOf([0, 0]), vectorOf([1, 1]), vectorOf([2, 0])];
    expect(
      joinedPath([
        [b, c],
        [a, b],
        [a, b],
      ]),
    ).toEqual([a, b, c]);
    expect(() =>
      joinedPath([
        [a, b],
        [a, c],
      ]),
    ).toThrow("KT0249");
  });
});

describe("a line and a polygon", () => {
  const region = square(0, 0, 2);

  test("one through it is cut at its border", () => {
    const parts = partsWithin([vectorOf([-1, 1]), vectorOf([1, 1.2]), vectorOf([1, 3])], region);
    expect(parts.map((part) => part.length)).toEqual([3]);
    expect(positionOf(parts[0]?.[0] ?? [0, 0, 0])[0]).toBeCloseTo(0, 9);
  });

  test("one that leaves it and comes back is in two parts", () => {
    const path: readonly Position[] = [
      [1, 1],
      [1, 3],
      [1.5, 3],
      [1.5, 1],
    ];
    expect(partsWithin(path.map(vectorOf), region)).toHaveLength(2);
  });

  test("one that touches it is refused", () => {
    expect(() => partsWithin([vectorOf([2, 2]), vectorOf([3, 3])], region)).toThrow("KT0249");
  });

  test.each<[string, readonly Edge[], boolean]>([
    ["within", edges([0.5, 0.5], [1, 1]), true],
    ["beside", edges([5, 5], [6, 6]), false],
    ["through", edges([-1, 1], [3, 1.1]), true],
  ])("one %s", (_, line, expected) => {
    expect(doesHold(region, line)).toBe(expected);
  });
});

describe("polygons", () => {
  test.each<[string, Region, boolean]>([
    ["within", square(0.5, 0.5, 0.5), true],
    ["around", square(-5, -5, 20), true],
    ["beside", square(5, 5, 1), false],
    ["touching", square(2, 2, 1), true],
  ])("one %s another", (_, other, expected) => {
    expect(doRegionsMeet(square(0, 0, 2), other)).toBe(expected);
  });

  test("that touch in a point share it", () => {
    const { region, point } = sharedOf(square(0, 0, 2), square(2, 2, 1));
    expect(region.rings).toEqual([]);
    expect(point).toEqual(vectorOf([2, 2]));
  });

  test("that touch along a border are refused", () => {
    expect(() => sharedOf(square(0, 0, 1), square(1, 0, 1))).toThrow("KT0249");
  });
});

test.each([
  [
    {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [10, 10],
          [10, 10],
          [0, 0],
        ],
      ],
    },
  ],
  [
    {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [2, 2],
          [2, 0],
          [0, 2],
          [0, 0],
        ],
      ],
    },
  ],
  [
    {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [2, 2],
          [2, 0],
        ],
      ],
    },
  ],
  [{ type: "Polygon", coordinates: [] }],
  [{ type: "Polygon" }],
  [
    {
      type: "LineString",
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    },
  ],
  [
    {
      type: "MultiPolygon",
      coordinates: [
        [
          [
            [0, 0],
            [2, 200],
            [2, 0],
            [0, 0],
          ],
        ],
      ],
    },
  ],
  ["Polygon"],
  [null],
])("%j is no polygon", (value) => {
  expect(readPolygons(value)).toBeUndefined();
});

test.each([
  [{ type: "LineString", coordinates: [[1, 1]] }],
  [
    {
      type: "LineString",
      coordinates: [
        [0, 0],
        [181, 1],
      ],
    },
  ],
  [
    {
      type: "LineString",
      coordinates: [
        [0, "0"],
        [1, 1],
      ],
    },
  ],
  [{ type: "LineString" }],
  [
    {
      type: "MultiLineString",
      coordinates: [
        [
          [0, 0],
          [1, 1],
        ],
        [[0, 0]],
      ],
    },
  ],
  [{ type: "Point", coordinates: [0, 0] }],
])("%j is no line", (value) => {
  expect(readLines(value)).toBeUndefined();
});

test("several lines are none for what wants one", () => {
  expect(
    readLine({
      type: "MultiLineString",
      coordinates: [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    }),
  ).toBeUndefined();
});
