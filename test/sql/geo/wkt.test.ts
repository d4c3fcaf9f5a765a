import { expect, test } from "vitest";
import { geojsonOfWkt } from "../../../src/sql/geo/wkt.ts";

test.each([
  ["POINT (1 2)", { type: "Point", coordinates: [1, 2] }],
  ["point(-1.5 2e1)", { type: "Point", coordinates: [-1.5, 20] }],
  [
    "MULTIPOINT ((1 1), (2 2))",
    {
      type: "MultiPoint",
      coordinates: [
        [1, 1],
        [2, 2],
      ],
    },
  ],
  [
    "MULTILINESTRING ((1 1, 2 2), (4 4, 5 5))",
    {
      type: "MultiLineString",
      coordinates: [
        [
          [1, 1],
          [2, 2],
        ],
        [
          [4, 4],
          [5, 5],
        ],
      ],
    },
  ],
  [
    "GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (2 2, 3 3))",
    {
      type: "GeometryCollection",
      geometries: [
        { type: "Point", coordinates: [1, 1] },
        {
          type: "LineString",
          coordinates: [
            [2, 2],
            [3, 3],
          ],
        },
      ],
    },
  ],
])("%s", (text, expected) => {
  expect(JSON.parse(geojsonOfWkt(text) ?? "null")).toEqual(expected);
});

test.each([
  "",
  "LINESTRING",
  "POINT (1)",
  "POINT (1 2",
  "POINT (1 2) x",
  "CIRCLE (1 2)",
  "POLYGON (1 2, 3 4)",
])("%j is no shape", (text) => {
  expect(geojsonOfWkt(text)).toBeUndefined();
});

test.each(["POINT EMPTY", "POINT Z (1 2 3)", "POINT (200 1)"])("%j is refused", (text) => {
  expect(() => geojsonOfWkt(text)).toThrow("KT0249");
});
