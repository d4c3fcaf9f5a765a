/** A text that diagnostics can point into. `file` is what people read: a path relative to the project, or a label such as `query`. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** Half-open range of UTF-16 offsets in one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a line of an embedded text (a query in a YAML block) stands in the file around it. */
export interface LineStart {
  /** Offset in the embedded text. */
  readonly at: number;
  /** Offset of the same character in the file. */
  readonly file: number;
}

/** A text inside a file: `text` as it was read out of it, `lines` to find the way back. Plain data. */
export interface EmbeddedText {
  readonly text: string;
  readonly source: Source;
  /** One entry for each line of `text`, ascending. */
  readonly lines: readonly LineStart[];
}

/** `text` as a source of its own, for a query that stands in no file. */
export function plainText(file: string, text: string): EmbeddedText {
  return { text, source: { file, text }, lines: [{ at: 0, file: 0 }] };
}

/** The span in the file around `embedded` that `span` of its text covers. */
export function toFileSpan(embedded: EmbeddedText, span: Span): Span {
  const start = toFileOffset(embedded, span.start);
  return { start, end: Math.max(start, toFileOffset(embedded, span.end)) };
}

function toFileOffset(embedded: EmbeddedText, offset: number): number {
  const line = embedded.lines.findLast((candidate) => candidate.at <= offset);
  if (line === undefined) return offset;
  return Math.min(line.file + (offset - line.at), embedded.source.text.length);
}

/** One-based line and column of `offset`, and the text of that line. */
export function position(
  text: string,
  offset: number,
): { line: number; column: number; lineText: string } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  const lineEnd = text.indexOf("\n", offset);
  return {
    line: before.split("\n").length,
    column: offset - lineStart + 1,
    lineText: text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, ""),
  };
}
