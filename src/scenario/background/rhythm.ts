import { hour } from "../model/moment.ts";
import type { Rhythm } from "./profile.ts";

/** How the work of a day is spread over it. Times are ticks since midnight. */
export interface HourShares {
  /** The time at which `share` (0 to 1) of the day's work is done. */
  at(share: number): number;
  /** What share of the day's work is done at `time`. */
  shareAt(time: number): number;
}

const known = new WeakMap<Rhythm, HourShares>();

/** The spread of `rhythm`. */
export function hoursOf(rhythm: Rhythm): HourShares {
  let shares = known.get(rhythm);
  if (shares === undefined) {
    shares = createShares(rhythm.hours);
    known.set(rhythm, shares);
  }
  return shares;
}

function createShares(weights: readonly number[]): HourShares {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  /** Shares done at the beginning of each hour, and at the end of the day. */
  const done = [0];
  for (const weight of weights) done.push((done.at(-1) ?? 0) + weight / total);
  return {
    at: (share) => {
      let index = 0;
      while (index < 23 && (done[index + 1] ?? 1) <= share) index += 1;
      const from = done[index] ?? 0;
      const width = (done[index + 1] ?? 1) - from;
      const part = width <= 0 ? 0 : Math.min(1, (share - from) / width);
      return Math.min(Math.floor((index + part) * hour), 24 * hour - 1);
    },
    shareAt: (time) => {
      const index = Math.min(23, Math.floor(time / hour));
      const from = done[index] ?? 0;
      return from + ((done[index + 1] ?? 1) - from) * Math.min(1, time / hour - index);
    },
  };
}
