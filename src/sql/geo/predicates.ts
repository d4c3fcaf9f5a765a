import { cross, dot, isSame, type Edge, type Vector } from "./sphere.ts";

/** Above this a determinant of three unit vectors has its sign for certain. */
const certain = 4.1e-16;

/** 1 where `a`, `b`, `c` turn to the left, -1 to the right, 0 where they lie on one great circle exactly. */
export function turn(a: Vector, b: Vector, c: Vector): -1 | 0 | 1 {
  const determinant = dot(cross(a, b), c);
  if (determinant > certain) return 1;
  if (determinant < -certain) return -1;
  return exactTurn(a, b, c);
}

function exactTurn(a: Vector, b: Vector, c: Vector): -1 | 0 | 1 {
  if (isSame(a, b) || isSame(b, c) || isSame(a, c)) return 0;
  const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = [exact(a), exact(b), exact(c)];
  const determinant =
    (ay * bz - az * by) * cx + (az * bx - ax * bz) * cy + (ax * by - ay * bx) * cz;
  if (determinant === 0n) return 0;
  return determinant > 0n ? 1 : -1;
}

/** The coordinates times 2^1074, which makes any of them a whole number. */
function exact([x, y, z]: Vector): readonly [x: bigint, y: bigint, z: bigint] {
  return [exactNumber(x), exactNumber(y), exactNumber(z)];
}

function exactNumber(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const size = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return bits >> 63n === 1n ? -size : size;
}

/** Whether `point` stands on an edge exactly. */
export function isOnEdge(point: Vector, [from, to]: Edge): boolean {
  if (isSame(point, from) || isSame(point, to)) return true;
  if (turn(from, to, point) !== 0) return false;
  const plane = cross(from, to);
  return dot(cross(plane, from), point) > 0 && dot(cross(to, plane), point) > 0;
}

/** How two edges meet: in the inside of both, where one of them ends, or not at all. */
export type Meeting = "crossing" | "touching" | "apart";

export function meetingOf(first: Edge, second: Edge): Meeting {
  const [[a, b], [c, d]] = [first, second];
  const turns = [turn(a, c, b), turn(c, b, d), turn(b, d, a), turn(d, a, c)];
  if (turns.includes(0)) {
    const ends =
      isOnEdge(a, second) || isOnEdge(b, second) || isOnEdge(c, first) || isOnEdge(d, first);
    if (ends) return "touching";
  }
  return turns.every((each) => each === turns[0]) && turns[0] !== 0 ? "crossing" : "apart";
}

/** True where boxes around two edges cannot meet: cheaper than `meetingOf`. */
export function areFar([a, b]: Edge, [c, d]: Edge): boolean {
  const limit = squaredChord(a, b) + squaredChord(c, d);
  return squaredChord(a, c) > 4 * limit + 1e-24;
}

function squaredChord(a: Vector, b: Vector): number {
  const [x, y, z] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  return x * x + y * y + z * z;
}
