import type { Span } from "../base/source.ts";

/** Text that is put into a query at an offset of it, those before it already in their places. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** `query` with each insertion in its place. */
export function withInsertions(query: string, insertions: readonly Insertion[] = []): string {
  return insertions.reduce(
    (text, insertion) => text.slice(0, insertion.at) + insertion.text + text.slice(insertion.at),
    query,
  );
}

/** The place in the query as it was written that `span` stands for. */
export function withoutInsertions(span: Span, insertions: readonly Insertion[] = []): Span {
  const offset = (at: number): number =>
    insertions.reduceRight((place, insertion) => {
      if (place <= insertion.at) return place;
      return Math.max(insertion.at, place - insertion.text.length);
    }, at);
  return { start: offset(span.start), end: offset(span.end) };
}
