import { ticksPerMillisecond } from "../../schema/time.ts";

/** Days of the week as dates count them. */
export const weekdays = [
  "sunday",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
] as const;

/** When somebody works. */
export interface Hours {
  /** Days of the week, 0 for Sunday. */
  readonly days: readonly number[];
  /** Seconds of the day; an end before the start is the next day's. */
  readonly from: number;
  readonly to: number;
}

export const usualHours: Hours = { days: [1, 2, 3, 4, 5], from: 9 * 3600, to: 17 * 3600 };

/** The hours that `text` names (`monday-friday 09:00-17:00`, `sunday 22:00-06:00`), or undefined where it names none. */
export function parseHours(text: string): Hours | undefined {
  const match = /^([a-z]+)(?:-([a-z]+))? (\d\d:\d\d)-(\d\d:\d\d)$/.exec(text);
  if (match === null) return undefined;
  const [, first = "", last = first, start = "", end = ""] = match;
  const names: readonly string[] = weekdays;
  const [low, high] = [names.indexOf(first), names.indexOf(last)];
  const [from, to] = [parseTimeOfDay(start), parseTimeOfDay(end)];
  if (low < 0 || high < 0 || from === undefined || to === undefined) return undefined;
  const count = ((high - low + 7) % 7) + 1;
  return { days: Array.from({ length: count }, (_, index) => (low + index) % 7), from, to };
}

/** Seconds of the day at `09:15` or `09:15:30`, or undefined for what is no such time. */
export function parseTimeOfDay(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(text);
  if (match === null) return undefined;
  const [hours, minutes, seconds] = [match[1], match[2], match[3] ?? 0].map(Number);
  if (hours === undefined || minutes === undefined || seconds === undefined) return undefined;
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return hours * 3600 + minutes * 60 + seconds;
}

export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** A time of the day, on one day of the week or on any. */
export interface ClockTime {
  readonly weekday?: number;
  readonly second: number;
}

/** The last instant before `now` at which clocks of `zone` show `time`, in ticks relative to now. */
export function lastAt(time: ClockTime, zone: string, now: bigint): number {
  const days = time.weekday === undefined ? everyDay : [time.weekday];
  return lastOf(days, now, { zone, instant: (date) => localInstant(date, time.second, zone) });
}

const everyDay = [0, 1, 2, 3, 4, 5, 6];

/** The last instant before `now` that lies at `share` (0 to 1) of somebody's working hours, in ticks relative to now. */
export function lastWorking(share: number, worker: Worker, now: bigint): number {
  const { hours, zone } = worker;
  const { from } = hours;
  const to = hours.to <= from ? hours.to + 86_400 : hours.to;
  const second = Math.floor(from + share * (to - from));
  return lastOf(hours.days, now, { zone, instant: (date) => localInstant(date, second, zone) });
}

/** Whose hours count, and in which time zone. */
export interface Worker {
  readonly hours: Hours;
  readonly zone: string;
}

/** A day as the number of milliseconds at which it begins where clocks show UTC. */
type LocalDate = number;

const dayMs = 86_400_000;
const unixEpochTicks = 621_355_968_000_000_000n;

function lastOf(
  days: readonly number[],
  now: bigint,
  of: { readonly zone: string; readonly instant: (date: LocalDate) => number },
): number {
  const sinceEpoch = now - unixEpochTicks;
  const nowMs = Number(sinceEpoch / ticksPerMillisecond);
  const today = Math.floor((nowMs + offsetMs(nowMs, of.zone)) / dayMs) * dayMs;
  for (let back = 0; back <= 8; back++) {
    const date = today - back * dayMs;
    if (!days.includes(new Date(date).getUTCDay())) continue;
    const ms = of.instant(date);
    if (ms < nowMs)
      return (ms - nowMs) * Number(ticksPerMillisecond) - Number(sinceEpoch % ticksPerMillisecond);
  }
  throw new Error("a week without such a day");
}

/** The instant at which clocks of `zone` show `second` of the day `date`. Where they leap over it, the one as much later. */
function localInstant(date: LocalDate, second: number, zone: string): number {
  const shown = date + second * 1000;
  const guess = shown - offsetMs(shown, zone);
  return shown - offsetMs(guess, zone);
}

/** What clocks of `zone` are ahead of UTC at an instant. */
function offsetMs(ms: number, zone: string): number {
  if (zone === "UTC") return 0;
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  return shown - Math.floor(ms / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "iso8601",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}
