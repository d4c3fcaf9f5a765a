import { bundledCatalog } from "../schema/tables.ts";
import type { KqlType, Value } from "../schema/types.ts";
import { createDraw, type Draw, type Names } from "./draw.ts";
import type { ColumnValue, ConnectionStep, Incident, Step } from "./incident.ts";
import { millisecond } from "./moment.ts";
import {
  createProcesses,
  findProcess,
  startProcess,
  type Process,
  type Processes,
} from "./processes.ts";
import { connectionRow, createClock, processRow, type Clock, type Columns } from "./rows.ts";
import { drawnDelays, planTimes } from "./timeline.ts";
import type { EventOptions, ScenarioEvent } from "./types.ts";
import { createWorld, namesOf, type Device, type World } from "./world.ts";

/** What making one step's row needs. */
interface Run {
  readonly world: World;
  readonly draw: Draw;
  readonly clock: Clock;
  readonly processes: Processes;
}

/** The events of `incident` at one instant, in the order of its timeline. */
export function generateEvents(
  incident: Incident,
  options: EventOptions,
): readonly ScenarioEvent[] {
  const draw = createDraw(incident.seed + (options.seed ?? 0));
  const { times } = planTimes(incident.steps, drawnDelays(draw.random));
  const world = createWorld(incident, draw, earliestOf(times));
  const processes = createProcesses(world, draw);
  const run: Run = { world, draw, clock: createClock(options.now), processes };
  const nextReport = reportCounters(world, draw);
  const events: ScenarioEvent[] = Array.from({ length: incident.steps.length });
  for (const index of inOrderOfTime(times)) {
    const step = incident.steps[index];
    const time = times[index];
    if (step === undefined || time === undefined) continue;
    const row = stepRow(step, { index, time }, run);
    const report = nextReport(step);
    if (report !== undefined) row["ReportId"] = report;
    setColumns(row, step, run);
    events[index] = { id: step.id, table: tableOf(step), row };
  }
  return events;
}

function earliestOf(times: readonly number[]): number {
  return times.reduce((earliest, time) => Math.min(earliest, time), 0);
}

function inOrderOfTime(times: readonly number[]): readonly number[] {
  return times.map((_, index) => index).toSorted((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
}

/** The table that a step gives a row of. */
export function tableOf(step: Step): string {
  if (step.kind === "row") return step.table;
  return step.kind === "process" ? "DeviceProcessEvents" : "DeviceNetworkEvents";
}

function stepRow(
  step: Step,
  place: { readonly index: number; readonly time: number },
  run: Run,
): Columns {
  const { world, draw, clock, processes } = run;
  const { index, time } = place;
  switch (step.kind) {
    case "process": {
      const process = startProcess(processes, step, { index, creation: time });
      // The sensor reports a start some milliseconds after it, though never later than now.
      const lag = draw.random(`lag/${step.id}`).integer(millisecond, 40 * millisecond);
      return processRow(process, Math.min(time + lag, Math.max(time, 0)), clock);
    }
    case "connection": {
      const device = deviceOf(step, world);
      const process = connectingProcess(step, time, run);
      const names = stepNames(step, world);
      return connectionRow(step, { device, process, timestamp: time }, { clock, draw, names });
    }
    default:
      return bareRow(step.table, deviceOf(step, world), clock(time));
  }
}

function connectingProcess(step: ConnectionStep, time: number, run: Run): Process | undefined {
  if (step.by === undefined) return undefined;
  const account = run.world.accounts.get(step.account);
  if (account === undefined) throw new Error(`no account: ${step.account}`);
  const device = deviceOf(step, run.world);
  return findProcess(run.processes, step.by, { before: time, device, account });
}

function deviceOf(step: Step, world: World): Device {
  const device = world.devices.get(step.device);
  if (device === undefined) throw new Error(`no device: ${step.device}`);
  return device;
}

/** The columns that every table of devices has, as far as `table` has them. */
function bareRow(table: string, device: Device, timestamp: string): Columns {
  const common = { Timestamp: timestamp, DeviceId: device.id, DeviceName: device.name };
  const known = Object.entries(common).filter(([name]) => columnType(table, name) !== undefined);
  return Object.fromEntries(known);
}

/** Numbers the rows of each device upwards in order of time; undefined for a table without such numbers. */
function reportCounters(world: World, draw: Draw): (step: Step) => number | undefined {
  const last = new Map<string, number>();
  return (step) => {
    if (step.kind === "row" && columnType(step.table, "ReportId") !== "long") return undefined;
    const before = last.get(step.device) ?? deviceOf(step, world).firstReport;
    const next = before + draw.random(`report/${step.id}`).integer(1, 9);
    last.set(step.device, next);
    return next;
  };
}

function columnType(table: string, column: string): KqlType | undefined {
  const known = bundledCatalog("defender-xdr").get(table)?.columns;
  return known?.find(({ name }) => name === column)?.type;
}

/** Puts the author's own columns over `row`. */
function setColumns(row: Columns, step: Step, run: Run): void {
  for (const [name, column] of step.columns) {
    const value = columnValue(column, { step, name }, run);
    if (value === null) delete row[name];
    else row[name] = value;
  }
}

function columnValue(
  column: ColumnValue,
  place: { readonly step: Step; readonly name: string },
  run: Run,
): Value {
  if (column.kind === "instant") return run.clock(column.ticks);
  if (typeof column.value !== "string") return column.value;
  const { step, name } = place;
  return run.draw.fill(column.value, `column/${step.id}/${name}`, stepNames(step, run.world));
}

function stepNames(step: Step, world: World): Names {
  const account = step.kind === "row" ? undefined : world.accounts.get(step.account);
  return namesOf(world, deviceOf(step, world), account);
}
