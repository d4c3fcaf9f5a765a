import { pointText, readLines } from "../../geo/geojson.ts";
import { edgesOfLines } from "../../geo/lines.ts";
import {
  containsPoint,
  distanceToEdges,
  distanceToRegions,
  nearestOnEdges,
} from "../../geo/polygon.ts";
import {
  angle,
  isPosition,
  isSame,
  positionOf,
  vectorOf,
  type Position,
  type Vector,
} from "../../geo/sphere.ts";
import { metres, polygonsOf, radiansOf } from "./geo-read.ts";
import type { UdfTable } from "../udf.ts";

/** Functions of a point and another shape. A place beyond the degrees of Earth and a shape that is none give null. */
export const geoPointUdfs: UdfTable = {
  kql_geo_distance: {
    takes: ["real", "real", "real", "real"],
    gives: "real",
    call: (...places: readonly [number, number, number, number]) => {
      const [from, to] = placesOf(places);
      return isPosition(from) && isPosition(to)
        ? metres(angle(vectorOf(from), vectorOf(to)))
        : null;
    },
  },
  kql_geo_azimuth: { takes: ["real", "real", "real", "real"], gives: "real", call: azimuth },
  kql_geo_in_circle: {
    takes: ["real", "real", "real", "real", "real"],
    gives: "bool",
    call: (...args: readonly [number, number, number, number, number]) => {
      const [x, y, centreX, centreY, radius] = args;
      const [place, centre] = placesOf([x, y, centreX, centreY]);
      if (!isPosition(place) || !isPosition(centre) || !(radius >= 0)) return null;
      return angle(vectorOf(place), vectorOf(centre)) <= radiansOf(radius);
    },
  },
  kql_geo_in_polygon: {
    takes: ["real", "real", "text"],
    gives: "bool",
    call: (x: number, y: number, polygon: string) => {
      const [point, regions] = [pointOf(x, y), polygonsOf(polygon)];
      if (point === undefined || regions === undefined) return null;
      return regions.some((region) => containsPoint(region, point));
    },
  },
  kql_geo_to_line: {
    takes: ["real", "real", "json"],
    gives: "real",
    call: (x: number, y: number, line: unknown) => {
      const [point, lines] = [pointOf(x, y), readLines(line)];
      if (point === undefined || lines === undefined) return null;
      return metres(distanceToEdges(point, edgesOfLines(lines)));
    },
  },
  kql_geo_to_polygon: {
    takes: ["real", "real", "text"],
    gives: "real",
    call: (x: number, y: number, polygon: string) => {
      const [point, regions] = [pointOf(x, y), polygonsOf(polygon)];
      if (point === undefined || regions === undefined) return null;
      return metres(distanceToRegions(point, regions));
    },
  },
  kql_geo_nearest_on_line: {
    takes: ["real", "real", "json"],
    gives: "text",
    call: (x: number, y: number, line: unknown) => {
      const [point, lines] = [pointOf(x, y), readLines(line)];
      if (point === undefined || lines === undefined) return null;
      return placeText(nearestOnEdges(point, edgesOfLines(lines)));
    },
  },
  kql_geo_nearest_on_polygon: {
    takes: ["real", "real", "text"],
    gives: "text",
    call: (x: number, y: number, polygon: string) => {
      const [point, regions] = [pointOf(x, y), polygonsOf(polygon)];
      if (point === undefined || regions === undefined) return null;
      if (regions.some((region) => containsPoint(region, point))) return placeText(point);
      return placeText(
        nearestOnEdges(
          point,
          regions.flatMap(({ edges }) => edges),
        ),
      );
    },
  },
};

function placesOf([x, y, otherX, otherY]: readonly [number, number, number, number]): readonly [
  Position,
  Position,
] {
  return [
    [x, y],
    [otherX, otherY],
  ];
}

function pointOf(longitude: number, latitude: number): Vector | undefined {
  return isPosition([longitude, latitude]) ? vectorOf([longitude, latitude]) : undefined;
}

function placeText(point: Vector | undefined): string | null {
  return point === undefined ? null : pointText(positionOf(point));
}

/** Radians from the north with the hands of a clock. */
function azimuth(...places: readonly [number, number, number, number]): number | null {
  const [from, to] = placesOf(places);
  if (!isPosition(from) || !isPosition(to)) return null;
  const [a, b] = [vectorOf(from), vectorOf(to)];
  if (isSame(a, b) || isSame(a, [-b[0], -b[1], -b[2]])) return null;
  const radians = Math.PI / 180;
  const [turn, phi, otherPhi] = [(to[0] - from[0]) * radians, from[1] * radians, to[1] * radians];
  const east = Math.sin(turn) * Math.cos(otherPhi);
  const north =
    Math.cos(phi) * Math.sin(otherPhi) - Math.sin(phi) * Math.cos(otherPhi) * Math.cos(turn);
  const direction = Math.atan2(east, north);
  return direction < 0 ? direction + 2 * Math.PI : direction;
}
