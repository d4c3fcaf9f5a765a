import { refuseValue } from "./refuse-value.ts";
import type { UdfTable } from "./udf.ts";

/** What keys and values may be wrapped in. */
interface Wrapping {
  /** One or two characters each: the opening and the closing one. */
  readonly quotes: readonly string[];
  readonly escapes: readonly string[];
}

/** How `parse-kv` is to read its text. */
interface KvFormat extends Wrapping {
  readonly pair: string;
  readonly kv: string;
  readonly greedy: boolean;
}

/** How it is to read it without delimiters. */
interface WordFormat extends Wrapping {
  readonly keys: readonly string[];
}

export const pairUdfs: UdfTable = {
  kql_pairs: {
    takes: ["text", "json"],
    gives: "json",
    call: (text: string, format: KvFormat) => readPairs(text, format),
  },
  kql_word_pairs: {
    takes: ["text", "json"],
    gives: "json",
    call: (text: string, format: WordFormat) => readWordPairs(text, format),
  },
};

/** The keys of `text` with their values, each where it stands first; white space around both is left out. */
function readPairs(text: string, format: KvFormat): Record<string, string> {
  const pairs = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    const key = readKey(text, at, format);
    if (key.value === undefined) {
      at = key.end;
      continue;
    }
    const value = readValue(text, key.end, format);
    if (!pairs.has(key.value)) pairs.set(key.value, value.value);
    at = value.end;
  }
  return Object.fromEntries(pairs);
}

/** The key that begins at `at` and the place behind its delimiter; without a key the place behind the pair. */
function readKey(
  text: string,
  at: number,
  format: KvFormat,
): { readonly value: string | undefined; readonly end: number } {
  const quoted = readQuoted(text, at, format);
  const from = quoted?.end ?? at;
  const kv = indexOr(text, format.kv, from);
  const pair = indexOr(text, format.pair, from);
  if (pair < kv || kv === text.length) return { value: undefined, end: pair + format.pair.length };
  return { value: quoted?.value ?? text.slice(at, kv).trim(), end: kv + format.kv.length };
}

function readValue(
  text: string,
  at: number,
  format: KvFormat,
): { readonly value: string; readonly end: number } {
  const quoted = readQuoted(text, at, format);
  const from = quoted?.end ?? at;
  const end =
    format.greedy && quoted === undefined
      ? endBeforeKey(text, from, format)
      : indexOr(text, format.pair, from);
  return { value: quoted?.value ?? text.slice(at, end).trim(), end: end + format.pair.length };
}

/** Where a greedy value ends: at the last pair delimiter in front of the next key. */
function endBeforeKey(text: string, from: number, { pair, kv }: KvFormat): number {
  for (let next = text.indexOf(kv, from); next >= 0; next = text.indexOf(kv, next + kv.length)) {
    const end = text.lastIndexOf(pair, next - pair.length);
    if (end >= from) return end;
  }
  return text.length;
}

function indexOr(text: string, wanted: string, from: number): number {
  const found = text.indexOf(wanted, from);
  return found < 0 ? text.length : found;
}

/** The text between quotes that open at `at` or behind white space, its escapes taken off. */
function readQuoted(
  text: string,
  at: number,
  { quotes, escapes }: Wrapping,
): { readonly value: string; readonly end: number } | undefined {
  let start = at;
  while (/\s/.test(text.charAt(start))) start += 1;
  const quote = quotes.find(([opening]) => opening === text.charAt(start));
  if (quote === undefined) return undefined;
  const closing = quote.at(-1);
  let value = "";
  for (let index = start + 1; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (escapes.includes(character) && index + 1 < text.length) {
      index += 1;
      value += text.charAt(index);
    } else if (character === closing) {
      return { value, end: index + 1 };
    } else {
      value += character;
    }
  }
  return undefined;
}

/**
 * The words behind the keys, where every character that is neither letter nor digit delimits. Whether words are taken in
 * twos or a key is looked for among all of them is not documented: only what is the same either way has an answer.
 */
function readWordPairs(text: string, format: WordFormat): Record<string, string> {
  const words = wordsOf(text, format);
  const pairs = format.keys.flatMap((key): readonly (readonly [string, string])[] => {
    const first = words.indexOf(key);
    const inTwos = words.findIndex((word, index) => word === key && index % 2 === 0);
    if (first !== inTwos) return refuseValue("`parse-kv` without delimiters where the key comes as a value too"); // oxfmt-ignore
    const value = words[first + 1];
    return first < 0 || value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(pairs);
}

function wordsOf(text: string, format: WordFormat): readonly string[] {
  if (text.includes("_")) refuseValue("`parse-kv` without delimiters of a text with `_`");
  const words: string[] = [];
  for (let at = 0; at < text.length;) {
    const quoted = readQuoted(text, at, format);
    const word = quoted?.value ?? /^[\p{L}\p{N}]+/u.exec(text.slice(at))?.[0];
    if (word !== undefined) words.push(word);
    at = quoted?.end ?? at + (word?.length ?? 1);
  }
  return words;
}
