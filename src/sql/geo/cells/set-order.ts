/**
 * The order in which Kusto gives the cells of a set: that of the hash table of its C++ library, in which the texts are
 * put one after the other. Recorded answers have it; documentation says nothing of it.
 */
export function setOrder(texts: readonly string[]): string[] {
  const size = tableSize(texts.length);
  const chains: { readonly bucket: bigint; readonly texts: string[] }[] = [];
  const byBucket = new Map<bigint, string[]>();
  for (const text of new Set(texts)) {
    const bucket = hash(text) % BigInt(size);
    const chain = byBucket.get(bucket);
    if (chain === undefined) {
      const begun = [text];
      byBucket.set(bucket, begun);
      chains.push({ bucket, texts: begun });
    } else {
      chain.push(text);
    }
  }
  // Both a new bucket and a new text of a bucket are put in front of what is there.
  return chains.toReversed().flatMap((chain) => chain.texts.toReversed());
}

/** The numbers of buckets of that table, as far as they are below 14; above, it takes a prime of a list. */
const smallSizes = [2, 2, 2, 3, 5, 5, 7, 7, 11, 11, 11, 11, 13, 13];

// oxfmt-ignore
const sizes = [
  17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 103, 109, 113, 127, 137, 139, 149, 157,
  167, 179, 193, 199, 211, 227, 241, 257, 277, 293, 313, 337, 359, 383, 409, 439, 467, 503, 541, 577, 619, 661, 709,
  761, 823, 887, 953, 1031, 1109, 1193, 1289, 1381, 1493, 1613, 1741, 1879, 2029, 2179, 2357, 2549, 2753, 2971, 3209,
  3469, 3739, 4027, 4349, 4703, 5087, 5503, 5953, 6427, 6949, 7517, 8123, 8783, 9497, 10273, 11113, 12011, 12983, 14033,
  15173, 16411, 17749, 19183, 20753, 22447, 24281, 26267, 28411, 30727, 33223, 35933, 38873, 42043, 45481, 49201, 53201,
  57557, 62233, 67307,
];

function tableSize(count: number): number {
  const size = smallSizes[count] ?? sizes.find((each) => each >= count);
  if (size === undefined) throw new Error(`a set of ${count} cells`);
  return size;
}

const mask = (1n << 64n) - 1n;
const factor = 0xc6a4_a793_5bd1_e995n;

/** MurmurHash64A with the seed of GNU's library, of a text of ASCII. */
function hash(text: string): bigint {
  const bytes = Buffer.from(text, "latin1");
  const whole = bytes.length - (bytes.length % 8);
  let result = 0xc70f_6907n ^ ((BigInt(bytes.length) * factor) & mask);
  for (let at = 0; at < whole; at += 8) {
    const mixed = (mix((bytes.readBigUInt64LE(at) * factor) & mask) * factor) & mask;
    result = ((result ^ mixed) * factor) & mask;
  }
  if (whole < bytes.length) {
    const rest = bytes.subarray(whole).toReversed();
    const value = rest.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    result = ((result ^ value) * factor) & mask;
  }
  return mix((mix(result) * factor) & mask);
}

function mix(value: bigint): bigint {
  return value ^ (value >> 47n);
}
