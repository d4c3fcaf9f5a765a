import { formatReal } from "../../schema/real-text.ts";
import { refuseValue } from "../udfs/refuse-value.ts";
import { isPosition, isSame, positionOf, vectorOf, type Position, type Vector } from "./sphere.ts";

/** Paths of at least two points each. */
export type Lines = readonly (readonly Vector[])[];

/** Rings as they are written, the first the shell, without the point that closes them. */
export type Rings = readonly (readonly Vector[])[];

/** The paths of a `LineString` or `MultiLineString`; undefined where `value` is no valid one. */
export function readLines(value: unknown): Lines | undefined {
  const [kind, coordinates] = partsOf(value);
  if (kind === "LineString") return all([coordinates], readPath);
  return kind === "MultiLineString" ? all(coordinates, readPath) : undefined;
}

/** The path of a `LineString` alone. */
export function readLine(value: unknown): readonly Vector[] | undefined {
  return partsOf(value)[0] === "LineString" ? readLines(value)?.[0] : undefined;
}

/** The rings of each polygon of a `Polygon` or `MultiPolygon`; undefined where one is badly formed. */
export function readRings(value: unknown): readonly Rings[] | undefined {
  const [kind, coordinates] = partsOf(value);
  const polygon = (rings: unknown): Rings | undefined => all(rings, readRing);
  if (kind === "Polygon") return all([coordinates], polygon);
  return kind === "MultiPolygon" ? all(coordinates, polygon) : undefined;
}

/** The places of a valid line as they are written, path by path. */
export function writtenPaths(value: unknown): readonly (readonly Position[])[] {
  const [kind, coordinates] = partsOf(value);
  return (kind === "LineString" ? [coordinates] : coordinates) as readonly (readonly Position[])[];
}

/** The places of valid polygons as they are written, ring by ring. */
export function writtenRings(value: unknown): readonly (readonly (readonly Position[])[])[] {
  const [kind, coordinates] = partsOf(value);
  const polygons: unknown = kind === "Polygon" ? [coordinates] : coordinates;
  return polygons as readonly (readonly (readonly Position[])[])[];
}

function partsOf(value: unknown): readonly [kind: unknown, coordinates: unknown] {
  if (typeof value !== "object" || value === null) return [undefined, undefined];
  return [Reflect.get(value, "type"), Reflect.get(value, "coordinates")];
}

/** What `read` makes of each element; undefined where there is none, or one cannot be read. */
function all<T>(values: unknown, read: (value: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(values) || values.length === 0) return undefined;
  const results: T[] = [];
  for (const value of values) {
    const result = read(value);
    if (result === undefined) return undefined;
    results.push(result);
  }
  return results;
}

function readPath(value: unknown): Vector[] | undefined {
  const path = all(value, readPosition)?.map(vectorOf);
  if (path === undefined || path.length < 2) return undefined;
  if (path.some((point, at) => at > 0 && isSame(point, path[at - 1] ?? point))) {
    return refuseValue("a line that stands still between two of its points");
  }
  return hasStraightEdge(path) ? undefined : path;
}

function readRing(value: unknown): Vector[] | undefined {
  const ring = all(value, readPosition);
  const [first, last] = [ring?.[0], ring?.at(-1)];
  if (ring === undefined || first === undefined || last === undefined || ring.length < 4) {
    return undefined;
  }
  if (first[0] !== last[0] || first[1] !== last[1]) return undefined;
  const vertices = ring.slice(0, -1).map(vectorOf);
  const distinct = new Set(vertices.map((vertex) => vertex.join(" ")));
  return distinct.size < vertices.length || hasStraightEdge(vertices) ? undefined : vertices;
}

/** Between points that are opposite to each other, no edge is the shortest. */
function hasStraightEdge(path: readonly Vector[]): boolean {
  return path.some(([x, y, z], at) => {
    const next = path[at + 1];
    return next !== undefined && x === -next[0] && y === -next[1] && z === -next[2];
  });
}

function readPosition(value: unknown): Position | undefined {
  if (!Array.isArray(value)) return undefined;
  const [longitude, latitude] = value as readonly unknown[];
  if (typeof longitude !== "number" || typeof latitude !== "number") return undefined;
  if (value.length > 2) return refuseValue("a place with a height");
  return isPosition([longitude, latitude]) ? [longitude, latitude] : undefined;
}

export function pointText(position: Position): string {
  return shapeText("Point", positionText(position));
}

/** A `LineString`, or a `MultiLineString` where there are several paths. */
export function linesText(lines: readonly (readonly Position[])[]): string {
  const texts = lines.map(pathText);
  const [only, ...others] = texts;
  return only !== undefined && others.length === 0
    ? shapeText("LineString", only)
    : shapeText("MultiLineString", `[${texts.join(",")}]`);
}

/** A `Polygon`, or a `MultiPolygon` where there are several. Each ring is closed here. */
export function polygonsText(polygons: readonly (readonly (readonly Position[])[])[]): string {
  const texts = polygons.map(
    (rings) => `[${rings.map((ring) => pathText([...ring, ...ring.slice(0, 1)])).join(",")}]`,
  );
  const [only, ...others] = texts;
  return only !== undefined && others.length === 0
    ? shapeText("Polygon", only)
    : shapeText("MultiPolygon", `[${texts.join(",")}]`);
}

export function collectionText(geometries: readonly string[]): string {
  return `{"type":"GeometryCollection","geometries":[${geometries.join(",")}]}`;
}

/** A shape whose coordinates are JSON already. */
export function shapeText(kind: string, coordinates: string): string {
  return `{"type":"${kind}","coordinates":${coordinates}}`;
}

function pathText(path: readonly Position[]): string {
  return `[${path.map(positionText).join(",")}]`;
}

function positionText(position: Position): string {
  return `[${position.map(numberText).join(",")}]`;
}

/** A number that stays a real where a `dynamic` is read again. */
export function numberText(value: number): string {
  return formatReal(value);
}

/** The places of points. */
export function positionsOf(path: readonly Vector[]): Position[] {
  return path.map(positionOf);
}
