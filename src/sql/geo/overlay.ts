import { refuseValue } from "../udfs/refuse-value.ts";
import { splitEdges, type Piece } from "./arrangement.ts";
import { containsPoint, regionOf, type Region } from "./polygon.ts";
import { cross, dot, sum, unit, type Vector } from "./sphere.ts";

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
  return regionOf(
    ringsOf(kept, vertices).map((ring) => ring.map((at) => vertices[at] ?? [0, 0, 0])),
  );
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

/** The rings that pieces make up, as the numbers of their vertices. Where several go on from one, the ring keeps to the left. */
function ringsOf(pieces: readonly Piece[], vertices: readonly Vector[]): number[][] {
  const outgoing = new Map<number, Piece[]>();
  for (const piece of pieces) {
    outgoing.set(piece.from, [...(outgoing.get(piece.from) ?? []), piece]);
  }
  const rings: Piece[][] = [];
  const done = new Set<Piece>();
  for (const piece of pieces) {
    const ring: Piece[] = [];
    for (let at: Piece | undefined = piece; at !== undefined && !done.has(at);) {
      done.add(at);
      ring.push(at);
      at = leftmost(at, outgoing.get(at.to) ?? [], vertices);
    }
    if (ring.length > 0) rings.push(fromCanonicalStart(ring));
  }
  return rings
    .toSorted(([a], [b]) => (a?.edge ?? 0) - (b?.edge ?? 0))
    .map((ring) => ring.map(({ from }) => from));
}

/** Of the pieces that go on from one, the first with the hands of a clock from where it comes. */
function leftmost(
  piece: Piece,
  next: readonly Piece[],
  vertices: readonly Vector[],
): Piece | undefined {
  const [only, ...others] = next;
  if (others.length === 0) return only;
  const [back, at] = [vertices[piece.from], vertices[piece.to]];
  if (back === undefined || at === undefined) return only;
  const ahead = unit(cross(cross(at, back), at));
  const aside = cross(at, ahead);
  const turns = next.map((each) => {
    const to = vertices[each.to] ?? back;
    const turn = Math.atan2(dot(to, aside), dot(to, ahead));
    return { each, turn: turn < 0 ? turn + 2 * Math.PI : turn };
  });
  return turns.toSorted((a, b) => b.turn - a.turn)[0]?.each;
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

/** The polygons of a region, each its shell alone. */
export function shellsOf({ rings }: Region): (readonly Vector[])[][] {
  if (rings.some(({ isHole }) => isHole)) return refuseValue("a result with holes");
  return rings.map(({ vertices }) => [vertices]);
}
