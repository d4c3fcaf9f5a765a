import { position, type Source, type Span } from "./source.ts";
import { escapeControls, escapeName } from "./text.ts";

/** What is wrong with an input, where, and what would help. Wording: lower case, no full stop, names in backticks. */
export interface Diagnostic {
  /** `KT` and four digits, never reused; docs/errors.md lists them. */
  readonly code: string;
  readonly message: string;
  /** Absent where the mistake stands in no file (a flag, an API argument). */
  readonly source?: Source;
  /** Range in `source.text`. */
  readonly span?: Span;
  /** A remedy: what to write or run instead. */
  readonly hint?: string;
  /** Ids of the cases that show the mistake, where the file describes several. */
  readonly cases?: readonly string[];
}

/** A mistake in what the user gave: a rule, a scenario, an option. Any other error is a bug of kqltest. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: Diagnostic | readonly Diagnostic[], options?: ErrorOptions) {
    const list: readonly Diagnostic[] = Array.isArray(diagnostics) ? diagnostics : [diagnostics];
    super(list.map(renderDiagnostic).join("\n"), options);
    this.diagnostics = list;
  }
}

/** A diagnostic as people read it: place, code and message; the line with a marker; the hint. */
export function renderDiagnostic(diagnostic: Diagnostic): string {
  const { code, message, source, span, hint, cases = [] } = diagnostic;
  const lines: string[] = [];
  if (source === undefined) {
    lines.push(`${code} ${indented(message)}`);
  } else if (span === undefined) {
    lines.push(`${escapeName(source.file)} ${code} ${indented(message)}`);
  } else {
    const { line, column, lineText } = position(source.text, span.start);
    const place = `${escapeName(source.file)}:${line}:${column}`;
    lines.push(`${place} ${code} ${indented(message)}`);
    const gutter = `  ${line} | `;
    const { shown, before } = cropped(lineText, column - 1);
    const width = Math.max(1, Math.min(span.end - span.start, shown.length - before.length));
    // Tabs keep their width in the marker line, so that it stands under the same characters.
    const indent = before.replaceAll(/[^\t]/g, " ");
    lines.push(`${gutter}${shown}`);
    lines.push(`${" ".repeat(gutter.length - 2)}| ${indent}${"^".repeat(width)}`);
  }
  const [first] = cases;
  if (first !== undefined) {
    const name = escapeName(first);
    lines.push(cases.length === 1 ? `  case: ${name}` : `  ${cases.length} cases: ${name}, …`);
  }
  if (hint !== undefined) lines.push(`  hint: ${indented(hint)}`);
  return lines.map(escapeControls).join("\n");
}

/** `text` whose lines but the first are indented: a name in it must not look like another diagnostic. */
function indented(text: string): string {
  return text.replaceAll(/\r?\n(?! {2})/g, "\n    ");
}

/** More of a line than this is a wall of text, in which nobody finds the marker. */
const widest = 300;

/** The part of `line` around the offset `at`, and what of it stands before that. */
function cropped(line: string, at: number): { readonly shown: string; readonly before: string } {
  if (line.length <= widest) return { shown: line, before: line.slice(0, at) };
  const start = Math.max(0, at - widest / 3);
  const [before, behind] = [line.slice(start, at), line.slice(at, start + widest)];
  const [left, right] = [start > 0 ? "…" : "", start + widest < line.length ? "…" : ""];
  return { shown: `${left}${before}${behind}${right}`, before: `${left}${before}` };
}

/** `diagnostics` with those that are equal, or differ in their cases alone, made one. */
export function mergeCases(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const merged = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { code, message, source, span, cases } = diagnostic;
    const key = JSON.stringify([code, message, source?.file, span?.start, span?.end]);
    const same = merged.get(key);
    merged.set(
      key,
      same === undefined
        ? diagnostic
        : { ...same, ...(cases === undefined ? {} : { cases: [...(same.cases ?? []), ...cases] }) },
    );
  }
  return [...merged.values()];
}

/** Marks a switch as complete; reaching it is a bug. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
