/** What letters with a backslash stand for in Kusto, inside of a class; RE2 knows ASCII alone. */
interface Classes {
  readonly [letter: string]: string;
}

const space = String.raw`\t-\r \x{85}\p{Z}`;
const notSpace = String.raw`\x00-\x08\x0E-\x1F!-\x{84}\x{86}-\x{9F}\x{A1}-\x{167F}\x{1681}-\x{1FFF}\x{200B}-\x{2027}\x{202A}-\x{202E}\x{2030}-\x{205E}\x{2060}-\x{2FFF}\x{3001}-\x{10FFFF}`; // oxfmt-ignore
// Letters, marks, digits, connectors and what else is alphabetic; ranges first, as a dash may follow.
const word = String.raw`\x{200C}\x{200D}\x{24B6}-\x{24E9}\x{1F130}-\x{1F149}\x{1F150}-\x{1F169}\x{1F170}-\x{1F189}\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}`; // oxfmt-ignore

/** The same for JavaScript. */
export const wordCharacter: RegExp = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;

const unicodeClasses: Classes = {
  d: String.raw`\p{Nd}`,
  D: String.raw`\P{Nd}`,
  s: space,
  S: notSpace,
  w: word,
};

const tokens =
  /\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\[uU]\{[0-9A-Fa-f]+\}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\.|\(\?<(?![=!])|\[\^?\]?(?:\\[pP]\{[^}]*\}|\\.|\[:\^?\w+:\]|[^\]\\])*\]/gs;

/** Why `pattern` means in Kusto what DuckDB's RE2 cannot say; undefined where it can. */
export function dialectProblem(pattern: string): string | undefined {
  for (const [token] of pattern.matchAll(tokens)) {
    if (/^\\[<>Q]$/.test(token)) return `\`${token}\` is no border of a word here`;
    if (!token.startsWith("[")) continue;
    const items = token.slice(1).replaceAll(/\\.|\[:\^?\w+:\]/gs, "");
    if (/\[|&&|--|~~/.test(items)) return `\`${token}\` computes with classes`;
  }
  return undefined;
}

/** `pattern` as DuckDB's RE2 reads it: the names of groups in Python's spelling, and classes that reach beyond ASCII where a text may. */
export function portablePattern(pattern: string, { ascii }: { ascii: boolean }): string {
  return pattern.replaceAll(tokens, (token) => {
    const code = /^\\[uU]\{?([0-9A-Fa-f]+)\}?$/.exec(token)?.[1];
    if (code !== undefined) return `\\x{${code}}`;
    if (token === "(?<") return "(?P<";
    if (ascii) return token;
    if (token.startsWith("[")) {
      return token.replaceAll(/\\[pP]\{[^}]*\}|\\./gs, (item) => itemsOf(item) ?? item);
    }
    if (token === String.raw`\W`) return `[^${word}]`;
    if (token === String.raw`\S`) return `[^${space}]`;
    const items = itemsOf(token);
    return items === undefined ? token : `[${items}]`;
  });
}

/** What the letter with a backslash `token` stands for inside of a class. */
function itemsOf(token: string): string | undefined {
  return token === String.raw`\W` ? notWord() : unicodeClasses[token.slice(1)];
}

let others: string | undefined;

/** All characters that are no part of a word, as ranges: RE2 has no class without another inside of a class. */
function notWord(): string {
  others ??= rangesWithout(wordCharacter)
    .map(([from, to]) => `\\x{${from.toString(16)}}-\\x{${to.toString(16)}}`)
    .join("");
  return others;
}

function rangesWithout(excluded: RegExp): readonly (readonly [from: number, to: number])[] {
  const ranges: [number, number][] = [];
  for (let code = 0; code <= 0x10_ffff; code += 1) {
    const last = ranges.at(-1);
    if (excluded.test(String.fromCodePoint(code))) continue;
    if (last?.[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges;
}

/** True where `pattern` asks for the border of a word, which RE2 knows between ASCII characters alone. */
export function asksForBorders(pattern: string): boolean {
  return Array.from(pattern.matchAll(tokens), ([token]) => token).some((token) =>
    /^\\[bB]$/.test(token),
  );
}

/** Whether `pattern` matches an empty text: wherever there is nothing else, or only where what stands around it allows that. */
export function emptyMatches(pattern: string): "never" | "anywhere" | "by place" {
  // What it is made of: classes and escapes are a character each, flags and names of groups say nothing.
  const bare = pattern
    .replaceAll(/\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]/gs, "x")
    .replaceAll(/\\[bBAzZ]/g, "^")
    .replaceAll(/\\(?:[pPxuU]\{[^}]*\}|.)/gs, "x")
    .replaceAll(/\(\?[a-zA-Z-]*\)/g, "")
    .replaceAll(/\(\?(?:P?<\w+>|[a-zA-Z-]*:)/g, "(");
  const places = /[\^$]/g;
  if (!canBeEmpty(bare.replaceAll(places, ""))) return "never";
  return bare.search(places) < 0 ? "anywhere" : "by place";
}

function canBeEmpty(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test("");
  } catch {
    // Nothing but a place was repeated, or it is no pattern at all.
    return true;
  }
}

/** The parts of a pattern that can hold a parenthesis, with the name of a named group. */
export const groupTokens: RegExp =
  /\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\((?!\?)|\(\?P?<(\w+)>/gs;

/** The capturing groups of a pattern in their order, each with its name or undefined. */
export function groupsOf(pattern: string): readonly (string | undefined)[] {
  const groups: (string | undefined)[] = [];
  for (const { 0: token, 1: name } of pattern.matchAll(groupTokens)) {
    if (token === "(" || name !== undefined) groups.push(name);
  }
  return groups;
}
