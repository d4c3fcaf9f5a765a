/** A seeded source of choices. The same seed gives the same choices on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** An integer in [min, max], both ends included. */
  integer(min: number, max: number): number;
  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string;
  /** A source of its own for `name`: drawing from it leaves this one as it was. */
  fork(name: string): Random;
}

/** xoshiro128** seeded through `hash32`; see https://prng.di.unimi.it. */
export function createRandom(seed: number | string): Random {
  const key = String(seed);
  const state = [0, 1, 2, 3].map((lane) => hash32(`${lane}:${key}`)) as [
    number,
    number,
    number,
    number,
  ];
  const next = (): number => {
    const product = Math.imul(state[1], 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = (state[3] << 11) | (state[3] >>> 21);
    return result / 2 ** 32;
  };
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    integer,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new Error("pick from an empty list");
      return item;
    },
    hex: (length) => {
      let digits = "";
      for (let index = 0; index < length; index++) digits += hexDigits.charAt(integer(0, 15));
      return digits;
    },
    fork: (name) => createRandom(`${key}/${name}`),
  };
}

const hexDigits = "0123456789abcdef";

/** A 32-bit hash of `text` (FNV-1a with a final mix), the same everywhere. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
