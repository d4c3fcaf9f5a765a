import { arctangent, sineAndCosine } from "./trigonometry.ts";

/** Degrees, as GeoJSON writes a place. */
export type Position = readonly [longitude: number, latitude: number];

/** A point of the unit sphere. */
export type Vector = readonly [x: number, y: number, z: number];

/** The part of a great circle between two points: the shorter one. */
export type Edge = readonly [from: Vector, to: Vector];

/** Metres. Distances that Kusto gives are angles times this. */
export const earthRadius = 6_371_010;

const radians = Math.PI / 180;
const degrees = 180 / Math.PI;

export function isPosition([longitude, latitude]: Position): boolean {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
}

export function vectorOf([longitude, latitude]: Position): Vector {
  const theta = sineAndCosine(longitude * radians);
  const phi = sineAndCosine(latitude * radians);
  return [theta.cosine * phi.cosine, theta.sine * phi.cosine, phi.sine];
}

export function positionOf([x, y, z]: Vector): Position {
  return [arctangent(y, x) * degrees, arctangent(z, Math.sqrt(x * x + y * y)) * degrees];
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function sum(a: Vector, b: Vector): Vector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function difference(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function scaled(a: Vector, by: number): Vector {
  return [a[0] * by, a[1] * by, a[2] * by];
}

export function norm(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

export function unit(a: Vector): Vector {
  return scaled(a, 1 / norm(a));
}

/** The normal of two points, exact to the last bits also where they are close. Its length is twice the sine of their angle. */
export function normal(a: Vector, b: Vector): Vector {
  return cross(sum(a, b), difference(b, a));
}

/** The angle between two points in radians. */
export function angle(a: Vector, b: Vector): number {
  return Math.atan2(norm(cross(a, b)), dot(a, b));
}

export function isSame(a: Vector, b: Vector): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}

/** The point at `radius` radians from `from` towards `direction`, which stands square on it. */
export function pointOnRay(from: Vector, direction: Vector, radius: number): Vector {
  return unit(sum(scaled(from, Math.cos(radius)), scaled(direction, Math.sin(radius))));
}

/** The point at a part of an edge's way. */
export function interpolate([from, to]: Edge, fraction: number): Vector {
  if (fraction === 0) return from;
  if (fraction === 1) return to;
  const tangent = unit(cross(normal(from, to), from));
  return pointOnRay(from, tangent, angle(from, to) * fraction);
}

/** The point of an edge that is nearest to `point`. */
export function nearestOnEdge(point: Vector, [from, to]: Edge): Vector {
  const plane = unit(normal(from, to));
  const onCircle = difference(point, scaled(plane, dot(point, plane)));
  const isBetween = dot(cross(plane, from), onCircle) > 0 && dot(cross(to, plane), onCircle) > 0;
  if (isBetween && norm(onCircle) > 0) return unit(onCircle);
  return chord(point, from) <= chord(point, to) ? from : to;
}

function chord(a: Vector, b: Vector): number {
  return norm(difference(a, b));
}

/** The angle between `point` and what is nearest to it on an edge, in radians. */
export function distanceToEdge(point: Vector, edge: Edge): number {
  return angle(point, nearestOnEdge(point, edge));
}

/** The edges of a path, in its order. */
export function edgesOf(path: readonly Vector[]): Edge[] {
  return path.slice(1).map((to, at): Edge => [path[at] ?? to, to]);
}

/** The edges of a ring whose first vertex is not written again at its end. */
export function ringEdges(ring: readonly Vector[]): Edge[] {
  const [first] = ring;
  return first === undefined ? [] : edgesOf([...ring, first]);
}
