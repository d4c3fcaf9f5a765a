import {
  maxDatetimeTicks,
  parseInstant,
  parseTimespan,
  ticksPerDay,
  ticksPerHour,
  ticksPerMillisecond,
  ticksPerMinute,
  ticksPerSecond,
  within,
} from "./time.ts";

/** Ticks of each unit that KQL's timespan literals name. */
const unitTicks: Readonly<Record<string, bigint>> = {
  d: ticksPerDay,
  day: ticksPerDay,
  days: ticksPerDay,
  h: ticksPerHour,
  hr: ticksPerHour,
  hrs: ticksPerHour,
  hour: ticksPerHour,
  hours: ticksPerHour,
  m: ticksPerMinute,
  min: ticksPerMinute,
  minute: ticksPerMinute,
  minutes: ticksPerMinute,
  s: ticksPerSecond,
  sec: ticksPerSecond,
  second: ticksPerSecond,
  seconds: ticksPerSecond,
  ms: ticksPerMillisecond,
  milli: ticksPerMillisecond,
  millis: ticksPerMillisecond,
  millisec: ticksPerMillisecond,
  millisecond: ticksPerMillisecond,
  milliseconds: ticksPerMillisecond,
  micro: 10n,
  micros: 10n,
  microsec: 10n,
  microsecond: 10n,
  microseconds: 10n,
  us: 10n,
  tick: 1n,
  ticks: 1n,
};

/** Ticks of a timespan as KQL writes it: `1d`, `1.5h`, `2` (days), `1.02:03:04.5`; undefined where `text` is none. */
export function parseTimespanText(text: string): bigint | undefined {
  const trimmed = text.trim();
  const clock = parseTimespan(trimmed);
  if (clock !== undefined) return clock;
  const match = /^([+-]?)(\d+)(?:\.(\d+))?\s*([a-z]*)$/i.exec(trimmed);
  if (match === null) return undefined;
  const [, sign = "", whole = "0", fraction = "", unit = ""] = match;
  const ticks = unit === "" ? ticksPerDay : unitTicks[unit.toLowerCase()];
  if (ticks === undefined) return undefined;
  const scale = 10n ** BigInt(fraction.length);
  const magnitude = (BigInt(whole + fraction) * ticks) / scale;
  return within(sign === "-" ? -magnitude : magnitude);
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Ticks since 0001-01-01 of an instant in any form that KQL reads; undefined where `text` is none. */
export function parseDatetimeText(text: string): bigint | undefined {
  // Literals may have spaces and commas: `2017 - 08 - 01`, `2025, 6, 14`.
  const trimmed = text.trim().replaceAll(/(?<=^[\d\s,/-]*\d)\s*([,/-])\s*(?=\d)/g, "$1");
  const ticks = parseInstant(trimmed) ?? parseOtherForm(trimmed);
  return ticks !== undefined && ticks >= 0n && ticks <= maxDatetimeTicks ? ticks : undefined;
}

function parseOtherForm(trimmed: string): bigint | undefined {
  for (const { pattern, iso: rewrite } of otherForms) {
    const match = pattern.exec(trimmed);
    if (match?.groups !== undefined) return parseInstant(rewrite(match.groups));
  }
  return undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

const clock = String.raw`(?:[T ]+(?<time>\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d{1,7})?)?)\s*(?<half>[AaPp][Mm])?)?\s*(?<zone>Z|GMT|UTC|[+-]\d\d:?\d\d)?`;

/** What Kusto reads beside ISO 8601, each with the ISO form it stands for. */
const otherForms: readonly { pattern: RegExp; iso: (groups: Groups) => string }[] = [
  // 2015, 2015-12, 2015-12-31T23, 2015-1-2 3:04
  {
    pattern: new RegExp(
      String.raw`^(?<year>\d{4})(?:[-/](?<month>\d{1,2})(?:[-/](?<day>\d{1,2})${clock})?)?$`,
      "i",
    ),
    iso: isoOf,
  },
  // 2025,6,14 and 2025,6,14,23,59
  {
    pattern:
      /^(?<year>\d{4}),(?<month>\d{1,2}),(?<day>\d{1,2})(?:,(?<hour>\d{1,2}),(?<minute>\d{1,2})(?:,(?<second>\d{1,2}))?)?$/,
    iso: ({ hour = "0", minute = "0", second = "0", ...day }) =>
      isoOf({ ...day, time: `${hour}:${minute}:${second}` }),
  },
  // 20151231
  {
    pattern: /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)$/,
    iso: isoOf,
  },
  // 12-31-2015, 12/31/2015 23:59
  {
    pattern: new RegExp(
      String.raw`^(?<month>\d{1,2})[-/](?<day>\d{1,2})[-/](?<year>\d{4})${clock}$`,
      "i",
    ),
    iso: isoOf,
  },
  // Sat, 8 Nov 14 15:05:02 GMT; 8 Nov 2014
  {
    pattern: new RegExp(
      String.raw`^(?:[a-z]{3,9},?\s+)?(?<day>\d{1,2})[- ](?<name>[a-z]{3})[a-z]*[- ](?<year>\d{4}|\d\d)${clock}$`,
      "i",
    ),
    iso: isoOf,
  },
  // Nov 8, 2014 15:05
  {
    pattern: new RegExp(
      String.raw`^(?:[a-z]{3,9},?\s+)?(?<name>[a-z]{3})[a-z]*\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})${clock}$`,
      "i",
    ),
    iso: isoOf,
  },
];

function isoOf(groups: Groups): string {
  const { day = "1", zone = "Z" } = groups;
  const year = (groups["year"] ?? "").replace(/^(\d\d)$/, "20$1");
  const offset = /^[+-]/.test(zone) ? zone.replace(/^(.\d\d):?(\d\d)$/, "$1:$2") : "Z";
  return `${year}-${two(monthOf(groups))}-${two(day)}T${clockOf(groups)}${offset}`;
}

function two(value: number | string): string {
  return String(value).padStart(2, "0");
}

function monthOf({ name, month = "1" }: Groups): number {
  return name === undefined ? Number(month) : months.indexOf(name.toLowerCase()) + 1;
}

/** `15:05:02.5` for `3:5:2.5 PM`. */
function clockOf({ time = "00:00:00", half }: Groups): string {
  const [hours = "0", minutes = "0", seconds = "0"] = time.split(":");
  const noon = half !== undefined && /p/i.test(half) ? 12 : 0;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + noon;
  const [second = "0", fraction] = seconds.split(".");
  const rest = fraction === undefined ? "" : `.${fraction}`;
  return `${two(hour)}:${two(minutes)}:${two(second)}${rest}`;
}
