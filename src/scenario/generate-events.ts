import type { Value } from "../schema/types.ts";
import { backgroundEvents } from "./background/mix.ts";
import type { Draw } from "./model/draw.ts";
import type { ColumnValue, Incident, Step } from "./model/incident.ts";
import { planIncident } from "./generate/plan-incident.ts";
import { createPorts } from "./generate/ports.ts";
import { createProcesses } from "./generate/processes.ts";
import { typeRows } from "./model/recorded-rows.ts";
import { columnType, createClock, type Columns } from "./generate/event-rows.ts";
import { deviceOf, namesFor, type Run } from "./generate/step-run.ts";
import { kindOf } from "./steps/index.ts";
import type { EventOptions, ScenarioEvent, Stage } from "./model/types.ts";
import { createWorld } from "./generate/incident-world.ts";

/** The events of `incident` at one instant, in the order of its timeline. */
export function generateEvents(
  incident: Incident,
  options: EventOptions,
): readonly ScenarioEvent[] {
  const { draw, times } = planIncident(incident, options);
  const world = createWorld(staged(incident, options.stage), draw, earliestOf(times));
  const processes = createProcesses(world, draw);
  const run: Run = {
    world,
    draw,
    clock: createClock(options.now),
    processes,
    ports: createPorts(draw),
    now: options.now,
    recorded: (file, table) => typeRows(options.recorded?.get(file) ?? [], { file, table }),
  };
  const nextReport = reportCounters(draw);
  const events: (readonly ScenarioEvent[])[] = Array.from({ length: incident.steps.length });
  const numbered: { table: string; row: Columns }[] = [];
  for (const index of inOrderOfTime(times)) {
    const step = incident.steps[index];
    const time = times[index];
    if (step === undefined || time === undefined) continue;
    const rows = kindOf(step.kind).rows(step, { index, time }, run);
    events[index] = rows.map(({ table, row, name, recorded }, number): ScenarioEvent => {
      const id = name === undefined ? step.id : `${step.id}-${name}`;
      if (recorded !== true && columnType(table, "ReportId") === "long") {
        row["ReportId"] = nextReport(id, { step, run });
      }
      if (number === 0) setColumns(row, step, run);
      if (recorded !== true && !step.columns.has("ReportId")) numbered.push({ table, row });
      return { id, table, row };
    });
  }
  const { background } = incident;
  if (background === undefined) return events.flat();
  const seed = incident.seed + (options.seed ?? 0);
  const around = backgroundEvents(background, {
    incident,
    world,
    seed,
    now: options.now,
    rows: numbered,
  });
  return [...events.flat(), ...around];
}

/** `incident` with its first device and its first person replaced. */
function staged(incident: Incident, stage: Stage | undefined): Incident {
  if (stage === undefined) return incident;
  const devices = new Map(incident.devices);
  const [device] = devices.keys();
  if (device !== undefined) devices.set(device, { ...devices.get(device), ...stage.device });
  const users = new Map(incident.users);
  const [user] = [...users].find(([, { service }]) => service !== true) ?? [];
  if (user !== undefined) users.set(user, { ...users.get(user), ...stage.user });
  return { ...incident, domain: stage.domain, devices, users };
}

function earliestOf(times: readonly number[]): number {
  return times.reduce((earliest, time) => Math.min(earliest, time), 0);
}

function inOrderOfTime(times: readonly number[]): readonly number[] {
  return times.map((_, index) => index).toSorted((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
}

/** Numbers the rows of each device upwards in order of time. */
function reportCounters(
  draw: Draw,
): (id: string, of: { readonly step: Step; readonly run: Run }) => number {
  const last = new Map<string, number>();
  return (id, { step, run }) => {
    const before = last.get(step.device) ?? deviceOf(step, run).firstReport;
    const next = before + draw.random(`report/${id}`).integer(1, 9);
    last.set(step.device, next);
    return next;
  };
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
  return run.draw.fill(column.value, `column/${step.id}/${name}`, namesFor(step, run));
}
