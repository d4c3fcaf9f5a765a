/** Set before the digits of a whole number while JSON is read; no JSON of anybody's begins a text like this. */
const mark = "\u0000exact:";

/** JSON as data, with whole numbers beyond 2^53 as `bigint`, so that none is rounded. Throws a `SyntaxError`, as `JSON.parse` does. */
export function parseExactJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  // Throws with places in the text as it is.
  JSON.parse(text);
  const marked = text.replaceAll(
    /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g,
    (found) =>
      /^-?\d{16,}$/.test(found) && !Number.isSafeInteger(Number(found))
        ? JSON.stringify(`${mark}${found}`)
        : found,
  );
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}

/** Whether a whole number that JSON's own numbers would round is somewhere in `data`: a `bigint`, or a number beyond 2^53. */
export function holdsRounded(data: unknown): boolean {
  if (typeof data === "bigint") return true;
  if (typeof data === "number") return Number.isInteger(data) && !Number.isSafeInteger(data);
  return typeof data === "object" && data !== null && Object.values(data).some(holdsRounded);
}

/** `data` as JSON, with the digits of a `bigint` as they are. */
export function exactJson(data: unknown): string {
  const written = JSON.stringify(data, (_, value: unknown) =>
    typeof value === "bigint" ? `${mark}${value}` : value,
  );
  return written.replaceAll(/"\\u0000exact:(-?\d+)"/g, "$1");
}
