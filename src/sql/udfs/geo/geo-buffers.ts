import { aroundEdge, aroundPoint, aroundRegion, type Buffer } from "../../geo/buffer.ts";
import { readLines } from "../../geo/geojson.ts";
import { edgesOfLines } from "../../geo/lines.ts";
import { regionOf } from "../../geo/polygon.ts";
import { unionOf } from "../../geo/overlay.ts";
import { isPosition, vectorOf } from "../../geo/sphere.ts";
import { regionText } from "./geo-overlays.ts";
import { polygonsOf, radiansOf } from "./geo-read.ts";
import { refuseValue } from "../refuse-value.ts";
import type { UdfTable } from "../udf.ts";

/** All that is near to a shape. A shape that is none, and a radius that is not above 0, give null. */
export const geoBufferUdfs: UdfTable = {
  kql_geo_point_buffer: {
    takes: ["real", "real", "real", "real"],
    gives: "text",
    call: (...args: readonly [number, number, number, number]) => {
      const [x, y, radius, tolerance] = args;
      const buffer = bufferOf(radius, tolerance);
      if (!isPosition([x, y]) || buffer === undefined) return null;
      return regionText(regionOf([aroundPoint(vectorOf([x, y]), buffer())]));
    },
  },
  kql_geo_line_buffer: {
    takes: ["json", "real", "real"],
    gives: "text",
    call: (line: unknown, radius: number, tolerance: number) => {
      const [lines, buffer] = [readLines(line), bufferOf(radius, tolerance)];
      if (lines === undefined || buffer === undefined) return null;
      const [edge, ...others] = edgesOfLines(lines);
      if (edge === undefined || others.length > 0) {
        return refuseValue("a buffer around a line of several edges");
      }
      return regionText(regionOf([aroundEdge(edge, buffer())]));
    },
  },
  kql_geo_polygon_buffer: {
    takes: ["text", "real", "real"],
    gives: "text",
    call: (polygon: string, radius: number, tolerance: number) => {
      const [regions, buffer] = [polygonsOf(polygon), bufferOf(radius, tolerance)];
      if (regions === undefined || buffer === undefined) return null;
      return regionText(aroundRegion(unionOf(regions), buffer()));
    },
  },
};

/** The buffer that a call asks for in metres; undefined where it is invalid. What is not known is refused only once it is wanted. */
function bufferOf(radius: number, tolerance: number): (() => Buffer) | undefined {
  if (!(radius > 0) || !(tolerance > 0)) return undefined;
  return () => {
    if (tolerance >= radius || tolerance < radius * 1e-6 || radiansOf(radius) > 1) {
      return refuseValue("a buffer with that tolerance and radius");
    }
    return { radius: radiansOf(radius), tolerance: radiansOf(tolerance) };
  };
}
