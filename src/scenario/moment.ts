import {
  ticksPerDay,
  ticksPerHour,
  ticksPerMillisecond,
  ticksPerMinute,
  ticksPerSecond,
} from "../schema/time.ts";
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

/** The moment that `text` names (`-2h`, `-1d6h30m`, `+500ms`), or undefined where it names none. */
export function parseMoment(text: string): Moment | undefined {
  const match = /^([+-])((?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+)$/.exec(text);
  if (match === null) return undefined;
  const [, sign, parts = ""] = match;
  let ticks = 0;
  for (const [, amount, unit = ""] of parts.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    ticks += Number(amount) * (units[unit] ?? 0);
  }
  ticks = Math.round(ticks);
  // Longer spans would leave the range in which a number holds every tick.
  if (ticks > Number.MAX_SAFE_INTEGER / 4) return undefined;
  return { kind: sign === "-" ? "before-now" : "after-previous", ticks };
}
