import { refuseValue } from "../../udfs/refuse-value.ts";
import { loadH3 } from "../load-libraries.ts";
import { isPosition, positionOf, type Position, type Vector } from "../sphere.ts";

/** Kusto gives no polygon of more cells. */
const mostCells = 61_680;

/** The cell of a resolution that holds a place; undefined where place or resolution is invalid. */
export function h3CellOf(position: Position, resolution: number): string | undefined {
  if (!isPosition(position) || !isResolution(resolution)) return undefined;
  const [longitude, latitude] = position;
  return loadH3().latLngToCell(latitude, longitude, resolution);
}

function isResolution(resolution: number): boolean {
  return resolution >= 0 && resolution <= 15;
}

/** A cell as the library writes it; undefined where `text` is none. */
function cellOf(text: string): string | undefined {
  if (!/^[0-9a-f]{1,16}$/i.test(text)) return undefined;
  const cell = text.toLowerCase();
  return loadH3().isValidCell(cell) ? cell : undefined;
}

export function h3Level(text: string): number | undefined {
  const cell = cellOf(text);
  return cell === undefined ? undefined : loadH3().getResolution(cell);
}

export function h3Centre(text: string): Position | undefined {
  const cell = cellOf(text);
  if (cell === undefined) return undefined;
  const [latitude, longitude] = loadH3().cellToLatLng(cell);
  return [longitude, latitude];
}

/** The corners of a cell against the hands of a clock. */
export function h3Corners(text: string): readonly Position[] | undefined {
  const cell = cellOf(text);
  if (cell === undefined) return undefined;
  return loadH3()
    .cellToBoundary(cell)
    .map(([latitude, longitude]): Position => [longitude, latitude]);
}

/** The cell around another at a resolution, by default the next one. */
export function h3Parent(text: string, resolution: number | undefined): string | undefined {
  const cell = cellOf(text);
  if (cell === undefined) return undefined;
  const own = loadH3().getResolution(cell);
  const wanted = resolution ?? own - 1;
  if (wanted < 0 || wanted > own) return undefined;
  if (wanted === own) return refuseValue("the parent of a cell at the cell's own resolution");
  return loadH3().cellToParent(cell, wanted);
}

/** The cells within another at a resolution up to five finer, by default the next one. */
export function h3Children(
  text: string,
  resolution: number | undefined,
): readonly string[] | undefined {
  const cell = cellOf(text);
  if (cell === undefined) return undefined;
  const own = loadH3().getResolution(cell);
  const wanted = resolution ?? own + 1;
  if (!isResolution(wanted) || wanted < own || wanted > own + 5) return undefined;
  if (wanted === own) return refuseValue("the children of a cell at the cell's own resolution");
  return loadH3().cellToChildren(cell, wanted);
}

/** The six cells around one. */
export function h3CellsAround(text: string): readonly string[] | undefined {
  const cell = cellOf(text);
  if (cell === undefined) return undefined;
  if (loadH3().isPentagon(cell)) return refuseValue("the neighbours of a cell with five sides");
  return loadH3().gridDisk(cell, 1).slice(1);
}

/** The cells around one, one list for each distance up to a greatest one, which is at most 142. */
export function h3Rings(
  text: string,
  distance: number,
): readonly (readonly string[])[] | undefined {
  const cell = cellOf(text);
  if (cell === undefined || distance < 0 || distance > 142) return undefined;
  return loadH3().gridDiskDistances(cell, distance);
}

/** The cells of a resolution whose centres are within a polygon with straight sides on the map; undefined where they are too many. */
export function h3CellsIn(
  polygons: readonly (readonly (readonly Vector[])[])[],
  resolution: number,
): readonly string[] | undefined {
  if (!isResolution(resolution)) return undefined;
  const cells: string[] = [];
  for (const rings of polygons) {
    const places = rings.map((ring) => ring.map((vertex) => [...positionOf(vertex)]));
    cells.push(...loadH3().polygonToCells(places, resolution, true));
    if (cells.length > mostCells) return undefined;
  }
  return cells;
}
