/** A text with its placeholders filled in, and the way back to the text it was made of. Plain data. */
export interface FilledText {
  readonly text: string;
  /** Where something was put in, ascending. */
  readonly insertions: readonly Insertion[];
}

interface Insertion {
  /** Range in the filled text. */
  readonly start: number;
  readonly end: number;
  /** Range of the placeholder in the text before. */
  readonly from: number;
  readonly to: number;
}

/** A placeholder `#{name}` in a text. */
export interface Placeholder {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The placeholders of `text`, read as Atomic Red Team does: whatever stands between `#{` and the next `}` of the line. */
export function placeholders(text: string): readonly Placeholder[] {
  return [...text.matchAll(/#\{(.*?)\}/g)].map((match) => ({
    name: match[1] ?? "",
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** `text` with each `#{name}` replaced by its value, all at once; a name without a value stays. */
export function fillText(text: string, values: ReadonlyMap<string, string>): FilledText {
  const insertions: Insertion[] = [];
  let filled = "";
  let at = 0;
  for (const { name, start, end } of placeholders(text)) {
    const value = values.get(name);
    if (value === undefined) continue;
    filled += text.slice(at, start);
    insertions.push({
      start: filled.length,
      end: filled.length + value.length,
      from: start,
      to: end,
    });
    filled += value;
    at = end;
  }
  return { text: filled + text.slice(at), insertions };
}

/** The offset in the text before filling of what stands at `offset` now; the start of the placeholder for what was put in. */
export function unfilledOffset(filled: FilledText, offset: number): number {
  const last = filled.insertions.findLast((insertion) => insertion.start <= offset);
  if (last === undefined) return offset;
  return offset < last.end ? last.from : last.to + (offset - last.end);
}
