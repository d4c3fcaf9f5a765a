/**
 * The text Kusto gives for a real: Grisu2 by Florian Loitsch with the layout of RapidJSON. Its digits always read back
 * as the same number, but are not always the nearest of their length: `0.1 + 0.2` is `0.30000000000000007`.
 */
export function formatReal(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const { digits, exponent } = grisu(Math.abs(value));
  return `${value < 0 ? "-" : ""}${layout(digits, exponent)}`;
}

/** `digits` × 10^`exponent` as RapidJSON writes it: with an exponent outside of 1e-6 to 1e21. */
function layout(digits: string, exponent: number): string {
  const point = digits.length + exponent;
  if (exponent >= 0 && point <= 21) return `${digits}${"0".repeat(exponent)}.0`;
  if (point > 0 && point <= 21) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  if (point > -6 && point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  const fraction = digits.length === 1 ? "" : `.${digits.slice(1)}`;
  return `${digits.slice(0, 1)}${fraction}e${point - 1}`;
}

/** A number with a significand of 64 bits: `f` × 2^`e`. */
interface Wide {
  readonly f: bigint;
  readonly e: number;
}

const mask = (1n << 64n) - 1n;
const hidden = 1n << 52n;

/** The bits of a positive number. */
function unpack(value: number): Wide {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & (hidden - 1n);
  return biased === 0 ? { f: fraction, e: -1074 } : { f: fraction | hidden, e: biased - 1075 };
}

function normalize({ f, e }: Wide): Wide {
  const shift = 64 - f.toString(2).length;
  return { f: f << BigInt(shift), e: e - shift };
}

function times(a: Wide, b: Wide): Wide {
  return { f: (a.f * b.f + (1n << 63n)) >> 64n, e: a.e + b.e + 64 };
}

/** 10^`power` rounded to 64 bits. */
function tenTo(power: number): Wide {
  const exact = 10n ** BigInt(Math.abs(power));
  const length = exact.toString(2).length;
  if (power < 0) {
    const shift = length + 64;
    const quotient = ((1n << BigInt(shift)) * 2n) / exact;
    return rounded(quotient, -shift - 1);
  }
  return rounded(exact << 65n, -65);
}

function rounded(f: bigint, e: number): Wide {
  const shift = f.toString(2).length - 64;
  const kept = (f + (1n << BigInt(shift - 1))) >> BigInt(shift);
  return kept > mask ? { f: kept >> 1n, e: e + shift + 1 } : { f: kept, e: e + shift };
}

/** The shortest digits between the neighbours of a positive number, with the power of ten they are multiplied by. */
function grisu(value: number): { digits: string; exponent: number } {
  const bits = unpack(value);
  const upper = normalize({ f: (bits.f << 1n) + 1n, e: bits.e - 1 });
  const low =
    bits.f === hidden
      ? { f: (bits.f << 2n) - 1n, e: bits.e - 2 }
      : { f: (bits.f << 1n) - 1n, e: bits.e - 1 };
  const lower = { f: low.f << BigInt(low.e - upper.e), e: upper.e };
  // Every eighth power of ten from 1e-348, so that the product has between 4 and 32 bits before its point.
  const step = Math.ceil((-61 - upper.e) * 0.30102999566398114 + 347);
  const power = ((step >> 3) + 1) * 8 - 348;
  const scale = tenTo(power);
  const middle = times(normalize(bits), scale);
  const top = times(upper, scale);
  const bottom = times(lower, scale);
  return generate({ f: top.f - 1n, e: top.e }, middle, { span: top.f - bottom.f - 2n, power });
}

function generate(
  top: Wide,
  middle: Wide,
  { span, power }: { span: bigint; power: number },
): { digits: string; exponent: number } {
  const bits = BigInt(-top.e);
  const one = 1n << bits;
  const distance = top.f - middle.f;
  const whole = (top.f >> bits).toString();
  let rest = top.f & (one - 1n);
  let digits = "";
  for (let at = 0; at < whole.length; at++) {
    digits = append(digits, whole[at] ?? "0");
    const left = whole.length - at - 1;
    const remainder = (left === 0 ? 0n : BigInt(whole.slice(at + 1))) * one + rest;
    if (remainder <= span) {
      const unit = (10n ** BigInt(left)) << bits;
      return {
        digits: closer(digits, { span, remainder, unit, distance }),
        exponent: left - power,
      };
    }
  }
  let scaled = span;
  for (let places = 1; ; places++) {
    rest *= 10n;
    scaled *= 10n;
    digits = append(digits, (rest >> bits).toString());
    rest &= one - 1n;
    if (rest < scaled) {
      // RapidJSON forgets how far it is from the number past nine places, and then keeps the upper digit.
      const far = places < 9 ? distance * 10n ** BigInt(places) : 0n;
      const last = { span: scaled, remainder: rest, unit: one, distance: far };
      return { digits: closer(digits, last), exponent: -places - power };
    }
  }
}

function append(digits: string, digit: string): string {
  return digits === "" && digit === "0" ? "" : digits + digit;
}

/** Lowers the last digit while that comes closer to the number. */
function closer(
  digits: string,
  at: { span: bigint; remainder: bigint; unit: bigint; distance: bigint },
): string {
  const { span, unit, distance } = at;
  let { remainder } = at;
  let last = Number(digits.at(-1));
  while (
    remainder < distance &&
    span - remainder >= unit &&
    (remainder + unit < distance || distance - remainder > remainder + unit - distance)
  ) {
    last--;
    remainder += unit;
  }
  return digits.slice(0, -1) + String(last);
}
