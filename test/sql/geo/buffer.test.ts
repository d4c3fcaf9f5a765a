import { describe, expect, test } from "vitest";
import { aroundEdge, aroundPoint, aroundRegion } from "../../../src/sql/geo/buffer.ts";
import { areaOf, containsPoint, readPolygons, regionOf } from "../../../src/sql/geo/polygon.ts";
import {
  angle,
  earthRadius,
  positionOf,
  vectorOf,
  type Position,
} from "../../../src/sql/geo/sphere.ts";

const metre = 1 / earthRadius;

// The answer of a Kusto engine.
test("the buffer of an edge has the vertices that S2 gives it", () => {
  const edge = [
    vectorOf([-80.66634997047466, 24.894526340592122]),
    vectorOf([-80.67373241820246, 24.890808090321286]),
  ] as const;
  const ring = aroundEdge(edge, { radius: 4 * metre, tolerance: 0.1 * metre }).map(positionOf);
  const expected: readonly Position[] = [
    [-80.66633072022181, 24.894494890070384],
    [-80.6663175977799, 24.894505561911583],
    [-80.66631086894226, 24.89452033754221],
    [-80.66631186265636, 24.894536298776067],
  ];
  expect(ring).toHaveLength(18);
  for (const [at, [x, y]] of expected.entries()) {
    expect(ring[at]?.[0]).toBeCloseTo(x, 10);
    expect(ring[at]?.[1]).toBeCloseTo(y, 10);
  }
});

describe("the buffer of a point", () => {
  const centre = vectorOf([10, 50]);
  const ring = aroundPoint(centre, { radius: 1000 * metre, tolerance: 10 * metre });

  test("has its vertices at the radius, as far from each other as the tolerance lets them be", () => {
    for (const vertex of ring) expect(angle(centre, vertex)).toBeCloseTo(1000 * metre, 14);
    expect(ring).toHaveLength(23);
  });

  test("holds what is within the tolerance, and runs against the hands of a clock", () => {
    const region = regionOf([ring]);
    expect(containsPoint(region, centre)).toBe(true);
    expect(areaOf(region)).toBeGreaterThan(Math.PI * (990 * metre) ** 2);
    expect(areaOf(region)).toBeLessThan(Math.PI * (1000 * metre) ** 2);
  });
});

test.each<[string, readonly (readonly Position[])[]]>([
  [
    "has a notch",
    [
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 1],
        [0, 0],
      ],
    ],
  ],
  [
    "is hollow",
    [
      [
        [0, 0],
        [9, 0],
        [4, 9],
        [0, 0],
      ],
      [
        [3, 1],
        [4, 3],
        [5, 1],
        [3, 1],
      ],
    ],
  ],
])("the buffer of a polygon that %s is refused", (_, coordinates) => {
  const [region = regionOf([])] = readPolygons({ type: "Polygon", coordinates }) ?? [];
  expect(() => aroundRegion(region, { radius: metre, tolerance: metre / 10 })).toThrow("KT0249");
});
