import { escapeControls } from "../base/text.ts";

/** `text` on one line and safe to print: no control characters, no line breaks. */
export function oneLine(text: string): string {
  return escapeControls(text.replaceAll(/\s+/g, " ").trim());
}

/** The characters of `text`, an emoji of one code point counting as one. */
export function characterCount(text: string): number {
  return Array.from(text).length;
}

/** The length of the longest of `texts`, 0 where there is none. */
export function longest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, characterCount(text)), 0);
}

/** `text` cut to `width` characters, the last one `…` where something is missing. */
export function cut(text: string, width: number): string {
  const characters = Array.from(text);
  if (characters.length <= width) return text;
  return `${characters.slice(0, Math.max(0, width - 1)).join("")}…`;
}

/** `text` filled with blanks to `width` characters. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - characterCount(text)));
}

/** `text` with blanks before it, to `width` characters. */
export function padLeft(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - characterCount(text))) + text;
}

/** `1 scenario`, `2 scenarios`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
