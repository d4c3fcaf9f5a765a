import { defined } from "../../base/defined.ts";
import { ticksPerDay } from "../../schema/time.ts";
import { dayOf } from "./day.ts";
import type { BackgroundEvent, Happening } from "./background-event.ts";
import { createFleet, machineAt, type ProfileShare } from "./fleet.ts";

export interface WorldOptions {
  readonly devices: number;
  readonly days: number;
  readonly profiles: readonly ProfileShare[];
  readonly seed: number;
  /** The midnight at which the first day begins, in ticks since 0001-01-01. */
  readonly start: bigint;
  /** What happens besides on the device with a number; its rows are numbered with the others. */
  readonly told?: ReadonlyMap<number, Guests>;
}

/** Rows that come to a device from elsewhere. */
export interface Guests {
  readonly happenings: readonly Happening[];
  /** Process ids that they use. */
  readonly processIds: ReadonlySet<number>;
}

/** The devices from `first` up to, not including, `end`. */
export interface DeviceRange {
  readonly first: number;
  readonly end: number;
}

const dayLength = Number(ticksPerDay);

/** The days of a world, device by device, each with its events in order of time. A device's events depend on the seed and its number alone: a part of the devices gives the same as all of them would. Nothing is kept of a day that was given. */
export function* daysOf(
  options: WorldOptions,
  range: DeviceRange = { first: 0, end: options.devices },
): Generator<readonly BackgroundEvent[]> {
  const fleet = createFleet(options.seed, options.profiles);
  const firstWeekday = weekdayOf(options.start);
  for (let index = range.first; index < range.end; index++) {
    const guests = options.told?.get(index);
    const machine = machineAt(fleet, index, guests?.processIds);
    for (let day = 0; day < options.days; day++) {
      const weekday = (firstWeekday + day) % 7;
      const told = guests?.happenings.filter(({ time }) => Math.floor(time / dayLength) === day);
      const events = dayOf(machine, { day, weekday, ...defined({ told }) });
      if (events.length > 0) yield events;
    }
  }
}

/** The events of a world one by one. */
export function* world(options: WorldOptions): Generator<BackgroundEvent> {
  for (const events of daysOf(options)) yield* events;
}

/** Day of the week, 0 for Sunday: 0001-01-01 was a Monday. */
export function weekdayOf(ticks: bigint): number {
  return (Number(ticks / ticksPerDay) + 1) % 7;
}
