import { isPosition, type Position } from "../sphere.ts";

const digits = "0123456789bcdefghjkmnpqrstuvwxyz";

/** A cell of the grid: its column and row, and how many bits count them. */
interface GeohashCell {
  readonly column: number;
  readonly row: number;
  readonly columnBits: number;
  readonly rowBits: number;
}

/** The geohash of a place with `length` characters; undefined where the place is invalid or the length is not 1 to 18. */
export function geohashOf(position: Position, length: number): string | undefined {
  if (!isPosition(position) || !(length >= 1 && length <= 18)) return undefined;
  const columnBits = Math.ceil((length * 5) / 2);
  const rowBits = Math.floor((length * 5) / 2);
  const [longitude, latitude] = position;
  return geohashText({
    column: stepsTo(longitude, 180, columnBits),
    row: stepsTo(latitude, 90, rowBits),
    columnBits,
    rowBits,
  });
}

/** Which of the 2^`bits` parts of the way from -`limit` to `limit` holds `value`. */
function stepsTo(value: number, limit: number, bits: number): number {
  let [from, to] = [-limit, limit];
  let steps = 0;
  for (let bit = 0; bit < bits; bit++) {
    const middle = (from + to) / 2;
    const isUpper = value >= middle;
    steps = steps * 2 + (isUpper ? 1 : 0);
    if (isUpper) from = middle;
    else to = middle;
  }
  return steps;
}

/** The bits of column and row in turn, five to a character. */
function geohashText({ column, row, columnBits, rowBits }: GeohashCell): string {
  const columns = column.toString(2).padStart(columnBits, "0");
  const rows = row.toString(2).padStart(rowBits, "0");
  const bits = Array.from(columns, (bit, at) => bit + rows.charAt(at)).join("");
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => digits.charAt(Number.parseInt(five, 2)))
    .join("");
}

function cellOf(geohash: string): GeohashCell | undefined {
  if (!/^[0-9b-hjkmnp-z]{1,18}$/.test(geohash)) return undefined;
  const bits = Array.from(geohash, (digit) => digits.indexOf(digit).toString(2).padStart(5, "0"));
  const all = Array.from(bits.join(""));
  const columns = all.filter((_, at) => at % 2 === 0).join("");
  const rows = all.filter((_, at) => at % 2 === 1).join("");
  return {
    column: Number.parseInt(columns, 2),
    row: Number.parseInt(rows, 2),
    columnBits: columns.length,
    rowBits: rows.length,
  };
}

/** West, south, east and north of a geohash in degrees; undefined where it is none. */
export function geohashBounds(
  geohash: string,
): readonly [west: number, south: number, east: number, north: number] | undefined {
  const cell = cellOf(geohash);
  if (cell === undefined) return undefined;
  const width = 360 / 2 ** cell.columnBits;
  const height = 180 / 2 ** cell.rowBits;
  const [west, south] = [cell.column * width - 180, cell.row * height - 90];
  return [west, south, west + width, south + height];
}

/** Columns and rows to the neighbours, from the north-west with the hands of a clock. */
const around = [
  [-1, 1],
  [0, 1],
  [1, 1],
  [1, 0],
  [1, -1],
  [0, -1],
  [-1, -1],
  [-1, 0],
] as const;

/** The eight geohashes around one, `"pole"` where there are fewer; undefined where it is none. */
export function geohashesAround(geohash: string): readonly string[] | "pole" | undefined {
  const cell = cellOf(geohash);
  if (cell === undefined) return undefined;
  const columns = 2 ** cell.columnBits;
  const rows = 2 ** cell.rowBits;
  if (cell.row === 0 || cell.row === rows - 1) return "pole";
  return around.map(([east, north]) =>
    geohashText({
      ...cell,
      column: (cell.column + east + columns) % columns,
      row: cell.row + north,
    }),
  );
}
