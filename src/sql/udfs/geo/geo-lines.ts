import { densified, isLong } from "../../geo/densify.ts";
import {
  linesText,
  pointText,
  positionsOf,
  readLine,
  readLines,
  writtenPaths,
  type Lines,
} from "../../geo/geojson.ts";
import { edgesOfLines, fractionAt, lengthOf, middleOfEdges, pointAlong } from "../../geo/lines.ts";
import { s2Cover } from "../../geo/cells/s2-cells.ts";
import { setOrder } from "../../geo/cells/set-order.ts";
import { isPosition, positionOf, vectorOf, type Position } from "../../geo/sphere.ts";
import { metres, radiansOf } from "./geo-read.ts";
import { refuseValue } from "../refuse-value.ts";
import type { UdfTable } from "../udf.ts";

/** Functions of lines. What is no line gives null. */
export const geoLineUdfs: UdfTable = {
  kql_geo_line_length: {
    takes: ["json"],
    gives: "real",
    call: (line: unknown) => ofLines(line, (lines) => metres(lengthOf(edgesOfLines(lines)))),
  },
  kql_geo_line_centroid: {
    takes: ["json"],
    gives: "text",
    call: (line: unknown) =>
      ofLines(line, (lines) => pointText(positionOf(middleOfEdges(edgesOfLines(lines))))),
  },
  kql_geo_line_locate: {
    takes: ["json", "real", "real"],
    gives: "real",
    call: (line: unknown, x: number, y: number) => {
      const path = readLine(line);
      return path === undefined || !isPosition([x, y]) ? null : fractionAt(path, vectorOf([x, y]));
    },
  },
  kql_geo_line_interpolate: {
    takes: ["json", "real"],
    gives: "text",
    call: (line: unknown, fraction: number) => {
      const path = readLine(line);
      if (path === undefined || !(fraction >= 0 && fraction <= 1)) return null;
      const point = pointAlong(path, fraction);
      return point === undefined ? null : pointText(positionOf(point));
    },
  },
  kql_geo_line_densify: {
    takes: ["json", "real"],
    gives: "text",
    call: (line: unknown, tolerance: number) =>
      ofLines(line, () =>
        isTolerance(tolerance)
          ? linesText(writtenPaths(line).map((path) => densifiedPath(path, tolerance)))
          : null,
      ),
  },
  kql_geo_line_cells: {
    takes: ["json", "long", "real"],
    gives: "json",
    call: (line: unknown, level: bigint, radius: number) =>
      ofLines(line, (lines) => {
        if (!(radius >= 0)) return null;
        const covered = { edges: edgesOfLines(lines), regions: [], radius: radiansOf(radius) };
        const cells = s2Cover(covered, Number(level));
        return cells === undefined ? null : setOrder(cells);
      }),
  },
};

function ofLines<T>(line: unknown, result: (lines: Lines) => T): T | null {
  const lines = readLines(line);
  return lines === undefined ? null : result(lines);
}

/** Metres that a tolerance may have. */
export function isTolerance(tolerance: number): boolean {
  return tolerance >= 0.1 && tolerance <= 10_000;
}

export function densifiedPath(path: readonly Position[], tolerance: number): Position[] {
  if (isLong(path)) return refuseValue("a shape that goes over the antimeridian");
  return positionsOf(densified(path, radiansOf(tolerance)));
}
