import {
  collectionText,
  linesText,
  pointText,
  polygonsText,
  positionsOf,
  readLines,
  type Lines,
} from "../../geo/geojson.ts";
import { edgesOfLines, joinedPath } from "../../geo/lines.ts";
import {
  commonPoints,
  doEdgesMeet,
  doesHold,
  doRegionsMeet,
  partsWithin,
  sharedOf,
} from "../../geo/meetings.ts";
import { shellsOf, unionOf } from "../../geo/overlay.ts";
import type { Region } from "../../geo/polygon.ts";
import { positionOf, type Vector } from "../../geo/sphere.ts";
import { polygonsOf } from "./geo-read.ts";
import { elementsOf } from "../dynamic/json-text.ts";
import { refuseValue } from "../refuse-value.ts";
import type { UdfTable } from "../udf.ts";

const nothing = collectionText([]);

/** What two shapes share, and what several ones are together. A shape that is none gives null. */
export const geoOverlayUdfs: UdfTable = {
  kql_geo_lines_meet: {
    takes: ["json", "json"],
    gives: "bool",
    call: (left: unknown, right: unknown) =>
      ofBoth([readLines(left), readLines(right)], (lines, others) =>
        doEdgesMeet(edgesOfLines(lines), edgesOfLines(others)),
      ),
  },
  kql_geo_line_meets_polygon: {
    takes: ["json", "text"],
    gives: "bool",
    call: (line: unknown, polygon: string) =>
      ofBoth([readLines(line), polygonsOf(polygon)], (lines, regions) =>
        regions.some((region) => doesHold(region, edgesOfLines(lines))),
      ),
  },
  kql_geo_polygons_meet: {
    takes: ["text", "text"],
    gives: "bool",
    call: (left: string, right: string) =>
      ofBoth([polygonsOf(left), polygonsOf(right)], (regions, others) =>
        regions.some((region) => others.some((other) => doRegionsMeet(region, other))),
      ),
  },
  kql_geo_lines_shared: {
    takes: ["json", "json"],
    gives: "text",
    call: (left: unknown, right: unknown) =>
      ofBoth([readLines(left), readLines(right)], sharedLinesText),
  },
  kql_geo_line_within: {
    takes: ["json", "text"],
    gives: "text",
    call: (line: unknown, polygon: string) =>
      ofBoth([readLines(line), polygonsOf(polygon)], (lines, regions) => {
        const region = unionOf(regions);
        const parts = lines.flatMap((path) => partsWithin(path, region));
        return parts.length === 0 ? nothing : linesText(parts.map(positionsOf));
      }),
  },
  kql_geo_polygons_shared: {
    takes: ["text", "text"],
    gives: "text",
    call: (left: string, right: string) =>
      ofBoth([polygonsOf(left), polygonsOf(right)], (regions, others) =>
        sharedRegionText(unionOf(regions), unionOf(others)),
      ),
  },
  kql_geo_lines_union: {
    takes: ["text"],
    gives: "text",
    call: (lines: string) =>
      ofAll(
        lines,
        (text) => readLines(JSON.parse(text)),
        (all) => linesText([positionsOf(joinedPath(all.flat()))]),
      ),
  },
  kql_geo_polygons_union: {
    takes: ["text"],
    gives: "text",
    call: (polygons: string) =>
      ofAll(polygons, polygonsOf, (all) => regionText(unionOf(all.map(unionOf)))),
  },
};

function ofBoth<A, B, T>(
  [left, right]: readonly [A | undefined, B | undefined],
  result: (left: A, right: B) => T,
): T | null {
  return left === undefined || right === undefined ? null : result(left, right);
}

function ofAll<A>(
  array: string,
  read: (text: string) => A | undefined,
  result: (shapes: readonly A[]) => string,
): string | null {
  const texts = elementsOf(array);
  if (texts === undefined) return null;
  if (texts.length === 0) return refuseValue("the union of no shapes");
  const shapes = texts.map(read).filter((shape) => shape !== undefined);
  return shapes.length < texts.length ? null : result(shapes);
}

function placesOf(region: Region): ReturnType<typeof positionsOf>[][] {
  return shellsOf(region).map((rings) => rings.map(positionsOf));
}

export function regionText(region: Region): string {
  return polygonsText(placesOf(region));
}

function sharedLinesText(lines: Lines, others: Lines): string {
  const points = commonPoints(edgesOfLines(lines), edgesOfLines(others));
  if (points === undefined) {
    return JSON.stringify(lines) === JSON.stringify(others)
      ? linesText(lines.map(positionsOf))
      : refuseValue("lines that share a part of their ways");
  }
  const [point, ...more] = points;
  if (more.length > 0) return refuseValue("lines that meet in several points");
  return point === undefined ? nothing : placeText(point);
}

function placeText(point: Vector): string {
  return pointText(positionOf(point));
}

function sharedRegionText(first: Region, second: Region): string {
  const { region, point } = sharedOf(first, second);
  if (region.rings.length === 0) return point === undefined ? nothing : placeText(point);
  const text = regionText(region);
  return point === undefined ? text : collectionText([placeText(point), text]);
}
