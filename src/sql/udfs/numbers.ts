import { formatReal } from "../../schema/real-text.ts";
import { refuseValue } from "./refuse-value.ts";
import type { UdfTable } from "./udf.ts";

export const numberUdfs: UdfTable = {
  kql_format_real: { takes: ["real"], gives: "text", call: (value: number) => formatReal(value) },
  kql_long_of_hex: {
    takes: ["text"],
    gives: "long",
    call: (digits: string) => BigInt.asIntN(64, BigInt(digits.toLowerCase())),
  },
  kql_shift_left: {
    takes: ["long", "long"],
    gives: "long",
    call: (value: bigint, by: bigint) => (by < 0n ? null : BigInt.asIntN(64, value << (by % 64n))),
  },
  kql_shift_right: {
    takes: ["long", "long"],
    gives: "long",
    call: (value: bigint, by: bigint) => (by < 0n ? null : value >> (by % 64n)),
  },
  kql_decimal_times: { takes: ["text", "text"], gives: "text", call: decimalProduct },
  kql_decimal_over: { takes: ["text", "text"], gives: "text", call: decimalQuotient },
  kql_format_bytes: {
    takes: ["real", "long", "text"],
    gives: "text",
    call: (size: number, places: bigint, unit: string) => formatBytes(size, Number(places), unit),
  },
  kql_row_count: {
    takes: ["long"],
    gives: "long",
    nulls: true,
    call: (count: bigint | null) =>
      count === null || count < 0n
        ? refuseValue(`invalid number of rows \`${count}\``, "KT0282")
        : count,
  },
  kql_erf: { takes: ["real"], gives: "real", call: (x: number) => 1 - complement(x) },
  kql_erfc: { takes: ["real"], gives: "real", call: complement },
};

const one = 10n ** 18n;

/** A decimal with eighteen places as a whole number of the last place. */
function scaled(text: string): bigint {
  const [whole = "0", fraction = ""] = text.replace(/^[+-]/, "").split(".");
  const magnitude = BigInt(whole + fraction.slice(0, 18).padEnd(18, "0"));
  return text.startsWith("-") ? -magnitude : magnitude;
}

function decimalText(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(19, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -18)}.${digits.slice(-18)}`;
}

/** The quotient to the nearest whole number, halves away from zero. */
function rounded(dividend: bigint, divisor: bigint): bigint {
  const [a, b] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const quotient = (2n * a + b) / (2n * b);
  return dividend < 0n === divisor < 0n ? quotient : -quotient;
}

function decimalProduct(a: string, b: string): string {
  return decimalText(rounded(scaled(a) * scaled(b), one));
}

function decimalQuotient(a: string, b: string): string | null {
  const divisor = scaled(b);
  return divisor === 0n ? null : decimalText(rounded(scaled(a) * one, divisor));
}

const units = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];

function formatBytes(size: number, places: number, unit: string): string {
  const named = units.findIndex((each) => each.toLowerCase() === unit.toLowerCase());
  if (!Number.isFinite(size) || places < 0 || places > 15 || (unit !== "" && named < 0)) return "";
  const fits = Math.floor(Math.log2(Math.max(1, Math.abs(size))) / 10);
  const power = named >= 0 ? named : Math.min(fits, units.length - 1);
  const scale = 10 ** places;
  const amount = Math.sign(size) * (Math.round((Math.abs(size) / 1024 ** power) * scale) / scale);
  return `${amount} ${units[power]}`;
}

/** The complementary error function, to about fifteen digits. */
function complement(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x < 0) return 2 - complement(-x);
  if (x < 2.5) {
    let [term, sum] = [x, x];
    for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= (-x * x) / n;
      const next = term / (2 * n + 1);
      sum += next;
      if (next === 0) break;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  if (x > 27) return 0;
  let fraction = 0;
  for (let n = 120; n >= 1; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / (x + fraction) / Math.sqrt(Math.PI);
}
