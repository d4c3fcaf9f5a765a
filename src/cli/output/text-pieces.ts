import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

/** A part of a text file that ends where its form may be cut. */
export interface TextPiece {
  /** Preceded by as many line breaks as there are before it in the file, so that places in it are those in the file. */
  readonly text: string;
  /** Where it begins in `text`. */
  readonly start: number;
  /** Whether it reaches to the end of the file; a file that ends with a cut has no such piece. */
  readonly last: boolean;
}

/** Where a text may be cut: an offset after its last complete record, 0 where it has none. */
export type Cut = (text: string) => number;

const bytesAtOnce = 2 ** 24;

/** A record longer than this is no record. */
const longest = 2 ** 28;

/** The file at `path` piece by piece: no more of it is in memory. Throws a `RangeError` for a record of more than 256 million characters. */
export function* textPieces(
  path: string,
  cut: Cut,
  pieceBytes: number = bytesAtOnce,
): Generator<TextPiece> {
  const handle = openSync(path, "r");
  try {
    const decoder = new StringDecoder("utf8");
    const buffer = Buffer.allocUnsafe(pieceBytes);
    let rest = "";
    let lines = 0;
    for (;;) {
      const read = readSync(handle, buffer, 0, pieceBytes, null);
      const text = rest + (read === 0 ? decoder.end() : decoder.write(buffer.subarray(0, read)));
      if (text.length > longest) throw new RangeError("a record is longer than 256 MB");
      const end = read === 0 ? text.length : cut(text);
      rest = text.slice(end);
      if (end > 0) {
        yield { text: "\n".repeat(lines) + text.slice(0, end), start: lines, last: read === 0 };
        lines += lineBreaks(text, end);
      }
      if (read === 0) return;
    }
  } finally {
    closeSync(handle);
  }
}

function lineBreaks(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** After the last line break. */
export function lineCut(text: string): number {
  return text.lastIndexOf("\n") + 1;
}

/** After the last line break that is not in a quoted CSV cell. */
export function csvCut(text: string): number {
  let end = 0;
  let quoted = false;
  for (const { 0: found, index } of text.matchAll(/["\n]/g)) {
    if (found === '"') quoted = !quoted;
    else if (!quoted) end = index + 1;
  }
  return end;
}

/** A cut of a JSON list, after the last comma between its elements. It remembers what it saw: it must get each text with the rest of the one before. */
export function createJsonListCut(): Cut {
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  let seen = 0;
  return (text) => {
    let end = 0;
    for (let at = seen; at < text.length; at++) {
      const char = text.charCodeAt(at);
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (char === backslash) isEscaped = true;
        else if (char === quote) inString = false;
      } else if (char === quote) inString = true;
      else if (char === openBracket || char === openBrace) depth += 1;
      else if (char === closeBracket || char === closeBrace) depth -= 1;
      else if (char === comma && depth === 1) end = at + 1;
    }
    seen = text.length - end;
    return end;
  };
}

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
