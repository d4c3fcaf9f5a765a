import {
  angle,
  distanceToEdge,
  edgesOf,
  interpolate,
  nearestOnEdge,
  norm,
  scaled,
  sum,
  type Edge,
  type Vector,
} from "./sphere.ts";
import { refuseValue } from "../udfs/refuse-value.ts";
import type { Lines } from "./geojson.ts";
import { areFar, meetingOf } from "./predicates.ts";

/** The edges of all paths, each stretch once, whichever way and however often it is gone. */
export function edgesOfLines(lines: Lines): Edge[] {
  const seen = new Set<string>();
  return lines.flatMap(edgesOf).filter((edge) => {
    const key = edge
      .map((end) => end.join(" "))
      .toSorted()
      .join();
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** Radians. */
export function lengthOf(edges: readonly Edge[]): number {
  return edges.reduce((length, [from, to]) => length + angle(from, to), 0);
}

/** The middle of some edges times their length. */
export function middleOfEdges(edges: readonly Edge[]): Vector {
  return edges.map(middleTimesLength).reduce(sum, [0, 0, 0]);
}

/** Of a great circle's part with the angle `a`, the integral of its points is towards its middle, and 2 sin(a / 2) long. */
function middleTimesLength([from, to]: Edge): Vector {
  const middle = sum(from, to);
  const half = angle(from, to) / 2;
  return scaled(middle, (2 * Math.sin(half)) / norm(middle));
}

/** The point at a part of a path's length. */
export function pointAlong(path: readonly Vector[], fraction: number): Vector | undefined {
  const edges = edgesOf(path);
  let left = fraction * lengthOf(edges);
  for (const edge of edges) {
    const length = angle(...edge);
    if (left < length) return interpolate(edge, left / length);
    left -= length;
  }
  return path.at(-1);
}

/** The part of a path's length up to where it is nearest to `point`. */
export function fractionAt(path: readonly Vector[], point: Vector): number {
  const edges = edgesOf(path);
  let [gone, best, least] = [0, 0, Number.POSITIVE_INFINITY];
  for (const edge of edges) {
    const distance = distanceToEdge(point, edge);
    if (distance < least) {
      least = distance;
      best = gone + angle(edge[0], nearestOnEdge(point, edge));
    }
    gone += angle(...edge);
  }
  return Math.min(1, best / gone);
}

/** The one path that all paths make up together, each stretch once. */
export function joinedPath(lines: Lines): readonly Vector[] {
  const edges = edgesOfLines(lines);
  const next = new Map(edges.map((edge) => [edge[0].join(" "), edge]));
  const ends = new Set(edges.map(([, to]) => to.join(" ")));
  const starts = edges.filter(([from]) => !ends.has(from.join(" ")));
  const [first, ...others] = starts;
  const path = first === undefined ? [] : [first[0]];
  for (let edge = first; edge !== undefined; edge = next.get(edge[1].join(" "))) path.push(edge[1]);
  const isWhole = path.length === edges.length + 1 && next.size === edges.length;
  if (!isWhole || others.length > 0 || edges.some((edge) => crossesAny(edge, edges))) {
    return refuseValue("lines that do not go on from each other");
  }
  return path;
}

function crossesAny(edge: Edge, edges: readonly Edge[]): boolean {
  return edges.some((other) => !areFar(edge, other) && meetingOf(edge, other) === "crossing");
}
