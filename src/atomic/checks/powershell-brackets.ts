import type { Span } from "../../base/source.ts";

/** What of a PowerShell script stays open, or closes what is not. */
export interface BracketProblem {
  readonly message: string;
  readonly span: Span;
}

const closers: Readonly<Record<string, string>> = { "(": ")", "{": "}" };

// PowerShell takes typographic quotes for straight ones.
const single = "'\u2018\u2019\u201a\u201b";
const double = '"\u201c\u201d\u201e';

interface Open {
  readonly character: string;
  readonly at: number;
  /** Whether a double-quoted string goes on behind it. */
  readonly inString: boolean;
}

/**
 * The first quote, parenthesis or brace of a PowerShell script that has no counterpart. Exact in what it looks at: where
 * it finds something, PowerShell refuses the script. Square brackets are not looked at, as a bare word may hold one.
 */
export function unbalanced(text: string): BracketProblem | undefined {
  const opened: Open[] = [];
  let at = 0;
  while (at < text.length) {
    const step = scan(text, at, opened);
    if (typeof step !== "number") return step;
    at = step;
  }
  const last = opened.at(-1);
  return last === undefined ? undefined : problem(`\`${last.character}\` is not closed`, last.at);
}

/** Reads what stands at `at`, keeps `opened` up to date, and gives where the next thing starts. */
function scan(text: string, at: number, opened: Open[]): number | BracketProblem {
  const rest = text.slice(at, at + 3);
  const [character = ""] = rest;
  const comment = commentEnd(text, at);
  if (comment !== undefined) return comment;
  const stop = stopParsing.exec(text.slice(at));
  if (stop !== null && isWordStart(text, at)) return at + stop[0].length;
  if (character === "`") return at + 2;
  // A name in braces may hold anything.
  if (text.startsWith("${", at)) return endOf(text, "}", at);
  if (/^@['"\u2018-\u201e][ \t]*(\r?\n|$)/.test(text.slice(at, at + 200))) {
    return hereStringEnd(text, at);
  }
  if (single.includes(character)) return singleEnd(text, at);
  if (double.includes(character)) return stringPart(text, { start: at, from: at + 1 }, opened);
  return bracket(text, at, opened);
}

function bracket(text: string, at: number, opened: Open[]): number | BracketProblem {
  const character = text.charAt(at);
  if (character in closers) {
    opened.push({ character, at, inString: false });
    return at + 1;
  }
  if (character !== ")" && character !== "}") return at + 1;
  const last = opened.pop();
  if (last === undefined) return problem(`\`${character}\` closes nothing`, at);
  if (closers[last.character] !== character) {
    return problem(`\`${last.character}\` is not closed`, last.at);
  }
  // `"…$(…)…"`: behind the parenthesis the string goes on.
  return last.inString ? stringPart(text, { start: last.at, from: at + 1 }, opened) : at + 1;
}

/** Reads a double-quoted string from `from` to its end, or to a `$(` inside it, which is left open. */
function stringPart(
  text: string,
  { start, from }: { readonly start: number; readonly from: number },
  opened: Open[],
): number | BracketProblem {
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "`") at++;
    else if (character === "$" && text[at + 1] === "(") {
      opened.push({ character: "(", at: at + 1, inString: true });
      return at + 2;
    } else if (double.includes(character)) {
      if (!double.includes(text[at + 1] ?? " ")) return at + 1;
      at++;
    }
  }
  return problem("the string does not end", start);
}

function singleEnd(text: string, start: number): number | BracketProblem {
  for (let at = start + 1; at < text.length; at++) {
    if (!single.includes(text.charAt(at))) continue;
    if (!single.includes(text[at + 1] ?? " ")) return at + 1;
    at++;
  }
  return problem("the string does not end", start);
}

function hereStringEnd(text: string, start: number): number | BracketProblem {
  const quotes = single.includes(text.charAt(start + 1)) ? single : double;
  const end = new RegExp(`\\n[${quotes}]@`).exec(text.slice(start));
  return end === null
    ? problem("the here-string does not end", start)
    : start + end.index + end[0].length;
}

/** `--%` hands the rest of its line to the program as it is. */
const stopParsing = /^--%(?=\s)[^\n]*/;

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[\s(){};,|&]/.test(text.charAt(at - 1));
}

/** The end of a comment that starts at `at`; a `#` inside a word starts none. */
function commentEnd(text: string, at: number): number | undefined {
  if (text.startsWith("<#", at)) return endOf(text, "#>", at + 2);
  if (text[at] !== "#") return undefined;
  const isInWord = !isWordStart(text, at) && !/[\]"'=]$|\$[\w:]+$/.test(text.slice(0, at));
  return isInWord ? undefined : endOf(text, "\n", at);
}

/** Behind the next `wanted` from `at` on, or the end of the text. */
function endOf(text: string, wanted: string, at: number): number {
  const found = text.indexOf(wanted, at);
  return found < 0 ? text.length : found + wanted.length;
}

function problem(message: string, at: number): BracketProblem {
  return { message, span: { start: at, end: at + 1 } };
}
