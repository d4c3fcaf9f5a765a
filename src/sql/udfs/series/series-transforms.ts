import { refuseValue } from "../refuse-value.ts";
import { dotProduct, elementText, meanOf, numbersOf, seriesText } from "./series-values.ts";
import type { UdfTable } from "../udf.ts";

/** Fourier's transform and polynomials of least squares. What has several columns gives one array of them. */
export const seriesTransformUdfs: UdfTable = {
  kql_series_fft: { takes: ["text", "text"], gives: "text", call: forwards },
  kql_series_ifft: { takes: ["text", "text"], gives: "text", call: backwards },
  kql_series_fit_poly: { takes: ["text", "text", "long"], gives: "text", call: polynomial },
};

type Complex = readonly [real: readonly number[], imaginary: readonly number[]];

function forwards(real: string, imaginary: string): string | null {
  const series = complex(real, imaginary, "series_fft");
  return series === undefined ? null : texts(transform(series, -1));
}

function backwards(real: string, imaginary: string): string | null {
  const series = complex(real, imaginary, "series_ifft");
  if (series === undefined) return null;
  const length = series[0].length;
  const [re, im] = transform(series, 1);
  return texts([re.map((value) => value / length), im.map((value) => value / length)]);
}

/** Both parts; an imaginary one that is left out is an empty list, and zero everywhere. */
function complex(real: string, imaginary: string, name: string): Complex | undefined {
  const re = numbersOf(real, name);
  const im = numbersOf(imaginary, name);
  if (re === undefined || im === undefined) return undefined;
  if (im.length > 0 && im.length !== re.length) {
    return refuseValue(`\`${name}\` of parts of different lengths`);
  }
  return [re, im.length > 0 ? im : re.map(() => 0)];
}

function texts([real, imaginary]: Complex): string {
  return `[${seriesText(real)},${seriesText(imaginary)}]`;
}

/** The sums of all elements, each turned by its place: halved as long as the length is even, summed up where it is odd. */
function transform(series: Complex, sign: 1 | -1): Complex {
  const [re, im] = series;
  const length = re.length;
  if (length < 2) return series;
  if (length % 2 === 1) return summed(series, sign);
  const part = (odd: 0 | 1): Complex => {
    const pick = (values: readonly number[]) => values.filter((_, at) => at % 2 === odd);
    return transform([pick(re), pick(im)], sign);
  };
  const [even, odd] = [part(0), part(1)];
  const half = length / 2;
  const real: number[] = [];
  const imaginary: number[] = [];
  for (let at = 0; at < length; at++) {
    const place = at % half;
    const [a, b] = [odd[0][place] ?? 0, odd[1][place] ?? 0];
    const angle = (sign * 2 * Math.PI * at) / length;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    real.push((even[0][place] ?? 0) + a * c - b * s);
    imaginary.push((even[1][place] ?? 0) + a * s + b * c);
  }
  return [real, imaginary];
}

function summed([re, im]: Complex, sign: 1 | -1): Complex {
  const length = re.length;
  const turns = Array.from({ length }, (_, at) => (sign * 2 * Math.PI * at) / length);
  const at = (place: number): readonly [number, number] => {
    const angles = re.map((_, index) => turns[(place * index) % length] ?? 0);
    const [cosines, sines] = [angles.map(Math.cos), angles.map(Math.sin)];
    return [
      dotProduct(re, cosines) - dotProduct(im, sines),
      dotProduct(re, sines) + dotProduct(im, cosines),
    ];
  };
  const sums = turns.map((_, place) => at(place));
  return [sums.map(([value]) => value), sums.map(([, value]) => value)];
}

/** Beyond it, the digits depend on how the equations are solved. */
const greatestDegree = 5;

/** The r-square, the coefficients from the highest power on, both variances, and the polynomial's values. */
function polynomial(y: string, x: string, degree: bigint): string | null {
  const ys = numbersOf(y, "series_fit_poly");
  const given = numbersOf(x, "series_fit_poly");
  if (ys === undefined || given === undefined) return null;
  const xs = given.length > 0 ? given : ys.map((_, at) => at + 1);
  const power = Number(degree);
  if (xs.length !== ys.length)
    return refuseValue("a polynomial through series of different lengths");
  if (power < 1 || power > greatestDegree) {
    return refuseValue(`polynomials of a degree that is not between 1 and ${greatestDegree}`);
  }
  if (new Set(xs).size <= power) return refuseValue("a polynomial through too few elements");
  const coefficients = leastSquares(xs, ys, power);
  const fit = xs.map((value) => coefficients.reduceRight((sum, each) => sum * value + each, 0));
  const mean = meanOf(ys);
  const spread = ys.map((value) => value - mean);
  const rest = ys.map((value, at) => value - (fit[at] ?? 0));
  const [variance, rvariance] = [spread, rest].map((each) => dotProduct(each, each) / (ys.length - 1)) as [number, number]; // oxfmt-ignore
  if (variance === 0) return refuseValue("the r-square of a line through elements that are all the same"); // oxfmt-ignore
  const parts = [
    elementText(1 - rvariance / variance),
    seriesText(coefficients.toReversed()),
    elementText(variance),
    elementText(rvariance),
    seriesText(fit),
  ];
  return `[${parts.join(",")}]`;
}

/** The coefficients from the constant on: polynomials that are orthogonal on `xs`, each by itself the best that is left. */
function leastSquares(
  xs: readonly number[],
  ys: readonly number[],
  degree: number,
): readonly number[] {
  const result: number[] = Array.from({ length: degree + 1 }, () => 0);
  let rest = ys;
  let before: Basis | undefined;
  let current: Basis = basisOf([1], xs);
  for (let power = 0; power <= degree; power++) {
    const { coefficients, values, norm } = current;
    const share = dotProduct(rest, values) / norm;
    rest = rest.map((value, at) => value - share * (values[at] ?? 0));
    coefficients.forEach((each, at) => {
      result[at] = (result[at] ?? 0) + share * each;
    });
    const shift =
      dotProduct(
        xs.map((value, at) => value * (values[at] ?? 0)),
        values,
      ) / norm;
    const back = before === undefined ? 0 : norm / before.norm;
    const next = [0, ...coefficients].map(
      (each, at) => each - shift * (coefficients[at] ?? 0) - back * (before?.coefficients[at] ?? 0),
    );
    before = current;
    current = basisOf(next, xs);
  }
  return result;
}

interface Basis {
  readonly coefficients: readonly number[];
  readonly values: readonly number[];
  readonly norm: number;
}

function basisOf(coefficients: readonly number[], xs: readonly number[]): Basis {
  const values = xs.map((x) => coefficients.reduceRight((sum, each) => sum * x + each, 0));
  return { coefficients, values, norm: dotProduct(values, values) };
}
