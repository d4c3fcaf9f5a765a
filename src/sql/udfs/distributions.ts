import type { UdfTable } from "./udf.ts";

/** The beta distribution and Student's t. Outside of their domains they are NaN. */
export const distributionUdfs: UdfTable = {
  kql_beta_cdf: { takes: ["real", "real", "real"], gives: "real", call: betaCdf },
  kql_beta_pdf: { takes: ["real", "real", "real"], gives: "real", call: betaPdf },
  kql_beta_inv: { takes: ["real", "real", "real"], gives: "real", call: betaInverse },
  kql_welch_test: {
    takes: ["real", "real", "real", "real", "real", "real"],
    gives: "real",
    call: welchTest,
  },
};

const coefficients = [
  0.999_999_999_999_809_9, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_1,
  -176.615_029_162_140_6, 12.507_343_278_686_905, -0.138_571_095_265_720_12,
  9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
];

/** The logarithm of the gamma function of a positive number, by Lanczos. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const t = z + 7.5;
  const [first = 0, ...rest] = coefficients;
  const sum = rest.reduce((total, each, at) => total + each / (z + at + 1), first);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The logarithm of x^a (1-x)^b / B(a, b). */
function logWeight(x: number, a: number, b: number): number {
  return logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
}

const tiny = 1e-300;

/** The continued fraction of the incomplete beta function, by Lentz. */
function fraction(x: number, a: number, b: number): number {
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let change = 1;
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      change = c * d;
      result *= change;
    }
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return result;
}

/** The regularised incomplete beta function. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return x < (a + 1) / (a + b + 2)
    ? (Math.exp(logWeight(x, a, b)) * fraction(x, a, b)) / a
    : 1 - (Math.exp(logWeight(x, a, b)) * fraction(1 - x, b, a)) / b;
}

function hasShape(a: number, b: number): boolean {
  return a > 0 && b > 0;
}

function betaCdf(x: number, a: number, b: number): number {
  return hasShape(a, b) && x >= 0 && x <= 1 ? incompleteBeta(x, a, b) : Number.NaN;
}

function betaPdf(x: number, a: number, b: number): number {
  if (!hasShape(a, b) || !(x >= 0 && x <= 1)) return Number.NaN;
  return Math.exp(logWeight(x, a, b)) / (x * (1 - x));
}

/** The value below which a share `p` of the distribution lies: null where `p` is no share. */
function betaInverse(p: number, a: number, b: number): number | null {
  if (!hasShape(a, b)) return Number.NaN;
  if (!(p >= 0 && p <= 1)) return null;
  let [low, high] = [0, 1];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (incompleteBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The probability that two samples of these means, variances and sizes come from populations of one mean. */
function welchTest(...[m1, v1, n1, m2, v2, n2]: readonly number[] & { length: 6 }): number {
  const [a, b] = [(v1 ?? 0) / (n1 ?? 0), (v2 ?? 0) / (n2 ?? 0)];
  const t2 = ((m1 ?? 0) - (m2 ?? 0)) ** 2 / (a + b);
  const freedom = (a + b) ** 2 / (a ** 2 / ((n1 ?? 0) - 1) + b ** 2 / ((n2 ?? 0) - 1));
  return betaCdf(freedom / (freedom + t2), freedom / 2, 0.5);
}
