import { formatInstant, ticksPerDay } from "../../../schema/time.ts";
import type { Clock } from "../../generate/event-rows.ts";
import { putBytes, putDigits, type Page } from "./page.ts";

/** The clock of a span that begins at a midnight. Times are ticks since then; it reckons in numbers alone, as every row asks it several times. */
export interface SpanClock {
  /** The text of an instant, as `formatInstant` gives it. */
  readonly text: Clock;
  /** Appends that text to a page. */
  readonly put: (page: Page, offset: number) => void;
}

const dayTicks = Number(ticksPerDay);

/** The clock of the span from `start` on, ticks since 0001-01-01. */
export function createSpanClock(start: bigint): SpanClock {
  const days = new Map<number, Buffer>();
  const dayOf = (day: number): Buffer => {
    let text = days.get(day);
    if (text === undefined) {
      text = Buffer.from(formatInstant(start + BigInt(day) * ticksPerDay).slice(0, 11));
      days.set(day, text);
    }
    return text;
  };
  const put = (page: Page, offset: number): void => {
    const day = Math.floor(offset / dayTicks);
    putBytes(page, dayOf(day));
    const ticks = offset - day * dayTicks;
    const seconds = Math.floor(ticks / 10_000_000);
    const minutes = Math.floor(seconds / 60);
    const hours = Math.floor(minutes / 60);
    putDigits(page, hours, 2);
    page.bytes[page.length++] = colon;
    putDigits(page, minutes - hours * 60, 2);
    page.bytes[page.length++] = colon;
    putDigits(page, seconds - minutes * 60, 2);
    page.bytes[page.length++] = point;
    putDigits(page, ticks - seconds * 10_000_000, 7);
    page.bytes[page.length++] = zulu;
  };
  const scratch: Page = { bytes: Buffer.alloc(28), length: 0 };
  const text: Clock = (offset) => {
    scratch.length = 0;
    put(scratch, offset);
    return scratch.bytes.toString("latin1");
  };
  return { text, put };
}

const [colon, point, zulu] = [58, 46, 90];
