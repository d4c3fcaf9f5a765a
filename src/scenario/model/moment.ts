import {
  ticksPerDay,
  ticksPerHour,
  ticksPerMillisecond,
  ticksPerMinute,
  ticksPerSecond,
} from "../../schema/time.ts";
import { parseTimeOfDay, weekdays } from "./calendar.ts";
import type { Moment } from "./incident.ts";

/** Ticks of each unit, as numbers: what scenarios reckon with stays far below 2^53. */
const units: Readonly<Record<string, number>> = {
  ms: Number(ticksPerMillisecond),
  s: Number(ticksPerSecond),
  m: Number(ticksPerMinute),
  h: Number(ticksPerHour),
  d: Number(ticksPerDay),
};

/** Ticks in a millisecond, a second and an hour, as numbers. */
export const millisecond: number = Number(ticksPerMillisecond);
export const second: number = Number(ticksPerSecond);
export const hour: number = Number(ticksPerHour);

/** The moment that `text` names (`-2h`, `-1d6h30m`, `+500ms`, `monday 09:15`, `08:30`, `working-hours`), or undefined where it names none. */
export function parseMoment(text: string): Moment | undefined {
  if (text === "working-hours") return { kind: "working-hours" };
  const sign = text.charAt(0);
  if (sign !== "-" && sign !== "+") return parseClock(text);
  const ticks = parseDuration(text.slice(1));
  if (ticks === undefined) return undefined;
  return { kind: sign === "-" ? "before-now" : "after-previous", ticks };
}

function parseClock(text: string): Moment | undefined {
  const [first = "", last = first] = text.split(" ");
  const second = parseTimeOfDay(last);
  if (second === undefined || text.split(" ").length > 2) return undefined;
  if (first === last) return { kind: "clock", time: { second } };
  const names: readonly string[] = weekdays;
  const weekday = names.indexOf(first.toLowerCase());
  return weekday < 0 ? undefined : { kind: "clock", time: { weekday, second } };
}

/** The ticks that `text` names (`60s`, `1h30m`), or undefined where it names none. */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text)) return undefined;
  let ticks = 0;
  for (const [, amount, unit = ""] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    ticks += Number(amount) * (units[unit] ?? 0);
  }
  ticks = Math.round(ticks);
  // Longer spans would leave the range in which a number holds every tick.
  return ticks > Number.MAX_SAFE_INTEGER / 4 ? undefined : ticks;
}
