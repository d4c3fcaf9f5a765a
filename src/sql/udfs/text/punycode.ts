import { refuseValue } from "../refuse-value.ts";
import type { UdfTable } from "../udf.ts";

/** Punycode (RFC 3492), with nothing of what IDNA does to letters. What cannot be decoded is the empty text. */
export const punycodeUdfs: UdfTable = {
  kql_punycode: { takes: ["text"], gives: "text", call: encode },
  kql_of_punycode: { takes: ["text"], gives: "text", call: (text: string) => decode(text) ?? "" },
  kql_punycode_domain: { takes: ["text"], gives: "text", call: encodeDomain },
  kql_of_punycode_domain: { takes: ["text"], gives: "text", call: decodeDomain },
};

const [base, least, most] = [36, 1, 26];
const prefix = "xn--";
const digits = "abcdefghijklmnopqrstuvwxyz0123456789";

/** The bias after a delta, which says how many digits the next one is likely to have. */
function adapt(delta: number, points: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? 700 : 2));
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > ((base - least) * most) / 2; k += base) rest = Math.floor(rest / (base - least));
  return k + Math.floor(((base - least + 1) * rest) / (rest + 38));
}

function threshold(k: number, bias: number): number {
  return Math.min(most, Math.max(least, k - bias));
}

/** A number in digits whose value depends on the bias. */
function variable(value: number, bias: number): string {
  let text = "";
  let rest = value;
  for (let k = base; ; k += base) {
    const t = threshold(k, bias);
    if (rest < t) return text + digits.charAt(rest);
    text += digits.charAt(t + ((rest - t) % (base - t)));
    rest = Math.floor((rest - t) / (base - t));
  }
}

function encode(text: string): string {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < 128);
  let output = String.fromCodePoint(...basic);
  if (basic.length > 0) output += "-";
  let [next, delta, bias, handled] = [128, 0, 72, basic.length];
  while (handled < points.length) {
    const least = points.reduce(
      (found, point) => (point >= next ? Math.min(found, point) : found),
      Number.POSITIVE_INFINITY,
    );
    delta += (least - next) * (handled + 1);
    next = least;
    for (const point of points) {
      if (point < next) delta++;
      if (point !== next) continue;
      output += variable(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
    delta++;
    next++;
  }
  return output;
}

/** Undefined for what is no Punycode. */
function decode(text: string): string | undefined {
  const cut = text.lastIndexOf("-");
  const points = Array.from(text.slice(0, Math.max(0, cut)), (each) => each.codePointAt(0) ?? 0);
  if (points.some((point) => point >= 128)) return undefined;
  let [next, at, bias] = [128, 0, 72];
  const rest = text.slice(cut + 1).toLowerCase();
  for (let place = 0; place < rest.length;) {
    const start = at;
    let weight = 1;
    for (let k = base; ; k += base) {
      const digit = digits.indexOf(rest.charAt(place++));
      if (digit < 0 || rest.charAt(place - 1) === "") return undefined;
      at += digit * weight;
      const t = threshold(k, bias);
      if (digit < t) break;
      weight *= base - t;
    }
    bias = adapt(at - start, points.length + 1, start === 0);
    next += Math.floor(at / (points.length + 1));
    if (next > 0x10_ff_ff) return undefined;
    at %= points.length + 1;
    points.splice(at++, 0, next);
  }
  return String.fromCodePoint(...points);
}

/** Dots of other scripts separate labels too. */
function labelsOf(domain: string): readonly string[] {
  return domain.split(/[.\u3002\uFF0E\uFF61]/);
}

function encodeDomain(domain: string): string {
  if (domain.toLowerCase().includes(prefix)) return refuseValue("a domain that is encoded already");
  // oxlint-disable-next-line no-control-regex -- what is not ASCII
  const isBasic = (label: string): boolean => /^[\u0000-\u007F]*$/.test(label);
  return labelsOf(domain)
    .map((label) => (isBasic(label) ? label : prefix + encode(label)))
    .join(".");
}

function decodeDomain(domain: string): string {
  const labels = domain
    .split(".")
    .map((label) => (label.startsWith(prefix) ? decode(label.slice(prefix.length)) : label));
  return labels.includes(undefined) ? "" : labels.join(".");
}
