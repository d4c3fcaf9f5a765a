import {
  ticksPerDay,
  ticksPerMillisecond,
  ticksPerSecond,
  unixEpochTicks,
} from "../schema/time.ts";

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) formats.set(zone, openFormat(zone));
  return formats.get(zone);
}

function openFormat(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return undefined;
  }
}

/** True where `zone` names a time zone: `Europe/Berlin`, `US/Pacific`, `UTC`. */
export function isTimeZone(zone: string): boolean {
  return formatOf(zone) !== undefined;
}

/** How far the clocks of a zone are ahead of UTC at an instant, in ticks. */
function offsetAt(ticks: bigint, format: Intl.DateTimeFormat): bigint {
  const seconds = (ticks - (ticks % ticksPerSecond) - unixEpochTicks) / ticksPerSecond;
  const parts = new Map(
    format.formatToParts(Number(seconds) * 1000).map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const local = new Date(0);
  local.setUTCFullYear(parts.get("era") === "BC" ? 1 - part("year") : part("year"));
  local.setUTCMonth(part("month") - 1, part("day"));
  local.setUTCHours(part("hour"), part("minute"), part("second"));
  return BigInt(local.getTime()) * ticksPerMillisecond - seconds * ticksPerSecond;
}

/** What the clocks of `zone` show at an instant; undefined where it is no time zone. */
export function localTime(ticks: bigint, zone: string): bigint | undefined {
  const format = formatOf(zone);
  return format === undefined ? undefined : ticks + offsetAt(ticks, format);
}

/** The instant at which the clocks of `zone` show `ticks`; in winter time where they do so twice. */
export function utcTime(ticks: bigint, zone: string): bigint | undefined {
  const format = formatOf(zone);
  if (format === undefined) return undefined;
  const [before, after] = [-ticksPerDay, ticksPerDay].map((by) => offsetAt(ticks + by, format));
  const instants = [after, before].map((offset) => ticks - (offset ?? 0n));
  const shown = instants.filter((instant) => instant + offsetAt(instant, format) === ticks);
  return (shown.length === 0 ? instants : shown).reduce((a, b) => (a > b ? a : b));
}
