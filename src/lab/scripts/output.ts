/** More of a script's output is counted and not kept. */
const maxOutput = 256 * 2 ** 10;

/** The first part of what a script writes. */
export interface KeptOutput {
  add(chunk: Buffer): void;
  /** The text so far, and how much more there was. */
  text(): string;
}

/** Keeps the first `limit` bytes of a stream. */
export function keepOutput(limit: number = maxOutput): KeptOutput {
  const chunks: Buffer[] = [];
  let kept = 0;
  let left = 0;
  return {
    add: (chunk) => {
      const part = chunk.subarray(0, limit - kept);
      if (part.length > 0) chunks.push(part);
      kept += part.length;
      left += chunk.length - part.length;
    },
    text: () => {
      const text = Buffer.concat(chunks).toString("utf8");
      return left === 0 ? text : `${text}\n(${left} more bytes)\n`;
    },
  };
}
