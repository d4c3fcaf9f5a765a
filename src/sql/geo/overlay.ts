import { refuseValue } from "../udfs/refuse-value.ts";
import { splitEdges, type Piece } from "./arrangement.ts";
import { containsPoint, regionOf, type Region } from "./polygon.ts";
import { sum, unit, type Vector } from "./sphere.ts";

export type Overlay = "union" | "intersection";

/** Both regions together, or what they share. Its rings begin where those of S2 do. */
export function overlay(first: Region, second: Region, kind: Overlay): Region {
  const { vertices, pieces } = splitEdges(first.edges, second.edges);
  const sides = [pieces.filter(({ side }) => side === 0), pieces.filter(({ side }) => side === 1)];
  const [ofFirst = [], ofSecond = []] = sides;
  const inSecond = new Set(ofSecond.map(keyOf));
  const inFirst = new Set(ofFirst.map(keyOf));
  const kept = [
    ...ofFirst.filter((piece) => {
      if (inSecond.has(keyOf(piece))) return true;
      if (inSecond.has(reverseKeyOf(piece))) return false;
      return containsPoint(second, middleOf(piece, vertices)) === (kind === "intersection");
    }),
    ...ofSecond.filter((piece) => {
      if (inFirst.has(keyOf(piece)) || inFirst.has(reverseKeyOf(piece))) return false;
      return containsPoint(first, middleOf(piece, vertices)) === (kind === "intersection");
    }),
  ];
  return regionOf(ringsOf(kept).map((ring) => ring.map((at) => vertices[at] ?? [0, 0, 0])));
}

function keyOf({ from, to }: Piece): string {
  return `${from} ${to}`;
}

function reverseKeyOf({ from, to }: Piece): string {
  return `${to} ${from}`;
}

function middleOf({ from, to }: Piece, vertices: readonly Vector[]): Vector {
  return unit(sum(vertices[from] ?? [0, 0, 0], vertices[to] ?? [0, 0, 0]));
}

/** The rings that pieces make up, as the numbers of their vertices. */
function ringsOf(pieces: readonly Piece[]): number[][] {
  const next = new Map(pieces.map((piece) => [piece.from, piece]));
  if (next.size < pieces.length) return refuseValue("polygons that touch each other in a point");
  const rings: Piece[][] = [];
  const done = new Set<Piece>();
  for (const piece of pieces) {
    const ring: Piece[] = [];
    for (let at = next.get(piece.from); at !== undefined && !done.has(at); at = next.get(at.to)) {
      done.add(at);
      ring.push(at);
    }
    if (ring.length > 0) rings.push(fromCanonicalStart(ring));
  }
  return rings
    .toSorted(([a], [b]) => (a?.edge ?? 0) - (b?.edge ?? 0))
    .map((ring) => ring.map(({ from }) => from));
}

/** A ring turned so that its last piece is the last of those of the edge with the highest number. */
function fromCanonicalStart(ring: readonly Piece[]): Piece[] {
  const highest = Math.max(...ring.map(({ edge }) => edge));
  const isHighest = (at: number): boolean => ring[at % ring.length]?.edge === highest;
  const last = ring.findIndex((_, at) => isHighest(at) && !isHighest(at + 1));
  return [...ring.slice(last + 1), ...ring.slice(0, last + 1)];
}

/** All regions together: always the two smallest next, as S2 does it. */
export function unionOf(regions: readonly Region[]): Region {
  const queue = regions
    .map((region) => ({ region, size: region.edges.length }))
    .toSorted((a, b) => a.size - b.size);
  for (;;) {
    const [first, second] = queue.splice(0, 2);
    if (first === undefined) return regionOf([]);
    if (second === undefined) return first.region;
    const size = first.size + second.size;
    const at = queue.findIndex((other) => other.size > size);
    const entry = { region: overlay(first.region, second.region, "union"), size };
    queue.splice(at < 0 ? queue.length : at, 0, entry);
  }
}
