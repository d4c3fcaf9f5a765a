import { refuseValue } from "../udfs/refuse-value.ts";
import { regionOf, type Region } from "./polygon.ts";
import { turn } from "./predicates.ts";
import {
  angle,
  cross,
  normal,
  pointOnRay,
  ringEdges,
  scaled,
  unit,
  type Edge,
  type Vector,
} from "./sphere.ts";

/** How far a buffer reaches, and how far its sides may be from that, in radians. */
export interface Buffer {
  readonly radius: number;
  readonly tolerance: number;
}

/** A little more than a whole number of steps, so that no short one is left. */
const rounding = 1e-15;

/** The ring around a point, as S2 draws it: against the hands of a clock, from a direction of its own. */
export function aroundPoint(point: Vector, buffer: Buffer): readonly Vector[] {
  const count = Math.ceil((2 * Math.PI) / longestStep(buffer.radius, buffer.tolerance));
  const step = (2 * Math.PI) / count + rounding;
  const ring: Vector[] = [];
  let start = squareTo(point);
  let way = 0;
  for (let quarter = 0; quarter < 4; quarter++) {
    const onward = unit(cross(point, start));
    for (; way < Math.PI / 2; way += step) {
      ring.push(pointOnRay(point, pointOnRay(start, onward, way), buffer.radius));
    }
    way -= Math.PI / 2;
    start = onward;
  }
  return ring;
}

/** The ring around an edge with its round ends. */
export function aroundEdge([from, to]: Edge, buffer: Buffer): readonly Vector[] {
  const axis = rightOf([from, to]);
  const back = scaled(axis, -1);
  requireShort([[from, to]], buffer);
  return [...arc(from, [back, axis], buffer), ...arc(to, [axis, back], buffer)];
}

/** A region and all around it. Its rings must not turn to the right. */
export function aroundRegion(region: Region, buffer: Buffer): Region {
  const [ring, ...others] = region.rings.map(({ vertices }) => vertices);
  if (ring === undefined) return region;
  const edges = ringEdges(ring);
  const isConvex = edges.every(([a, b], at) => {
    const [, c] = edges[(at + 1) % edges.length] ?? [b, b];
    return turn(a, b, c) > 0;
  });
  if (others.length > 0 || !isConvex) {
    return refuseValue("a buffer around a polygon that is hollow or has a notch");
  }
  requireShort(edges, buffer);
  const path = edges.flatMap((edge, at) => {
    const next = edges[(at + 1) % edges.length] ?? edge;
    return arc(edge[1], [rightOf(edge), rightOf(next)], buffer);
  });
  return regionOf([[...path.slice(-1), ...path.slice(0, -1)]]);
}

/** What is on the right of an edge, square on it. */
function rightOf([from, to]: Edge): Vector {
  return unit(normal(to, from));
}

/** The points around `centre` from one direction to another one. */
function arc(
  centre: Vector,
  [from, to]: readonly [Vector, Vector],
  { radius, tolerance }: Buffer,
): Vector[] {
  const step = longestStep(radius, tolerance);
  const onward = unit(cross(centre, from));
  const span = angle(from, to);
  const points: Vector[] = [];
  for (let way = 0; way === 0 || way < span; way += step) {
    points.push(pointOnRay(centre, pointOnRay(from, onward, way), radius));
  }
  return [...points, pointOnRay(centre, to, radius)];
}

/** Refuses edges so long that their sides need points of their own. */
function requireShort(edges: readonly Edge[], { radius, tolerance }: Buffer): void {
  const longest = longestStep(Math.PI / 2 - radius, tolerance);
  if (edges.some(([from, to]) => angle(from, to) >= longest)) {
    refuseValue("a buffer around an edge of that length");
  }
}

/** The longest step along a circle whose chord stays within a tolerance of it: at most a third of it. */
function longestStep(radius: number, tolerance: number): number {
  const least = radius - tolerance;
  const step = 2 * Math.acos(Math.tan(least) / Math.tan(radius));
  return Math.min((2 * Math.PI) / 3 + rounding, step);
}

/** A direction square on a point, always the same one for it. */
function squareTo(point: Vector): Vector {
  const sizes = point.map(Math.abs);
  const largest = sizes.lastIndexOf(Math.max(...sizes));
  const other: [number, number, number] = [0.012, 0.0053, 0.00457];
  other[(largest + 2) % 3] = 1;
  return unit(cross(point, other));
}
