import { lastAt, lastWorking, parseHours, usualHours } from "../model/calendar.ts";
import { createDraw, type Draw } from "../model/draw.ts";
import type { Incident } from "../model/incident.ts";
import { drawnDelays, planTimes, type Calendar, type PlannedTimes } from "./plan-times.ts";
import type { EventOptions } from "../model/types.ts";

/** When the steps of `incident` happen, and what is drawn for it. */
export function planIncident(
  incident: Incident,
  options: EventOptions,
): PlannedTimes & { readonly draw: Draw } {
  const draw = createDraw(incident.seed + (options.seed ?? 0));
  const calendar = createCalendar(incident, { draw, now: options.now });
  return { draw, ...planTimes(incident.steps, drawnDelays(draw.random), calendar) };
}

/** Clocks and working hours of the people and devices of `incident`. */
function createCalendar(
  { users, devices }: Incident,
  { draw, now }: { readonly draw: Draw; readonly now: bigint },
): Calendar {
  return (moment, step) => {
    const user = users.get(step.account ?? "");
    const device = devices.get(step.device);
    const zone = user?.zone ?? device?.zone ?? "UTC";
    if (moment.kind === "clock") return lastAt(moment.time, zone, now);
    const hours = parseHours(user?.hours ?? device?.hours ?? "") ?? usualHours;
    return lastWorking(draw.random(`hours/${step.id}`).next(), { hours, zone }, now);
  };
}
