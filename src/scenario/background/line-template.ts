import type { Columns } from "../rows.ts";
import type { Value } from "../../schema/types.ts";
import type { LineFormat } from "./format.ts";
import { putBytes, type Page } from "./page.ts";

/** A line in which some texts are filled in: the fixed ones, and between them what gives the others. */
export interface LineTemplate<H> {
  readonly texts: readonly string[];
  readonly slots: readonly Slot<H>[];
}

/** What differs from row to row: the same for all rows of one process (`text`), or of each (`put`). */
export type Slot<H> = {
  /** Columns that belong together and that it writes whole, names included, whether they are there or not. */
  readonly cells?: readonly string[];
} & (
  | { readonly text: (happening: H) => string }
  | { readonly put: (page: Page, happening: H, reportId: number) => void }
);

/** A template ready for the rows of one process. */
export interface SettledLine<H> {
  readonly bytes: readonly Uint8Array[];
  readonly puts: readonly ((page: Page, happening: H, reportId: number) => void)[];
}

/** Slots by the column they stand for, or the first of them. */
export type Slots<H> = Readonly<Record<string, Slot<H>>>;

/** `row` as a line of `format`. */
export function renderLine(row: Columns, form: LineForm): string {
  const { texts } = compileLine(row, {}, form);
  return texts[0] ?? "";
}

/** A format, and the columns of a table in the order in which it writes them. */
export interface LineForm {
  readonly format: LineFormat;
  readonly columns: readonly string[];
}

/** The template of all rows that differ from `row` in the columns of `slots` alone. */
export function compileLine<H>(
  row: Columns,
  slots: Slots<H>,
  { format, columns }: LineForm,
): LineTemplate<H> {
  const texts: string[] = [];
  const used: Slot<H>[] = [];
  let text = "";
  let written: readonly string[] = [];
  for (const [index, column] of columns.entries()) {
    if (written.includes(column)) continue;
    const value = row[column];
    const slot = slots[column];
    const opening = (): string => (index === 0 ? format.first(column) : format.before(column));
    if (slot?.cells !== undefined) written = slot.cells;
    else if (value === undefined) {
      text += format.absent;
      continue;
    } else text += opening() + (slot === undefined ? knownText(value, format) : "");
    if (slot === undefined) continue;
    texts.push(text);
    used.push(slot);
    text = "";
  }
  texts.push(text + format.end);
  return { texts, slots: used };
}

const known = new Map<LineFormat, Map<Value, string>>();

/** What devices have in common, their programs and services, is put into the format once and not for each of them. */
function knownText(value: Value, format: LineFormat): string {
  let texts = known.get(format);
  // What they do not have in common must not gather.
  if (texts === undefined || texts.size > 10_000) {
    texts = new Map();
    known.set(format, texts);
  }
  let text = texts.get(value);
  if (text === undefined) {
    text = format.value(value);
    texts.set(value, text);
  }
  return text;
}

/** Some columns of `row`, as they stand within a line. */
export function renderCells(row: Columns, columns: readonly string[], format: LineFormat): string {
  let text = "";
  for (const column of columns) {
    const value = row[column];
    text += value === undefined ? format.absent : format.before(column) + format.value(value);
  }
  return text;
}

/** `template` with what all rows of the process of `happening` share filled in. */
export function settleLine<H>(template: LineTemplate<H>, happening: H): SettledLine<H> {
  const bytes: Uint8Array[] = [];
  const puts: SettledLine<H>["puts"][number][] = [];
  let text = template.texts[0] ?? "";
  for (const [index, slot] of template.slots.entries()) {
    if ("text" in slot) text += slot.text(happening);
    else {
      bytes.push(Buffer.from(text));
      puts.push(slot.put);
      text = "";
    }
    text += template.texts[index + 1] ?? "";
  }
  bytes.push(Buffer.from(text));
  return { bytes, puts };
}

const nothing = new Uint8Array();

/** Appends the line of `happening` to `page`. */
export function putLine<H>(
  { bytes, puts }: SettledLine<H>,
  page: Page,
  { happening, reportId }: { readonly happening: H; readonly reportId: number },
): void {
  putBytes(page, bytes[0] ?? nothing);
  for (let index = 0; index < puts.length; index++) {
    puts[index]?.(page, happening, reportId);
    putBytes(page, bytes[index + 1] ?? nothing);
  }
}
