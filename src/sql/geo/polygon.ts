import type { s2 } from "s2js";
import { refuseValue } from "../udfs/refuse-value.ts";
import { readRings, type Rings } from "./geojson.ts";
import { loadS2 } from "./load-libraries.ts";
import { areFar, meetingOf } from "./predicates.ts";
import {
  distanceToEdge,
  isSame,
  nearestOnEdge,
  ringEdges,
  scaled,
  sum,
  type Edge,
  type Vector,
} from "./sphere.ts";

/** A ring that has its region to the left, and the loop around its smaller side, which a hole leaves out. */
export interface Ring {
  readonly vertices: readonly Vector[];
  readonly isHole: boolean;
  readonly loop: s2.Loop;
}

/** A part of the sphere within rings that do not cross. */
export interface Region {
  readonly rings: readonly Ring[];
  readonly edges: readonly Edge[];
}

/** The polygons that `value` holds, each a region of its own; undefined where it or one of them is invalid. */
export function readPolygons(value: unknown): readonly Region[] | undefined {
  const polygons = readRings(value)?.map(regionOfPolygon);
  const valid = polygons?.filter((polygon) => polygon !== undefined);
  return valid?.length === polygons?.length ? valid : undefined;
}

/** The region of a shell and its holes, in whichever directions they run; undefined where they cross or share an edge. */
function regionOfPolygon(rings: Rings): Region | undefined {
  if (!isSimple(rings)) return undefined;
  const [shell, ...holes] = rings.map(smallerSide);
  if (shell === undefined) return undefined;
  const { loop } = ringOf(shell);
  if (!holes.every((hole) => hole.every((vertex) => loop.containsPoint(pointOf(vertex))))) {
    return refuseValue("a polygon with a hole that leaves its shell, or touches it");
  }
  return regionOf([shell, ...holes.map((hole) => hole.toReversed())]);
}

/** The region to the left of all `rings`. */
export function regionOf(rings: readonly (readonly Vector[])[]): Region {
  return { rings: rings.map(ringOf), edges: rings.flatMap(ringEdges) };
}

function ringOf(vertices: readonly Vector[]): Ring {
  const loop = loopOf(vertices);
  if (loop.isNormalized()) return { vertices, isHole: false, loop };
  return { vertices, isHole: true, loop: loopOf(vertices.toReversed()) };
}

/** A ring in the direction that has at most half of the sphere to its left. */
function smallerSide(ring: readonly Vector[]): readonly Vector[] {
  return loopOf(ring).isNormalized() ? ring : ring.toReversed();
}

function isSimple(rings: Rings): boolean {
  const edges = rings.flatMap(ringEdges);
  const keys = edges.map((edge) =>
    edge
      .map((end) => end.join(" "))
      .toSorted()
      .join(),
  );
  if (new Set(keys).size < edges.length) return false;
  return !edges.some((edge, at) => edges.some((other, index) => index > at && cuts(edge, other)));
}

function cuts(edge: Edge, other: Edge): boolean {
  if (areFar(edge, other)) return false;
  if (edge.some((end) => other.some((otherEnd) => isSame(end, otherEnd)))) return false;
  return meetingOf(edge, other) !== "apart";
}

function pointOf([x, y, z]: Vector): s2.Point {
  const { Point } = loadS2();
  return new Point(x, y, z);
}

function loopOf(ring: readonly Vector[]): s2.Loop {
  const { Loop } = loadS2();
  return new Loop(ring.map(pointOf));
}

/** Of regions that share no more than borders, one alone holds each point. */
export function containsPoint({ rings }: Region, point: Vector): boolean {
  return rings.filter(({ loop }) => loop.containsPoint(pointOf(point))).length % 2 === 1;
}

/** Square radians. */
export function areaOf({ rings }: Region): number {
  return rings.reduce((total, { loop, isHole }) => total + sign(isHole) * loop.area(), 0);
}

/** The middle of a region times its area. */
export function momentOf({ rings }: Region): Vector {
  return rings
    .map(({ loop, isHole }): Vector => {
      const { x, y, z } = loop.centroid();
      return scaled([x, y, z], sign(isHole));
    })
    .reduce(sum, [0, 0, 0]);
}

function sign(isHole: boolean): 1 | -1 {
  return isHole ? -1 : 1;
}

/** How far a point is from what some regions hold, in radians. */
export function distanceToRegions(point: Vector, regions: readonly Region[]): number {
  if (regions.some((region) => containsPoint(region, point))) return 0;
  return distanceToEdges(
    point,
    regions.flatMap(({ edges }) => edges),
  );
}

export function distanceToEdges(point: Vector, edges: readonly Edge[]): number {
  return edges.reduce(
    (least, edge) => Math.min(least, distanceToEdge(point, edge)),
    Number.POSITIVE_INFINITY,
  );
}

/** The point of some edges that is nearest to `point`: of those that are equally near the first one. */
export function nearestOnEdges(point: Vector, edges: readonly Edge[]): Vector | undefined {
  let nearest: { readonly at: Vector; readonly distance: number } | undefined;
  for (const edge of edges) {
    const distance = distanceToEdge(point, edge);
    if (nearest === undefined || distance < nearest.distance) {
      nearest = { at: nearestOnEdge(point, edge), distance };
    }
  }
  return nearest?.at;
}
