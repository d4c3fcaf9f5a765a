import { parseDatetimeText } from "../../../schema/literal-text.ts";
import { formatInstant } from "../../../schema/time.ts";

/**
 * JSON text taken apart without parsing its numbers: a `dynamic` keeps `1.0` and integers beyond 2^53 as they are written.
 * All texts are minified.
 */

/** The texts of an array's elements; undefined where `text` is no array. */
export function elementsOf(text: string | null): string[] | undefined {
  return text === null || !text.startsWith("[") ? undefined : partsOf(text);
}

/** The members of an object in their order, each key with its value's text; undefined where `text` is no object. */
export function membersOf(text: string | null): Map<string, string> | undefined {
  if (text === null || !text.startsWith("{")) return undefined;
  return new Map(
    partsOf(text).map((part) => {
      const end = stringEnd(part, 0);
      return [JSON.parse(part.slice(0, end)) as string, part.slice(end + 1)];
    }),
  );
}

export function arrayText(elements: readonly string[]): string {
  return `[${elements.join(",")}]`;
}

export function objectText(members: Iterable<readonly [string, string]>): string {
  return `{${[...members].map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(",")}}`;
}

/** The string that `text` stands for; undefined where it is no JSON string. */
export function stringOf(text: string): string | undefined {
  return text.startsWith('"') ? (JSON.parse(text) as string) : undefined;
}

/** The number that `text` stands for; undefined where it is no JSON number. */
export function numberOf(text: string): number | undefined {
  return /^-?\d/.test(text) ? Number(text) : undefined;
}

/** What two texts of the same value have in common: `1` and `1.0`, and a string however it is escaped. */
export function identityOf(text: string): string {
  const string = stringOf(text);
  if (string !== undefined) return `"${string}`;
  return /^-?\d+$/.test(text) || numberOf(text) === undefined
    ? text
    : String(numberOf(text)).replace(/^-0$/, "0");
}

/** What stands between the commas of an array or object. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 1;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = stringEnd(text, at) - 1;
    else if (char === "[" || char === "{") depth++;
    else if (char === "]" || char === "}") depth--;
    else if (char === "," && depth === 1) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  if (text.length > 2) parts.push(text.slice(start, -1));
  return parts;
}

/** The offset behind the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)?$/;

/** `text` with its strings that are times as Kusto writes a datetime; keys stay as they are. */
export function withTimes(text: string): string {
  return text.replaceAll(/"((?:[^"\\]|\\.)*)"(:?)/gs, (token, inside: string, colon: string) => {
    const ticks = colon === "" && time.test(inside) ? parseDatetimeText(inside) : undefined;
    return ticks === undefined ? token : `"${formatInstant(ticks)}"`;
  });
}
