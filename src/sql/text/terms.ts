import { stringLiteral } from "./quote.ts";
import type { SqlContext } from "../types.ts";

/** How a needle has to stand in the text: with a term's border on which of its sides. */
export interface TermMatch {
  readonly before: boolean;
  readonly after: boolean;
  readonly caseSensitive: boolean;
}

/**
 * A regular expression for one needle or any of several. A term is a maximal run of letters and digits, so a border is
 * asked for where the needle itself ends in one: `has ".exe"` finds it in `a.exe`.
 */
export function termPattern(
  needles: readonly string[],
  { before, after, caseSensitive }: TermMatch,
  context: SqlContext,
): string {
  const ascii = context.ascii && needles.every((needle) => isAscii(needle));
  // The classes of all letters and digits take RE2 several times as long to compile.
  const border = ascii ? "[^0-9A-Za-z]" : String.raw`[^\pL\pN]`;
  const groups = new Map<string, string[]>();
  for (const needle of needles) {
    const start = before && startsTerm(needle) ? `(?:^|${border})` : "";
    const end = after && endsTerm(needle) ? `(?:$|${border})` : "";
    const key = `${start}\n${end}`;
    groups.set(key, [...(groups.get(key) ?? []), escapeRegex(needle)]);
  }
  const alternatives = [...groups].map(([key, words]) => {
    const [start = "", end = ""] = key.split("\n");
    const body = words.length === 1 ? (words[0] ?? "") : `(?:${words.join("|")})`;
    return `${start}${body}${end}`;
  });
  return `${caseSensitive ? "" : "(?i)"}${alternatives.join("|")}`;
}

/** A condition that is true where `text` has one of `needles`. */
export function termSql(
  text: string,
  needles: readonly string[],
  { match, context }: { match: TermMatch; context: SqlContext },
): string {
  if (needles.length === 0) return "false";
  return `regexp_matches(${text}, ${stringLiteral(termPattern(needles, match, context))})`;
}

export function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- ASCII begins with control characters
  return /^[\u0000-\u007f]*$/.test(text);
}

function startsTerm(needle: string): boolean {
  return /^[\p{L}\p{N}]/u.test(needle);
}

function endsTerm(needle: string): boolean {
  return /[\p{L}\p{N}]$/u.test(needle);
}

/** `text` as a regular expression of RE2 that matches it alone. */
export function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
