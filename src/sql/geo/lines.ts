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
import type { Lines } from "./geojson.ts";

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
