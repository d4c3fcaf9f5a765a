import { escapeControls, escapeName } from "../../base/text.ts";
import { plural } from "../../report/layout.ts";
import { createPaint, type Paint } from "../../report/paint.ts";
import type { UpdateNote } from "../../run/update/update-notes.ts";
import type { Change } from "../../run/update/plan-update.ts";

/** Lines of what stays the same that are shown around a change. */
const context = 2;

/** The changes of an update as a diff, file by file, and their number. */
export function renderChanges(changes: readonly Change[], color: boolean): string {
  const paint = createPaint(color);
  const files = changes.map((change) => fileLines(change, paint).join("\n"));
  const total =
    changes.length === 0
      ? "no expectation changed"
      : `${plural(changes.length, "expectation file")} changed`;
  return `${[...files, paint.strong(total)].join("\n\n")}\n`;
}

/** What an update leaves to a person; empty where it leaves nothing. */
export function renderNotes(notes: readonly UpdateNote[], color: boolean): string {
  if (notes.length === 0) return "";
  const paint = createPaint(color);
  const lines = notes.map(({ place, message }) => `  ${escapeName(place)}  ${escapeName(message)}`);
  const title = paint.strong("left as it is, because it is for several scenarios:");
  return `\n${[title, ...lines].join("\n")}\n`;
}

function fileLines({ path, before, after }: Change, paint: Paint): readonly string[] {
  const title = (what: string): string => `${paint.strong(escapeName(path))} ${paint.dim(what)}`;
  if (after === null) return [title("(removed)")];
  const heading = title(before === null ? "(new)" : "(changed)");
  const edits = diffLines(linesOf(before ?? ""), linesOf(after));
  return [heading, ...nearChanges(edits).map((edit) => editLine(edit, paint))];
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

interface Edit {
  readonly sign: " " | "-" | "+" | "…";
  readonly text: string;
}

function editLine({ sign, text }: Edit, paint: Paint): string {
  const line = `  ${sign} ${escapeControls(text)}`.trimEnd();
  if (sign === "-") return paint.bad(line);
  return sign === "+" ? paint.good(line) : paint.dim(line);
}

/** The edits that turn `before` into `after`, by their longest common subsequence of lines. */
function diffLines(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const lengths = commonLengths(before, after);
  const common = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      edits.push({ sign: " ", text: old });
      i++;
      j++;
    } else if (old !== undefined && (fresh === undefined || common(i + 1, j) >= common(i, j + 1))) {
      edits.push({ sign: "-", text: old });
      i++;
    } else {
      edits.push({ sign: "+", text: fresh ?? "" });
      j++;
    }
  }
  return edits;
}

/** How many lines `before` from i and `after` from j have in common, in order, for every i and j. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () => [] as number[]);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const [here = [], below = []] = [lengths[i], lengths[i + 1]];
      here[j] =
        before[i] === after[j]
          ? 1 + (below[j + 1] ?? 0)
          : Math.max(below[j] ?? 0, here[j + 1] ?? 0);
    }
  }
  return lengths;
}

/** `edits` without the unchanged lines that are far from a change; `…` stands for them. */
function nearChanges(edits: readonly Edit[]): readonly Edit[] {
  const isNear = (index: number): boolean =>
    edits
      .slice(Math.max(0, index - context), index + context + 1)
      .some((edit) => edit.sign !== " ");
  return edits.flatMap((edit, index): readonly Edit[] => {
    if (isNear(index)) return [edit];
    return index === 0 || isNear(index - 1) ? [{ sign: "…", text: "" }] : [];
  });
}
