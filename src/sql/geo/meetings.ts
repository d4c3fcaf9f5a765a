import { refuseValue } from "../udfs/refuse-value.ts";
import { crossingPoint, mergeRadius, splitEdges } from "./arrangement.ts";
import { overlay } from "./overlay.ts";
import { containsPoint, distanceToEdges, type Region } from "./polygon.ts";
import { areFar, meetingOf } from "./predicates.ts";
import { edgesOf, isSame, sum, unit, type Edge, type Vector } from "./sphere.ts";

/** Whether edges have a point in common. */
export function doEdgesMeet(edges: readonly Edge[], others: readonly Edge[]): boolean {
  return edges.some((edge) => others.some((other) => doMeet(edge, other)));
}

function doMeet(edge: Edge, other: Edge): boolean {
  if (areFar(edge, other)) return false;
  if (sharedEnd(edge, other) !== undefined) return true;
  const meeting = meetingOf(edge, other);
  if (meeting === "touching") return refuseValue("a line that ends within an edge");
  return meeting === "crossing";
}

function sharedEnd(edge: Edge, other: Edge): Vector | undefined {
  return edge.find((end) => other.some((otherEnd) => isSame(end, otherEnd)));
}

/** Whether a region holds a part of some edges, or all of them. */
export function doesHold(region: Region, edges: readonly Edge[]): boolean {
  const starts = edges.map(([from]) => from);
  return doEdgesMeet(edges, region.edges) || starts.some((start) => containsPoint(region, start));
}

export function doRegionsMeet(first: Region, second: Region): boolean {
  return doesHold(first, second.edges) || doesHold(second, first.edges);
}

/** The points that edges have in common, each once; undefined where they have a stretch in common. */
export function commonPoints(
  edges: readonly Edge[],
  others: readonly Edge[],
): readonly Vector[] | undefined {
  const points = new Map<string, Vector>();
  for (const edge of edges) {
    for (const other of others) {
      if (areFar(edge, other) || !doMeet(edge, other)) continue;
      if (isStretchShared(edge, other)) return undefined;
      const point = sharedEnd(edge, other) ?? crossingPoint(edge, other);
      points.set(point.join(" "), point);
    }
  }
  return [...points.values()];
}

function isStretchShared([a, b]: Edge, [c, d]: Edge): boolean {
  return (isSame(a, c) && isSame(b, d)) || (isSame(a, d) && isSame(b, c));
}

/** The parts of a path that are within a region, in its order. */
export function partsWithin(path: readonly Vector[], region: Region): Vector[][] {
  const edges = edgesOf(path);
  const starts = region.edges.map(([from]) => from);
  if (areAnyOn(path, region.edges) || areAnyOn(starts, edges)) {
    return refuseValue("a line that touches the border of a polygon");
  }
  const { vertices, pieces } = splitEdges(edges, region.edges);
  const parts: number[][] = [];
  for (const { side, from, to } of pieces) {
    const ends = [vertices[from], vertices[to]].filter((end) => end !== undefined);
    if (side === 1 || !containsPoint(region, unit(ends.reduce(sum)))) continue;
    const last = parts.at(-1);
    if (last?.at(-1) === from) last.push(to);
    else parts.push([from, to]);
  }
  return parts.map((part) =>
    part.map((at) => vertices[at]).filter((vertex) => vertex !== undefined),
  );
}

function areAnyOn(points: readonly Vector[], edges: readonly Edge[]): boolean {
  return points.some((point) => distanceToEdges(point, edges) <= mergeRadius);
}

/** What two regions share: a region, or a point in which they touch. */
export interface Shared {
  readonly region: Region;
  readonly point: Vector | undefined;
}

export function sharedOf(first: Region, second: Region): Shared {
  const region = overlay(first, second, "intersection");
  const isOfRegion = (point: Vector): boolean =>
    distanceToEdges(point, region.edges) <= mergeRadius;
  const ends = second.edges.map(([from]) => from).filter((end) => areAnyOn([end], first.edges));
  const others = first.edges.map(([from]) => from).filter((end) => areAnyOn([end], second.edges));
  const points = [...ends, ...others].filter((point) => !isOfRegion(point));
  const [point] = points;
  if (points.some((each) => point !== undefined && !isSame(each, point))) {
    return refuseValue("polygons that touch along their borders");
  }
  return { region, point };
}
