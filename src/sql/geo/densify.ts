import { difference, interpolate, norm, vectorOf, type Position, type Vector } from "./sphere.ts";

/** How far along an edge its two paths, straight on the map and on the sphere, are as far apart as they may get. */
const worst = 0.312_156_910_822_483_1;

/** What the two places at which it is measured may miss of the greatest distance. */
const margin = 0.838_299_925_698_885_1;

/** Radians; below it, edges would be divided for nothing but rounding. */
const leastTolerance = 1e-13;

/**
 * The points of a path with as many more between them that its edges on the sphere are no farther than `tolerance`
 * radians from those straight on the map. They are halved until an estimate says so, as S2's tessellator does it.
 */
export function densified(path: readonly Position[], tolerance: number): Vector[] {
  const limit = chordOf(margin * Math.max(tolerance, leastTolerance));
  const [first, ...others] = path;
  if (first === undefined) return [];
  const points = [vectorOf(first)];
  let from = first;
  for (const to of others) {
    points.push(...between(from, to, limit));
    from = to;
  }
  return points;
}

/** What comes behind `from` on the way to `to`, with `to`. */
function between(from: Position, to: Position, limit: number): Vector[] {
  if (estimate(from, to) <= limit) return [vectorOf(to)];
  const middle = onMap(from, to, 0.5);
  return [...between(from, middle, limit), ...between(middle, to, limit)];
}

/** How far apart the two paths are, as a chord of the unit sphere. */
function estimate(from: Position, to: Position): number {
  const edge = [vectorOf(from), vectorOf(to)] as const;
  const apart = [worst, 1 - worst].map((part) =>
    norm(difference(interpolate(edge, part), vectorOf(onMap(from, to, part)))),
  );
  return Math.max(...apart);
}

function onMap(from: Position, to: Position, part: number): Position {
  return [(1 - part) * from[0] + part * to[0], (1 - part) * from[1] + part * to[1]];
}

function chordOf(angle: number): number {
  return 2 * Math.sin(angle / 2);
}

/** True where an edge goes the shorter way over the antimeridian, or half around Earth. */
export function isLong(path: readonly Position[]): boolean {
  return path.some(
    ([longitude], at) => at > 0 && Math.abs(longitude - (path[at - 1]?.[0] ?? longitude)) >= 180,
  );
}
