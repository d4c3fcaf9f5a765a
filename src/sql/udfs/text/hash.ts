import { refuseValue } from "../refuse-value.ts";
import type { UdfTable } from "../udf.ts";

const prime1 = 0x9e3779b185ebca87n;
const prime2 = 0xc2b2ae3d27d4eb4fn;
const prime3 = 0x165667b19e3779f9n;
const prime4 = 0x85ebca77c2b2ae63n;
const prime5 = 0x27d4eb2f165667c5n;

const wrap = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotate = (value: bigint, by: bigint): bigint => wrap((value << by) | (value >> (64n - by)));
const round = (lane: bigint, input: bigint): bigint =>
  wrap(rotate(wrap(lane + input * prime2), 31n) * prime1);

/** xxHash64 of `bytes` with the seed 0, as a signed number. */
export function xxhash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let hash = prime5;
  if (bytes.length >= 32) {
    const lanes = [wrap(prime1 + prime2), prime2, 0n, wrap(-prime1)];
    for (; at + 32 <= bytes.length; at += 32) {
      lanes.forEach((lane, index) => {
        lanes[index] = round(lane, view.getBigUint64(at + 8 * index, true));
      });
    }
    hash = lanes.reduce((sum, lane, index) => wrap(sum + rotate(lane, shifts[index] ?? 0n)), 0n);
    for (const lane of lanes) hash = wrap((hash ^ round(0n, lane)) * prime1 + prime4);
  }
  hash = wrap(hash + BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8) {
    hash = wrap(rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * prime1 + prime4);
  }
  if (at + 4 <= bytes.length) {
    const word = BigInt(view.getUint32(at, true));
    hash = wrap(rotate(hash ^ wrap(word * prime1), 23n) * prime2 + prime3);
    at += 4;
  }
  for (; at < bytes.length; at++) {
    hash = wrap(rotate(hash ^ wrap(BigInt(view.getUint8(at)) * prime5), 11n) * prime1);
  }
  hash = wrap((hash ^ (hash >> 33n)) * prime2);
  hash = wrap((hash ^ (hash >> 29n)) * prime3);
  return BigInt.asIntN(64, hash ^ (hash >> 32n));
}

const shifts = [1n, 7n, 12n, 18n];

/** The remainder of a hash. What Kusto makes of a negative one is not known. */
function modulo(hash: bigint, divisor: bigint): bigint {
  if (divisor <= 0n) return refuseValue("a hash modulo a number that is not positive");
  return hash >= 0n ? hash % divisor : refuseValue("a negative hash modulo a number");
}

export const hashUdfs: UdfTable = {
  kql_hash_modulo: { takes: ["long", "long"], gives: "long", call: modulo },
  kql_hash_text: {
    takes: ["text"],
    gives: "long",
    call: (text: string) => xxhash64(new TextEncoder().encode(text)),
  },
  kql_hash_ticks: {
    takes: ["long"],
    gives: "long",
    call: (ticks: bigint) => {
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setBigInt64(0, ticks, true);
      return xxhash64(bytes);
    },
  },
};
