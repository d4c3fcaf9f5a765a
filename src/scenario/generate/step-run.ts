import type { Table } from "../../schema/tables.ts";
import type { Row } from "../../schema/types.ts";
import type { Draw, Names } from "../model/draw.ts";
import type { Step } from "../model/incident.ts";
import type { Ports } from "./ports.ts";
import { findProcess, type Process, type Processes } from "./processes.ts";
import type { Clock, Sighting } from "./event-rows.ts";
import { namesOf, type Account, type Device, type World } from "./incident-world.ts";

/** What making the rows of steps needs. */
export interface Run {
  readonly world: World;
  readonly draw: Draw;
  readonly clock: Clock;
  readonly processes: Processes;
  readonly ports: Ports;
  readonly now: bigint;
  /** The rows of a file that only an engine can read. */
  readonly recorded: (file: string, table: Table) => readonly Row[];
}

export function deviceOf(step: Step, { world }: Run): Device {
  const device = world.devices.get(step.device);
  if (device === undefined) throw new Error(`no device: ${step.device}`);
  return device;
}

export function accountFor(step: Step, { world }: Run): Account {
  const account = world.accounts.get(step.account ?? "");
  if (account === undefined) throw new Error(`no account: ${step.account}`);
  return account;
}

/** The process that does what `step` tells; undefined where none is known. */
export function processOf(step: Step, time: number, run: Run): Process | undefined {
  if (step.owner === undefined) return undefined;
  const account = accountFor(step, run);
  const device = deviceOf(step, run);
  return findProcess(run.processes, step.owner, { before: time, device, account });
}

/** Where, when and by which process `step` is done. */
export function seen(step: Step, time: number, run: Run): Sighting {
  return { device: deviceOf(step, run), process: processOf(step, time, run), time };
}

/** `text` of `step` with its placeholders filled in; `key` keeps it apart from its other texts. */
export function fill(text: string, key: string, { step, run }: StepRun): string {
  return run.draw.fill(text, `${key}/${step.id}`, namesFor(step, run));
}

export interface StepRun {
  readonly step: Step;
  readonly run: Run;
}

/** What `{user}` and `{device}` stand for in the texts of `step`. */
export function namesFor(step: Step, run: Run): Names {
  const account = step.account === undefined ? undefined : run.world.accounts.get(step.account);
  return namesOf(run.world, deviceOf(step, run), account);
}
