import { areFar, meetingOf } from "./predicates.ts";
import {
  angle,
  cross,
  difference,
  distanceToEdge,
  dot,
  norm,
  normal,
  scaled,
  sum,
  unit,
  type Edge,
  type Vector,
} from "./sphere.ts";

/** Points that are nearer to each other are one, in radians: some hundred-millionths of a metre. */
export const mergeRadius = 2e-15;

/** A part of an edge between two vertices that no other edge passes. */
export interface Piece {
  readonly side: 0 | 1;
  /** The number of the edge it is part of: those of the first side come first. */
  readonly edge: number;
  readonly from: number;
  readonly to: number;
}

export interface Arrangement {
  readonly vertices: readonly Vector[];
  readonly pieces: readonly Piece[];
}

/** An edge with the points at which it has to be cut. */
interface CutEdge extends Pick<Piece, "side"> {
  readonly number: number;
  readonly edge: Edge;
  readonly cuts: Vector[];
}

/** Two sets of edges, cut where one of the first meets one of the second. */
export function splitEdges(first: readonly Edge[], second: readonly Edge[]): Arrangement {
  const ofFirst = first.map((edge, at): CutEdge => ({ side: 0, number: at, edge, cuts: [] }));
  const ofSecond = second.map((edge, at): CutEdge => ({
    side: 1,
    number: first.length + at,
    edge,
    cuts: [],
  }));
  for (const one of ofFirst) {
    for (const other of ofSecond) {
      if (areFar(one.edge, other.edge)) continue;
      const points = meetings(one.edge, other.edge);
      one.cuts.push(...points);
      other.cuts.push(...points);
    }
  }
  const vertices = new Vertices();
  const pieces = [...ofFirst, ...ofSecond].flatMap((edge) => piecesOf(edge, vertices));
  return { vertices: vertices.all, pieces };
}

function piecesOf({ side, number, edge, cuts }: CutEdge, vertices: Vertices): Piece[] {
  const [from, to] = edge;
  const stops = cuts.toSorted((a, b) => angle(from, a) - angle(from, b));
  const path = [from, ...stops, to].map((point) => vertices.numberOf(point));
  return path.flatMap((at, index): Piece[] => {
    const next = path[index + 1];
    return next === undefined || next === at ? [] : [{ side, edge: number, from: at, to: next }];
  });
}

/** The points in which two edges meet: their ends that lie on the other one, else where they cross. */
export function meetings(edge: Edge, other: Edge): Vector[] {
  const ends = [
    ...other.filter((end) => distanceToEdge(end, edge) <= mergeRadius),
    ...edge.filter((end) => distanceToEdge(end, other) <= mergeRadius),
  ];
  if (ends.length > 0) return ends;
  return meetingOf(edge, other) === "crossing" ? [crossingPoint(edge, other)] : [];
}

/** Where two edges that cross do so. */
export function crossingPoint([a, b]: Edge, [c, d]: Edge): Vector {
  const point = unit(robustCross(unit(normal(a, b)), unit(normal(c, d))));
  const middle = sum(sum(a, b), sum(c, d));
  return dot(point, middle) < 0 ? scaled(point, -1) : point;
}

/** The cross product of two unit vectors, also where they are close. */
function robustCross(a: Vector, b: Vector): Vector {
  const near = normal(a, b);
  return norm(difference(a, b)) < 1 ? near : cross(a, b);
}

/** Points, those that are one but for rounding under one number. */
class Vertices {
  readonly all: Vector[] = [];
  private readonly numbers = new Map<string, number>();

  numberOf(point: Vector): number {
    const key = point.join(" ");
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const near = this.all.findIndex((other) => isNear(point, other));
    const number = near < 0 ? this.all.push(point) - 1 : near;
    this.numbers.set(key, number);
    return number;
  }
}

function isNear(a: Vector, b: Vector): boolean {
  return norm(difference(a, b)) <= mergeRadius;
}
