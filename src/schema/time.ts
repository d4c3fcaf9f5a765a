/** Ticks of 100 ns in a millisecond, second, minute, hour and day. */
export const ticksPerMillisecond = 10_000n;
export const ticksPerSecond: bigint = 1000n * ticksPerMillisecond;
export const ticksPerMinute: bigint = 60n * ticksPerSecond;
export const ticksPerHour: bigint = 60n * ticksPerMinute;
export const ticksPerDay: bigint = 24n * ticksPerHour;
/** Ticks from 0001-01-01 to 1970-01-01: Kusto counts from the first, JavaScript from the second. */
export const unixEpochTicks = 621_355_968_000_000_000n;
/** Ticks of 9999-12-31T23:59:59.9999999Z, the last instant Kusto has. */
export const maxDatetimeTicks = 3_155_378_975_999_999_999n;

/** Ticks since 0001-01-01 of an ISO 8601 instant with up to seven fractional digits, or undefined where `text` is none. */
export function parseInstant(text: string): bigint | undefined {
  return parseWireInstant(text) ?? parseIsoInstant(text);
}

/** Ticks of the days that were read before: telemetry has few. */
const dayTicks = new Map<string, bigint>();

/** True where `parseInstant` gives ticks. */
export function isInstant(text: string): boolean {
  return isWireInstant(text) || parseIsoInstant(text) !== undefined;
}

function isWireInstant(text: string): boolean {
  return ticksInDay(text) !== undefined && ticksOfDay(text) !== undefined;
}

/** The form in which events come, `2024-01-02T03:04:05.0000000Z`, read by position: millions of them are. */
function parseWireInstant(text: string): bigint | undefined {
  const time = ticksInDay(text);
  if (time === undefined) return undefined;
  const day = ticksOfDay(text);
  return day === undefined ? undefined : day + BigInt(time);
}

/** Ticks since midnight in an instant of that form; undefined where `text` has another behind its day. */
function ticksInDay(text: string): number | undefined {
  const end = text.length - 1;
  if (end < 19 || end > 27 || text.charCodeAt(10) !== 84 || text.charCodeAt(end) !== 90) {
    return undefined;
  }
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  if (!(hour < 24 && minute < 60 && second < 60)) return undefined;
  let fraction = 0;
  for (let at = 20; at < 27; at++) {
    const digit = at < end ? text.charCodeAt(at) - 48 : 0;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    fraction = fraction * 10 + digit;
  }
  return ((hour * 60 + minute) * 60 + second) * 10_000_000 + fraction;
}

let lastDay = "";
let lastTicks: bigint | undefined;

/** Ticks of the day that `text` begins with. Events of one day come together: most of the time it is the last one. */
function ticksOfDay(text: string): bigint | undefined {
  if (lastDay === "" || !text.startsWith(lastDay)) {
    lastDay = text.slice(0, 10);
    lastTicks = dayTicks.get(lastDay) ?? rememberDay(lastDay);
  }
  return lastTicks;
}

function rememberDay(day: string): bigint | undefined {
  const ticks = /^\d{4}-\d\d-\d\d$/.test(day) ? parseIsoInstant(day) : undefined;
  if (ticks !== undefined && dayTicks.size < 10_000) dayTicks.set(day, ticks);
  return ticks;
}

/** The number at `at`, or NaN where there are no two digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function parseIsoInstant(text: string): bigint | undefined {
  const match =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7})\d*)?)?)?\s*(Z|[+-]\d\d:\d\d)?$/i.exec(
      text.trim(),
    );
  if (match === null) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] =
    match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const milliseconds = Date.parse(iso);
  // `Date` rolls 30 February over into March; a date that does not come back is no date.
  if (
    Number.isNaN(milliseconds) ||
    new Date(milliseconds).toISOString().slice(0, 10) !== iso.slice(0, 10)
  ) {
    return undefined;
  }
  const ticks =
    BigInt(milliseconds) * ticksPerMillisecond + unixEpochTicks + BigInt(fraction.padEnd(7, "0"));
  return ticks - zoneTicks(zone);
}

function zoneTicks(zone: string): bigint {
  if (/^z$/i.test(zone)) return 0n;
  const minutes = BigInt(zone.slice(1, 3)) * 60n + BigInt(zone.slice(4, 6));
  return (zone.startsWith("-") ? -minutes : minutes) * ticksPerMinute;
}

/** `2024-01-02T03:04:05.0000000Z` for ticks since 0001-01-01. */
export function formatInstant(ticks: bigint): string {
  const seconds = ticks / ticksPerSecond;
  const fraction = ticks % ticksPerSecond;
  const date = new Date(Number(seconds - unixEpochTicks / ticksPerSecond) * 1000);
  return `${date.toISOString().slice(0, 19)}.${fraction.toString().padStart(7, "0")}Z`;
}

/** `1.02:03:04.0000000` for a duration in ticks; the day part only where it is not zero. */
export function formatTimespan(ticks: bigint): string {
  const magnitude = ticks < 0n ? -ticks : ticks;
  const two = (value: bigint): string => value.toString().padStart(2, "0");
  const days = magnitude / ticksPerDay;
  const clock = [
    two((magnitude / ticksPerHour) % 24n),
    two((magnitude / ticksPerMinute) % 60n),
    two((magnitude / ticksPerSecond) % 60n),
  ].join(":");
  const fraction = (magnitude % ticksPerSecond).toString().padStart(7, "0");
  return `${ticks < 0n ? "-" : ""}${days === 0n ? "" : `${days}.`}${clock}.${fraction}`;
}

/** Ticks of a `d.hh:mm:ss.fffffff` duration, or undefined where `text` is none. */
export function parseTimespan(text: string): bigint | undefined {
  const match = /^([+-])?(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/.exec(
    text.trim(),
  );
  if (match === null) return undefined;
  const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const ticks =
    BigInt(days) * ticksPerDay +
    BigInt(hours) * ticksPerHour +
    BigInt(minutes) * ticksPerMinute +
    BigInt(seconds) * ticksPerSecond +
    BigInt(fraction.padEnd(7, "0"));
  return within(sign === "-" ? -ticks : ticks);
}

/** `ticks` where a timespan can hold them. */
export function within(ticks: bigint): bigint | undefined {
  return BigInt.asIntN(64, ticks) === ticks ? ticks : undefined;
}
