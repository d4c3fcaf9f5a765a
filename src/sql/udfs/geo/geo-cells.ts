import { geohashBounds, geohashesAround, geohashOf } from "../../geo/cells/geohash.ts";
import { pointText, polygonsText, positionsOf } from "../../geo/geojson.ts";
import {
  h3CellOf,
  h3CellsAround,
  h3Centre,
  h3Children,
  h3Corners,
  h3Level,
  h3Parent,
  h3Rings,
} from "../../geo/cells/h3-cells.ts";
import { s2Centre, s2Corners, s2TokenOf, s2TokensAround } from "../../geo/cells/s2-cells.ts";
import { setOrder } from "../../geo/cells/set-order.ts";
import { geojsonOfWkt } from "../../geo/wkt.ts";
import type { Position } from "../../geo/sphere.ts";
import { refuseValue } from "../refuse-value.ts";
import type { UdfTable } from "../udf.ts";

/** Functions of cells: geohashes, S2's and H3's. What is none gives null. */
export const geoCellUdfs: UdfTable = {
  kql_geohash: cellOfPlace(geohashOf),
  kql_s2cell: cellOfPlace(s2TokenOf),
  kql_h3cell: cellOfPlace(h3CellOf),
  kql_geohash_centre: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => centreText(geohashCentre(text)),
  },
  kql_s2cell_centre: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => centreText(s2Centre(text)),
  },
  kql_h3cell_centre: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => centreText(h3Centre(text)),
  },
  kql_geohash_polygon: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => cornersText(geohashCorners(text)),
  },
  kql_s2cell_polygon: { takes: ["text"], gives: "text", call: s2Polygon },
  kql_h3cell_polygon: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => cornersText(h3Corners(text)),
  },
  kql_geohash_neighbours: { takes: ["text"], gives: "json", call: geohashNeighbours },
  kql_s2cell_neighbours: {
    takes: ["text"],
    gives: "json",
    call: (text: string) => inSet(s2TokensAround(text)),
  },
  kql_h3cell_neighbours: {
    takes: ["text"],
    gives: "json",
    call: (text: string) => inSet(h3CellsAround(text)),
  },
  kql_h3cell_level: { takes: ["text"], gives: "long", call: levelOf },
  kql_h3cell_parent: {
    takes: ["text", "long"],
    gives: "text",
    nulls: true,
    call: (text: string, level: bigint | null) => h3Parent(text, numberOf(level)),
  },
  kql_h3cell_children: {
    takes: ["text", "long"],
    gives: "json",
    nulls: true,
    call: (text: string, level: bigint | null) => h3Children(text, numberOf(level)),
  },
  kql_h3cell_rings: {
    takes: ["text", "long"],
    gives: "json",
    call: (text: string, distance: bigint) => h3Rings(text, Number(distance)),
  },
  kql_wkt: { takes: ["text"], gives: "text", call: geojsonOfWkt },
};

function cellOfPlace(
  cell: (position: Position, level: number) => string | undefined,
): UdfTable[string] {
  return {
    takes: ["real", "real", "long"],
    gives: "text",
    call: (x: number, y: number, level: bigint) => cell([x, y], Number(level)),
  };
}

function numberOf(value: bigint | null): number | undefined {
  return value === null ? undefined : Number(value);
}

function centreText(centre: Position | undefined): string | null {
  return centre === undefined ? null : pointText(centre);
}

function cornersText(corners: readonly Position[] | undefined): string | null {
  return corners === undefined ? null : polygonsText([[corners]]);
}

function s2Polygon(text: string): string | null {
  const corners = s2Corners(text);
  return corners === undefined ? null : cornersText(positionsOf(corners));
}

function inSet(cells: readonly string[] | undefined): readonly string[] | undefined {
  return cells === undefined ? undefined : setOrder(cells);
}

function geohashCentre(text: string): Position | undefined {
  const bounds = geohashBounds(text);
  if (bounds === undefined) return undefined;
  const [west, south, east, north] = bounds;
  return [(west + east) / 2, (south + north) / 2];
}

function geohashCorners(text: string): readonly Position[] | undefined {
  const bounds = geohashBounds(text);
  if (bounds === undefined) return undefined;
  const [west, south, east, north] = bounds;
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
}

function geohashNeighbours(text: string): readonly string[] | undefined {
  const around = geohashesAround(text);
  return around === "pole" ? refuseValue("the neighbours of a geohash at a pole") : inSet(around);
}

function levelOf(text: string): bigint | null {
  const level = h3Level(text);
  return level === undefined ? null : BigInt(level);
}
