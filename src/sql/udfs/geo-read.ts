/** Metres and results that functions of geography have in common. */
import { readPolygons, type Region } from "../geo/polygon.ts";
import { earthRadius } from "../geo/sphere.ts";

export function metres(radians: number): number {
  return radians * earthRadius;
}

export function radiansOf(length: number): number {
  return length / earthRadius;
}

/** The polygons of the rows before: most queries have the same ones in every row, and to check one is dear. */
const kept = new Map<string, readonly Region[] | undefined>();
const mostKept = 64;

export function polygonsOf(text: string): readonly Region[] | undefined {
  if (kept.has(text)) return kept.get(text);
  const polygons = readPolygons(JSON.parse(text));
  if (kept.size >= mostKept) kept.clear();
  kept.set(text, polygons);
  return polygons;
}
