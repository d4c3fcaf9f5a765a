import {
  ticksPerDay,
  ticksPerHour,
  ticksPerMillisecond,
  ticksPerMinute,
  ticksPerSecond,
  unixEpochTicks,
} from "../schema/time.ts";

/** A letter of a format with how often it stands there, or a character that is copied. */
interface Part {
  readonly letter?: string;
  readonly count: number;
  readonly text: string;
}

const delimiters = " /-:,._[]";
const datetimeLetters = ["yyyy", "yy", "y", "MM", "M", "dd", "d", "HH", "H", "hh", "h", "mm", "m", "ss", "s", "tt", ...repeated("f"), ...repeated("F")]; // oxfmt-ignore
const timespanLetters = ["dddddddd", "ddddddd", "dddddd", "ddddd", "dddd", "ddd", "dd", "d", "HH", "H", "hh", "h", "mm", "m", "ss", "s", ...repeated("f"), ...repeated("F")]; // oxfmt-ignore

function repeated(letter: string): readonly string[] {
  return [7, 6, 5, 4, 3, 2, 1].map((count) => letter.repeat(count));
}

/** The parts of `format`, undefined where it has a character that Kusto refuses. */
function partsOf(format: string, letters: readonly string[]): readonly Part[] | undefined {
  const parts: Part[] = [];
  for (let at = 0; at < format.length;) {
    const letter = letters.find((candidate) => format.startsWith(candidate, at));
    const text = letter ?? format.charAt(at);
    if (letter === undefined && !delimiters.includes(text)) return undefined;
    parts.push(letter === undefined ? { count: 0, text } : { letter: text.charAt(0), count: text.length, text }); // oxfmt-ignore
    at += text.length;
  }
  return parts;
}

export function isDatetimeFormat(format: string): boolean {
  return partsOf(format, datetimeLetters) !== undefined;
}

export function isTimespanFormat(format: string): boolean {
  return partsOf(format, timespanLetters) !== undefined;
}

/** `format_datetime()`; undefined where the format is none. Letters that Kusto does not know, `MMM`, are `MM` and `M`. */
export function formatDatetime(ticks: bigint, format: string): string | undefined {
  const date = new Date(Number((ticks - unixEpochTicks) / ticksPerMillisecond));
  // Before 1970 the quotient is rounded up; whole days are not.
  date.setTime(Number(ticks / ticksPerDay - unixEpochTicks / ticksPerDay) * 86_400_000);
  const hours = Number((ticks / ticksPerHour) % 24n);
  return render(partsOf(format, datetimeLetters), ({ letter, count }) => {
    switch (letter) {
      case "y":
        return pad(count === 4 ? date.getUTCFullYear() : date.getUTCFullYear() % 100, count);
      case "M":
        return pad(date.getUTCMonth() + 1, count);
      case "d":
        return pad(date.getUTCDate(), count);
      case "h":
        return pad(hours % 12 === 0 ? 12 : hours % 12, count);
      case "t":
        return hours < 12 ? "AM" : "PM";
      default:
        return clock(ticks, letter, count);
    }
  });
}

/** `format_timespan()`; undefined where the format is none. */
export function formatTimespanAs(ticks: bigint, format: string): string | undefined {
  const magnitude = ticks < 0n ? -ticks : ticks;
  const text = render(partsOf(format, timespanLetters), ({ letter, count }) => {
    switch (letter) {
      case "d":
        return pad(magnitude / ticksPerDay, count);
      case "h":
        return pad((magnitude / ticksPerHour) % 24n, count);
      default:
        return clock(magnitude, letter, count);
    }
  });
  return text === undefined || ticks >= 0n ? text : `-${text}`;
}

function render(
  parts: readonly Part[] | undefined,
  value: (part: { letter: string; count: number }) => string,
): string | undefined {
  return parts
    ?.map(({ letter, count, text }) => (letter === undefined ? text : value({ letter, count })))
    .join("");
}

/** The part of a day that a letter names, in the same way for instants and durations. */
function clock(ticks: bigint, letter: string, count: number): string {
  switch (letter) {
    case "H":
      return pad((ticks / ticksPerHour) % 24n, count);
    case "m":
      return pad((ticks / ticksPerMinute) % 60n, count);
    case "s":
      return pad((ticks / ticksPerSecond) % 60n, count);
    default: {
      const fraction = pad(ticks % ticksPerSecond, 7).slice(0, count);
      return letter === "F" ? fraction.replace(/0+$/, "") : fraction;
    }
  }
}

function pad(value: number | bigint, width: number): string {
  return value.toString().padStart(width, "0");
}
