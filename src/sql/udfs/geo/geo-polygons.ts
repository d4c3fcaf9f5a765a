import { pointText, polygonsText, writtenRings } from "../../geo/geojson.ts";
import { h3CellsIn } from "../../geo/cells/h3-cells.ts";
import { lengthOf } from "../../geo/lines.ts";
import { unionOf } from "../../geo/overlay.ts";
import { areaOf, momentOf, type Region } from "../../geo/polygon.ts";
import { s2Cover } from "../../geo/cells/s2-cells.ts";
import { setOrder } from "../../geo/cells/set-order.ts";
import { earthRadius, positionOf, type Position, type Vector } from "../../geo/sphere.ts";
import { densifiedPath, isTolerance } from "./geo-lines.ts";
import { metres, polygonsOf, radiansOf } from "./geo-read.ts";
import { refuseValue } from "../refuse-value.ts";
import type { UdfTable } from "../udf.ts";

/** Functions of polygons, of several ones as of their union. What is none gives null. */
export const geoPolygonUdfs: UdfTable = {
  kql_geo_polygon_area: {
    takes: ["text"],
    gives: "real",
    call: (polygon: string) =>
      ofPolygons(polygon, (regions) => areaOf(unionOf(regions)) * earthRadius ** 2),
  },
  kql_geo_polygon_perimeter: {
    takes: ["text"],
    gives: "real",
    call: (polygon: string) =>
      ofPolygons(polygon, (regions) => metres(lengthOf(unionOf(regions).edges))),
  },
  kql_geo_polygon_centroid: {
    takes: ["text"],
    gives: "text",
    call: (polygon: string) =>
      ofPolygons(polygon, (regions) => pointText(positionOf(momentOf(unionOf(regions))))),
  },
  kql_geo_polygon_densify: {
    takes: ["text", "real"],
    gives: "text",
    call: (polygon: string, tolerance: number) =>
      ofPolygons(polygon, () =>
        isTolerance(tolerance) ? densifiedText(polygon, tolerance) : null,
      ),
  },
  kql_geo_polygon_cells: {
    takes: ["text", "long", "real"],
    gives: "json",
    call: (polygon: string, level: bigint, radius: number) =>
      ofPolygons(polygon, (regions) => {
        if (!(radius >= 0)) return null;
        const edges = regions.flatMap((region) => region.edges);
        const cells = s2Cover({ edges, regions, radius: radiansOf(radius) }, Number(level));
        return cells === undefined ? null : setOrder(cells);
      }),
  },
  kql_geo_polygon_hexagons: {
    takes: ["text", "long", "real"],
    gives: "json",
    call: (polygon: string, resolution: bigint, radius: number) =>
      ofPolygons(polygon, (regions) => {
        if (radius > 0) return refuseValue("`geo_polygon_to_h3cells` with a radius");
        if (!(radius >= 0)) return null;
        const cells = h3CellsIn(regions.map(ringsOf), Number(resolution));
        return cells === undefined ? null : setOrder(cells);
      }),
  },
};

function ofPolygons<T>(polygon: string, result: (regions: readonly Region[]) => T): T | null {
  const regions = polygonsOf(polygon);
  return regions === undefined ? null : result(regions);
}

function ringsOf({ rings }: Region): (readonly Vector[])[] {
  return rings.map(({ vertices }) => vertices);
}

function densifiedText(polygon: string, tolerance: number): string {
  const densifiedRing = (ring: readonly Position[]): Position[] =>
    densifiedPath(ring, tolerance).slice(0, -1);
  return polygonsText(writtenRings(JSON.parse(polygon)).map((rings) => rings.map(densifiedRing)));
}
