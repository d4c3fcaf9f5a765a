import { createRandom, hash32, type Random } from "../../base/random.ts";
import { atShare, connectionCounts, connectionDelays } from "../facts/measured.ts";
import { hour, millisecond, second } from "../model/moment.ts";
import { ephemeralPorts, portAfter, portStep } from "../generate/ports.ts";
import type { BackgroundEvent, Connection, Happening } from "./background-event.ts";
import {
  createSession,
  drawDestination,
  startLasting,
  type Habit,
  type Machine,
} from "./fleet-machine.ts";
import { hoursOf, type HourShares } from "./rhythm.ts";
import { failedShare, inspectedShare } from "./statistics.ts";
import { startImage, type Image, type Running, type Session } from "./tree.ts";

/** Numbers of reports that a device has for each of its days. */
const reportsPerDay = 100_000;

export interface DayOptions {
  /** Days since the beginning of the span. */
  readonly day: number;
  /** Day of the week, 0 for Sunday. */
  readonly weekday: number;
  /** What happens besides, in any order. */
  readonly told?: readonly Happening[];
}

/** What happens on one day of `machine`, in order of time. A day depends on its machine and its number alone, not on the days before. */
export function dayOf(machine: Machine, options: DayOptions): readonly BackgroundEvent[] {
  const happenings = plannedDay(machine, options);
  happenings.push(...(options.told ?? []));
  happenings.sort((a, b) => a.time - b.time);
  giveOutPorts(happenings, machine, options.day);
  let reportId = machine.device.firstReport + options.day * reportsPerDay;
  const step = createRandom(hash32(`${machine.seed}/${options.day}/reports`));
  return happenings.map((happening) => {
    reportId += 1 + Math.floor(step.next() * 3);
    return { happening, reportId };
  });
}

/** Gives the connections of a day their local ports, one after the other as Windows does. A device that starts each day starts with low ones, another goes on about where it was. */
function giveOutPorts(happenings: readonly Happening[], machine: Machine, day: number): void {
  const random = createRandom(hash32(`${machine.seed}/${day}/ports`));
  const start = machine.standing === undefined ? afterServices : machine.seed + day * portsPerDay;
  let port = portAfter(ephemeralPorts.first, start + random.integer(0, 250));
  for (const happening of happenings) {
    if (happening.kind !== "connection") continue;
    port = portAfter(port, portStep(random));
    happening.localPort = port;
  }
}

/** The ports that services listen on come first. */
const afterServices = 512;
const portsPerDay = 3000;

/** A day while it is being planned. */
interface Plan {
  readonly machine: Machine;
  readonly random: Random;
  readonly session: Session;
  readonly running: ReadonlyMap<Image, Running>;
  /** Ticks from the beginning of the span: of the day, and of the part of it that the device is on. */
  readonly midnight: number;
  readonly from: number;
  readonly to: number;
  /** Share of a full day's work. */
  readonly work: number;
  readonly hours: HourShares;
  readonly happenings: Happening[];
}

function plannedDay(machine: Machine, options: DayOptions): Happening[] {
  const random = createRandom(hash32(`${machine.seed}/${options.day}`));
  const plan = beginDay(machine, options, random);
  if (plan === undefined) return [];
  const jobs: Job[] = [];
  for (const habit of machine.habits) {
    if (habit.activity.runs === "session") planSession(plan, habit);
    else
      for (let job = timesOf(plan, habit); job > 0; job--)
        jobs.push({ habit, creation: timeFor(plan, habit) });
  }
  // In order of time, as process ids are given out and come back.
  for (const job of jobs.toSorted((a, b) => a.creation - b.creation)) runJob(plan, job);
  return plan.happenings;
}

/** Undefined on a day on which the device stays off. */
function beginDay(machine: Machine, options: DayOptions, random: Random): Plan | undefined {
  const { profile, standing, device, lasting, taken } = machine;
  const midnight = options.day * 24 * hour;
  const share = profile.rhythm.weekdays[options.weekday] ?? 1;
  const hours = hoursOf(profile.rhythm);
  const common = { machine, random, midnight, hours };
  const happenings: Happening[] = [];
  if (standing !== undefined) {
    const { start, logons, pids } = standing.session;
    const count = (options.day + 1) * reportsPerDay;
    const session = createSession({ ...start, taken: pids, count, logons }, random);
    const { processes: running } = standing;
    const on = { from: midnight, to: midnight + 24 * hour };
    return { ...common, ...on, session, running, work: share, happenings };
  }
  if (random.next() >= share) return undefined;
  const boot = midnight + hours.at(0.01 + 0.08 * random.next());
  const to = midnight + hours.at(0.93 + 0.07 * random.next());
  const boots = device.boots + options.day;
  const session = createSession({ device, boot, boots, taken }, random);
  const running = startLasting(lasting, session, random);
  for (const process of running.values()) happenings.push(started(process, random));
  return { ...common, session, running, from: boot, to, work: 1, happenings };
}

/** The sensor reports a start some milliseconds after it. */
function started(process: Running, random: Random): Happening {
  const lag = random.integer(millisecond, 40 * millisecond);
  return { kind: "start", time: process.creation + lag, process };
}

function planSession(plan: Plan, habit: Habit): void {
  const { random, machine } = plan;
  const process = plan.running.get(habit.image);
  if (process === undefined || habit.hosts.length === 0) return;
  const isNew = process.creation >= plan.from;
  if (isNew) {
    const time = firstConnection(machine, process, random);
    connect(plan, habit, { process, time });
  }
  for (let burst = timesOf(plan, habit); burst > 0; burst--) {
    const time = timeFor(plan, habit);
    if (time <= process.creation + second) continue;
    const count = Math.min(random.integer(1, 3), habit.activity.most ?? 3);
    connectTimes(plan, habit, { process, time, count });
  }
}

interface Job {
  readonly habit: Habit;
  readonly creation: number;
}

function runJob(plan: Plan, { habit, creation }: Job): void {
  const { random, machine } = plan;
  const process = startJob(plan, habit.image, creation);
  if (process === undefined || habit.hosts.length === 0) return;
  const drawn = Math.round(atShare(connectionCounts, random.next()));
  const count = Math.min(drawn, habit.activity.most ?? drawn);
  connectTimes(plan, habit, { process, time: firstConnection(machine, process, random), count });
}

/** A process of `image`, and of those above it that are started for it; undefined before the session has come so far. */
function startJob(plan: Plan, image: Image, creation: number): Running | undefined {
  const { random, session, running, happenings } = plan;
  let parent: Running | undefined;
  if (image.parent?.lasting === true) {
    parent = running.get(image.parent);
    if (parent === undefined || parent.creation >= creation) return undefined;
  } else if (image.parent !== undefined) {
    const before = creation - random.integer(20 * millisecond, 2 * second);
    parent = startJob(plan, image.parent, before);
    if (parent === undefined) return undefined;
  }
  const process = startImage(image, { session, creation, parent }, random);
  happenings.push(started(process, random));
  if (image.console !== undefined) {
    const soon = creation + random.integer(4 * millisecond, 60 * millisecond);
    const of = { session, creation: soon, parent: process };
    happenings.push(started(startImage(image.console, of, random), random));
  }
  return process;
}

function firstConnection(machine: Machine, process: Running, random: Random): number {
  const own = process.image.isTool ? "tool" : "application";
  const kind = machine.profile.delays === "pipeline" ? "pipeline" : own;
  const delay = atShare(connectionDelays[kind], random.next());
  return process.creation + Math.round(delay * second);
}

function connectTimes(
  plan: Plan,
  habit: Habit,
  of: { readonly process: Running; readonly time: number; readonly count: number },
): void {
  const { random } = plan;
  let { time } = of;
  for (let number = 0; number < of.count; number++) {
    connect(plan, habit, { process: of.process, time });
    // Most follow one another at once, some after seconds.
    time += Math.round(random.next() ** 4 * 20 * second) + random.integer(1, 50 * millisecond);
  }
}

function connect(
  plan: Plan,
  habit: Habit,
  { process, time }: { readonly process: Running; readonly time: number },
): void {
  const { random, happenings } = plan;
  const to = drawDestination(habit, random);
  // What would happen after the device is off, or on the next day, does not happen.
  if (to === undefined || time >= plan.to - second) return;
  const failed = random.next() < failedShare;
  const connection: Connection = { kind: "connection", time, process, to, failed, localPort: 0 };
  happenings.push(connection);
  if (failed || to.port !== 443 || random.next() >= inspectedShare) return;
  const later = time + random.integer(5 * millisecond, 80 * millisecond);
  happenings.push({ kind: "inspection", time: later, of: connection });
}

/** How often it happens on this day. */
function timesOf({ random, from, to, work }: Plan, { activity }: Habit): number {
  const share = activity.pace === "people" ? work : (to - from) / (24 * hour);
  return Math.floor(activity.perDay * share * (0.7 + 0.6 * random.next()) + random.next());
}

/** When it happens: in people's hours, or at any time that the device is on. */
function timeFor({ random, from, to, midnight, hours }: Plan, { activity }: Habit): number {
  if (activity.pace === "clock") return from + Math.floor(random.next() * (to - from - second));
  const [first, last] = [hours.shareAt(from - midnight), hours.shareAt(to - midnight)];
  return midnight + hours.at(first + random.next() * (last - first));
}
