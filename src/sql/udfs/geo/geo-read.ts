import { readPolygons, type Region } from "../../geo/polygon.ts";
import { earthRadius } from "../../geo/sphere.ts";

export function metres(radians: number): number {
  return radians * earthRadius;
}

export function radiansOf(length: number): number {
  return length / earthRadius;
}

interface Read {
  readonly text: string;
  readonly polygons: readonly Region[] | undefined;
}

/** The polygons of the rows before: most queries have the same ones in every row, and to check one is dear. */
const kept = new Map<string, Read>();
const mostKept = 64;

/** To compare two long texts is cheap, to look one up is not. */
let last: Read | undefined;

/** The polygons of a JSON text; undefined where it is none or an invalid one. */
export function polygonsOf(text: string): readonly Region[] | undefined {
  if (last?.text === text) return last.polygons;
  last = kept.get(text) ?? { text, polygons: readPolygons(JSON.parse(text)) };
  if (kept.size >= mostKept) kept.clear();
  kept.set(text, last);
  return last.polygons;
}
