import type { Columns } from "../../generate/event-rows.ts";
import type { LineFormat } from "./line-format.ts";
import { pageWithRoom, putBytes, type Page, type Store } from "./page.ts";

/** A line in which some values are filled in: the bytes that are fixed, and between them what writes the others. */
export interface LineTemplate<H> {
  readonly bytes: readonly Uint8Array[];
  readonly slots: readonly Slot<H>[];
}

/** Whose the value of a slot is: all rows of a device have it, those of a process of it, or one row. */
export type Owner = "device" | "process" | "row";

/** What differs from row to row of a program. */
export interface Slot<H> {
  readonly of: Owner;
  /** Columns that belong together and that it writes whole, names included, whether they are there or not. */
  readonly cells?: readonly string[];
  readonly put: (page: Page, happening: H, reportId: number) => void;
}

/** Slots by the column they stand for, or the first of them. */
export type Slots<H> = Readonly<Record<string, Slot<H>>>;

/** `row` as a line of `format`. */
export function renderLine(row: Columns, form: LineForm): string {
  return textsOf(row, {}, form).texts[0] ?? "";
}

/** A format, and the columns of a table in the order in which it writes them. */
export interface LineForm {
  readonly format: LineFormat;
  readonly columns: readonly string[];
}

/** The template of all rows that differ from `row` in the columns of `slots` alone. */
export function compileLine<H>(row: Columns, slots: Slots<H>, form: LineForm): LineTemplate<H> {
  const { texts, used } = textsOf(row, slots, form);
  return { bytes: texts.map((text) => Buffer.from(text)), slots: used };
}

function textsOf<H>(
  row: Columns,
  slots: Slots<H>,
  { format, columns }: LineForm,
): { readonly texts: readonly string[]; readonly used: readonly Slot<H>[] } {
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
    } else text += opening() + (slot === undefined ? format.value(value) : "");
    if (slot === undefined) continue;
    texts.push(text);
    used.push(slot);
    text = "";
  }
  texts.push(text + format.end);
  return { texts, used };
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

/** `template` with the values of the device of `happening` filled in, and with those of its process where that is the `owner`. Its bytes are in `store`. */
export function settleLine<H>(
  template: LineTemplate<H>,
  owner: Exclude<Owner, "row">,
  { happening, store }: { readonly happening: H; readonly store: Store },
): LineTemplate<H> {
  const page = pageWithRoom(store);
  const bytes: Uint8Array[] = [];
  const slots: Slot<H>[] = [];
  let start = page.length;
  putBytes(page, template.bytes[0] ?? nothing);
  for (const [index, slot] of template.slots.entries()) {
    if (slot.of === "device" || slot.of === owner) slot.put(page, happening, 0);
    else {
      bytes.push(page.bytes.subarray(start, page.length));
      slots.push(slot);
      start = page.length;
    }
    putBytes(page, template.bytes[index + 1] ?? nothing);
  }
  bytes.push(page.bytes.subarray(start, page.length));
  return { bytes, slots };
}

const nothing = new Uint8Array();

/** Appends the line of `happening` to `page`. */
export function putLine<H>(
  { bytes, slots }: LineTemplate<H>,
  page: Page,
  { happening, reportId }: { readonly happening: H; readonly reportId: number },
): void {
  putBytes(page, bytes[0] ?? nothing);
  for (let index = 0; index < slots.length; index++) {
    slots[index]?.put(page, happening, reportId);
    putBytes(page, bytes[index + 1] ?? nothing);
  }
}
