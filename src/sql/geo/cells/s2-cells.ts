import { refuseValue } from "../../udfs/refuse-value.ts";
import { loadS2 } from "../load-libraries.ts";
import { containsPoint, type Region } from "../polygon.ts";
import {
  angle,
  distanceToEdge,
  isPosition,
  ringEdges,
  vectorOf,
  type Edge,
  type Position,
  type Vector,
} from "../sphere.ts";
import { meetingOf } from "../predicates.ts";

const degrees = 180 / Math.PI;

/** Radians. A point so near to a cell's side may belong to that cell. */
const rounding = 1e-15;

/** Kusto gives no cover of more cells. */
const mostCells = 65_536;

/** The token of the cell of a level that holds a place; undefined where place or level is invalid. */
export function s2TokenOf(position: Position, level: number): string | undefined {
  if (!isPosition(position) || !isLevel(level)) return undefined;
  return loadS2().cellid.toToken(leafOf(vectorOf(position), level));
}

function isLevel(level: number): boolean {
  return level >= 0 && level <= 30;
}

function leafOf([x, y, z]: Vector, level: number): bigint {
  const { cellid, Point } = loadS2();
  return cellid.parent(cellid.fromPoint(new Point(x, y, z)), level);
}

/** The cell of a token; undefined where it is none. */
function cellOf(token: string): bigint | undefined {
  const { cellid } = loadS2();
  if (!/^[0-9a-f]{1,16}$/i.test(token)) return undefined;
  const cell = cellid.fromToken(token.toLowerCase());
  return cellid.valid(cell) ? cell : undefined;
}

export function s2Centre(token: string): Position | undefined {
  const cell = cellOf(token);
  if (cell === undefined) return undefined;
  const { lng, lat } = loadS2().cellid.latLng(cell);
  return [lng * degrees, lat * degrees];
}

/** The four corners of a cell against the hands of a clock; undefined where the token is none. */
export function s2Corners(token: string): readonly Vector[] | undefined {
  const cell = cellOf(token);
  return cell === undefined ? undefined : cornersOf(cell);
}

function cornersOf(id: bigint): readonly Vector[] {
  const cell = loadS2().Cell.fromCellID(id);
  return [0, 1, 2, 3].map((corner): Vector => {
    const { x, y, z } = cell.vertex(corner);
    return [x, y, z];
  });
}

/** The tokens of the cells of its own level that share an edge or corner with a cell, some twice at a corner of the cube. */
export function s2TokensAround(token: string): readonly string[] | undefined {
  const cell = cellOf(token);
  if (cell === undefined) return undefined;
  const { cellid } = loadS2();
  const level = cellid.level(cell);
  if (level === 0) return refuseValue("the neighbours of a cell that is a face of the cube");
  return cellid.allNeighbors(cell, level).map(cellid.toToken);
}

/** What a cover has to hold: edges, the regions they may go around, and all within a distance in radians. */
export interface Covered {
  readonly edges: readonly Edge[];
  readonly regions: readonly Region[];
  readonly radius: number;
}

/** The tokens of all cells of a level that touch something, in their order on the curve; undefined where they are too many. */
export function s2Cover(covered: Covered, level: number): readonly string[] | undefined {
  if (!isLevel(level)) return undefined;
  const { cellid } = loadS2();
  const found = new Set<bigint>();
  const seen = new Set<bigint>();
  const open = covered.edges.flatMap((edge) => edge.map((end) => leafOf(end, level)));
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    if (seen.has(cell)) continue;
    seen.add(cell);
    if (!touches(cell, covered)) continue;
    found.add(cell);
    if (found.size > mostCells) return undefined;
    open.push(...cellid.edgeNeighbors(cell), ...cellid.allNeighbors(cell, level));
  }
  return [...found].toSorted((a, b) => (a < b ? -1 : 1)).map(cellid.toToken);
}

function touches(cell: bigint, { edges, regions, radius }: Covered): boolean {
  const corners = cornersOf(cell);
  const [first] = corners;
  if (first === undefined) return false;
  if (regions.some((region) => containsPoint(region, first))) return true;
  const { x, y, z } = loadS2().cellid.point(cell);
  const centre: Vector = [x, y, z];
  const reach = Math.max(...corners.map((corner) => angle(centre, corner))) + radius;
  const sides = ringEdges(corners);
  return edges.some((edge) => {
    if (distanceToEdge(centre, edge) > reach + 2 * rounding) return false;
    if (holds(sides, edge[0]) || sides.some((side) => meetingOf(side, edge) !== "apart")) {
      return true;
    }
    return distanceBetween(sides, edge) <= radius + rounding;
  });
}

function holds(sides: readonly Edge[], point: Vector): boolean {
  return sides.every(([from, to]) => turnsLeft(from, to, point));
}

function turnsLeft(a: Vector, b: Vector, c: Vector): boolean {
  const determinant =
    (a[1] * b[2] - a[2] * b[1]) * c[0] +
    (a[2] * b[0] - a[0] * b[2]) * c[1] +
    (a[0] * b[1] - a[1] * b[0]) * c[2];
  return determinant >= 0;
}

/** The least distance of an edge from others that it does not cross. */
function distanceBetween(sides: readonly Edge[], edge: Edge): number {
  const distances = sides.flatMap((side) => [
    distanceToEdge(side[0], edge),
    distanceToEdge(side[1], edge),
    distanceToEdge(edge[0], side),
    distanceToEdge(edge[1], side),
  ]);
  return Math.min(...distances);
}
