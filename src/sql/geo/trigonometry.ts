/**
 * Sine, cosine and arctangent to some 60 bits before they are rounded: they agree with the library that Kusto is built
 * with. Those of JavaScript may be off by one in the last place, which shows where coordinates are written out.
 */

/** A number and what rounding left out of it. */
type Double = readonly [value: number, rest: number];

interface Circle {
  readonly sine: Double;
  readonly cosine: Double;
}

/** Half of pi in three parts: the first two have so few bits that small multiples of them are exact. */
const quarterTurn = [
  1.570_796_326_734_125_6, 6.077_100_506_303_966e-11, 2.022_266_248_795_950_6e-21,
] as const;

/** Angles are measured from the nearest multiple of one part of this many. */
const steps = 1024;
const bits = 128n;
const one = 1n << bits;
const table: Circle[] = [];

/** Of an angle of at most a turn, in radians. */
export function sineAndCosine(angle: number): { readonly sine: number; readonly cosine: number } {
  const { sine, cosine } = circleAt(angle);
  return { sine: sine[0], cosine: cosine[0] };
}

/** The angle of a point of the plane, in radians. */
export function arctangent(y: number, x: number): number {
  const near = Math.atan2(y, x);
  if (x === 0 || y === 0) return near;
  const { sine, cosine } = circleAt(near);
  // What is left is so small an angle that it is its own tangent.
  const [up, down] = [product(y, cosine[0]), product(x, sine[0])];
  const across = up[0] - down[0] + (up[1] - down[1]) + (y * cosine[1] - x * sine[1]);
  return near + across / (x * cosine[0] + y * sine[0]);
}

function circleAt(angle: number): Circle {
  const quarters = Math.round(angle / (Math.PI / 2));
  const [most, more, least] = quarterTurn;
  const first = angle - quarters * most;
  const second = first - quarters * more;
  const rest = first - second - quarters * more - quarters * least;
  const { sine, cosine } = octantAt(second, rest);
  switch (((quarters % 4) + 4) % 4) {
    case 1:
      return { sine: cosine, cosine: negative(sine) };
    case 2:
      return { sine: negative(sine), cosine: negative(cosine) };
    case 3:
      return { sine: negative(cosine), cosine: sine };
    default:
      return { sine, cosine };
  }
}

function negative([value, rest]: Double): Double {
  return [-value, -rest];
}

/** At `angle + rest`, of at most an eighth of a turn. */
function octantAt(angle: number, rest: number): Circle {
  const step = Math.round(angle * steps);
  const { sine, cosine } = tableAt(Math.abs(step));
  const base = step < 0 ? negative(sine) : sine;
  const x = angle - step / steps;
  const square = x * x;
  // The sine of `x` and its cosine less one; `x` is at most 1/2048.
  const up = x + (rest - x * square * (1 / 6 - square * (1 / 120 - square / 5040)));
  const back = -square * (0.5 - square * (1 / 24 - square / 720)) - x * rest;
  return {
    sine: total(base[0], base[1] + (base[0] * back + cosine[0] * up)),
    cosine: total(cosine[0], cosine[1] + (cosine[0] * back - base[0] * up)),
  };
}

function total(value: number, small: number): Double {
  const result = value + small;
  return [result, value - result + small];
}

function product(a: number, b: number): Double {
  const [[a1, a2], [b1, b2]] = [halves(a), halves(b)];
  const result = a * b;
  return [result, a1 * b1 - result + a1 * b2 + a2 * b1 + a2 * b2];
}

/** A number as two of half as many bits. */
function halves(value: number): Double {
  const shifted = value * (2 ** 27 + 1);
  const upper = shifted - (shifted - value);
  return [upper, value - upper];
}

function tableAt(step: number): Circle {
  const found = (table[step] ??= {
    sine: series((BigInt(step) * one) / BigInt(steps), 1n),
    cosine: series((BigInt(step) * one) / BigInt(steps), 0n),
  });
  return found;
}

/** The sum of `x^n / n!` with alternating signs over all even `n`, or from 1 on over all odd ones. */
function series(x: bigint, from: 0n | 1n): Double {
  const square = (x * x) >> bits;
  let term = from === 0n ? one : x;
  let sum = term;
  for (let n = from; term !== 0n; n += 2n) {
    term = -((term * square) / one) / ((n + 1n) * (n + 2n));
    sum += term;
  }
  const value = Number(sum) / 2 ** 128;
  return [value, Number(sum - BigInt(Number(sum))) / 2 ** 128];
}
