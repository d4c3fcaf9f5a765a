import type { Random } from "../../base/random.ts";
import type { Moment, Step } from "../model/incident.ts";
import { hour, millisecond, second } from "../model/moment.ts";

/** Drawn distances between steps, in ticks. */
export interface Delays {
  /** From the step before to a step without a time. */
  next(step: Step): number;
  /** From a process's start to its first connection. */
  connect(step: Step): number;
  /** What a repetition is late by, at most `most`; early where it is negative. */
  jitter(step: Step, most: number): number;
}

/** No delay at all: the earliest that steps without a time can be. */
export const noDelays: Delays = { next: () => 0, connect: () => 0, jitter: (_, most) => -most };

// Seconds from the start of a process to its first connection, by quarter: recorded on Windows.
const connectSeconds = [0.06, 0.44, 1.01, 4.5, 12] as const;

/** Delays as they are on a real device, drawn from `random(step id)`. */
export function drawnDelays(random: (key: string) => Random): Delays {
  return {
    next: (step) => random(`next/${step.id}`).integer(120 * millisecond, 3 * second),
    connect: (step) => {
      const place = random(`connect/${step.id}`).next() * (connectSeconds.length - 1);
      const low = connectSeconds[Math.floor(place)] ?? 0;
      const high = connectSeconds[Math.floor(place) + 1] ?? low;
      return Math.round((low + (high - low) * (place % 1)) * second);
    },
    jitter: (step, most) =>
      most === 0 ? 0 : Math.round((random(`jitter/${step.id}`).next() * 2 - 1) * most),
  };
}

/** A moment that is told by clocks, and so depends on what day now is. */
export type ClockMoment = Extract<Moment, { readonly kind: "clock" | "working-hours" }>;

export function isClockMoment(moment: Moment): moment is ClockMoment {
  return moment.kind === "clock" || moment.kind === "working-hours";
}

/** The ticks relative to now of a moment that is told by clocks. */
export type Calendar = (moment: ClockMoment, step: Step) => number;

export interface PlannedTimes {
  /** Ticks relative to now, one for each step. A step never comes before the process it belongs to. */
  readonly times: readonly number[];
  /** Indexes of steps whose own `at` would have put them before that process. */
  readonly early: readonly number[];
}

/** When each step happens. */
export function planTimes(
  steps: readonly Step[],
  delays: Delays,
  calendar: Calendar,
): PlannedTimes {
  const times: number[] = [];
  const early: number[] = [];
  steps.forEach((step, index) => {
    const owner = step.owner?.step;
    const start = owner === undefined ? undefined : times[owner];
    let time = timeOf(step, { times, start }, { delays, calendar });
    if (start !== undefined && time < start + millisecond) {
      if (time < start) early.push(index);
      time = start + millisecond;
    }
    times.push(time);
  });
  return { times, early };
}

function timeOf(
  step: Step,
  around: { readonly times: readonly number[]; readonly start: number | undefined },
  { delays, calendar }: { readonly delays: Delays; readonly calendar: Calendar },
): number {
  const { moment } = step;
  const last = around.times.at(-1);
  // The first step stands an hour before now unless it says otherwise.
  const previous = last ?? -hour;
  switch (moment.kind) {
    case "before-now":
      return -moment.ticks;
    case "after-previous":
      return previous + moment.ticks;
    case "repetition":
      return (around.times[moment.of] ?? 0) + moment.ticks + delays.jitter(step, moment.jitter);
    case "clock":
    case "working-hours":
      return calendar(moment, step);
    default: {
      if (last === undefined) return previous;
      const next = previous + delays.next(step);
      if (step.kind !== "connection" || around.start === undefined) return next;
      return Math.max(around.start + delays.connect(step), next);
    }
  }
}
