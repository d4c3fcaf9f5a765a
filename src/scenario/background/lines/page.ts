/** Bytes of one table that are not written yet. */
export interface Page {
  readonly bytes: Buffer;
  /** How many of them are filled. */
  length: number;
}

/** Longest text that a line is made of, in bytes, apart from those written by `putText`. */
const room = 65_536;

export function createPage(size = 1_048_576): Page {
  return { bytes: Buffer.allocUnsafe(size + room), length: 0 };
}

/** Whether the page is to be written out before the next line. */
export function isFull({ bytes, length }: Page): boolean {
  return length > bytes.length - room;
}

/** Bytes that are kept for a while, all of them for the same. */
export interface Store {
  page: Page;
}

export function createStore(): Store {
  return { page: createPage() };
}

/** A page for what is to be kept next. What was kept on a full one stays there as long as somebody refers to it. */
export function pageWithRoom(store: Store): Page {
  if (isFull(store.page)) store.page = createPage();
  return store.page;
}

/** Forgets all that is in `store`: nobody may refer to it any more. */
export function clearStore({ page }: Store): void {
  page.length = 0;
}

export function putBytes(page: Page, bytes: Uint8Array): void {
  page.bytes.set(bytes, page.length);
  page.length += bytes.length;
}

/** Appends `text` in UTF-8. Throws where it is longer than any line may be. */
export function putText(page: Page, text: string): void {
  if (text.length * 3 > page.bytes.length - page.length) {
    throw new Error(`a line of ${text.length} characters`);
  }
  page.length += page.bytes.write(text, page.length, "utf8");
}

/** Appends a whole number from 0. */
export function putNumber(page: Page, value: number): void {
  let width = 1;
  for (let limit = 10; value >= limit; limit *= 10) width += 1;
  putDigits(page, value, width);
}

/** Appends the last `width` digits of a whole number. */
export function putDigits(page: Page, value: number, width: number): void {
  const { bytes } = page;
  let rest = value;
  for (let at = page.length + width - 1; at >= page.length; at--) {
    const tens = Math.floor(rest / 10);
    bytes[at] = 48 + rest - tens * 10;
    rest = tens;
  }
  page.length += width;
}
