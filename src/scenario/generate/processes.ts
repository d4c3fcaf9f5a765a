import { defined } from "../../base/defined.ts";
import type { Random } from "../../base/random.ts";
import { commandLine, commandText, startedBy } from "./command-line.ts";
import type { Draw, Names } from "../model/draw.ts";
import { atShare, elevatedLogonBefore, logonIds, processIds } from "../facts/measured.ts";
import type { Integrity } from "../facts/windows.ts";
import { fileFacts, type FileFacts } from "./file-facts.ts";
import type { Link, ProcessReference, ProcessStep } from "../model/incident.ts";
import { millisecond, second } from "../model/moment.ts";
import { linkOf } from "../model/program-reference.ts";
import { namesOf, type Account, type Device, type World } from "./incident-world.ts";

/** A running process, whether a step of its own or only somebody's ancestor. */
export interface Process {
  readonly device: Device;
  readonly account: Account;
  readonly file: FileFacts;
  readonly command: string;
  readonly integrity: Integrity;
  readonly elevation: string;
  /** Ticks relative to now. */
  readonly creation: number;
  readonly pid: number;
  readonly logonId: number;
  /** The process start key, which no other process of the device ever has. */
  readonly uniqueId: string;
  readonly parent?: Process;
  readonly resident: boolean;
}

/** The processes of one run of a scenario so far. Ask in order of time: an ancestor is made for the first that needs it. */
export interface Processes {
  readonly world: World;
  readonly draw: Draw;
  /** The process of each step, by the step's index. */
  readonly started: Map<number, Process>;
  /** Processes without a step, by what they are and whose children. */
  readonly ancestors: Map<string, Process>;
  /** The same by how they were asked for. */
  readonly chains: Map<string, Process>;
  readonly numbers: Map<Process, number>;
  /** Process ids taken, by device. */
  readonly pids: Map<string, Set<number>>;
}

/** No processes yet. */
export function createProcesses(world: World, draw: Draw): Processes {
  return {
    world,
    draw,
    started: new Map(),
    ancestors: new Map(),
    chains: new Map(),
    numbers: new Map(),
    pids: new Map(),
  };
}

export interface FindRequest {
  readonly before: number;
  readonly device: Device;
  /** Whose it is where the program does not say. */
  readonly account: Account;
}

/** The process of `step`, created at `creation`, with its ancestors. */
export function startProcess(
  processes: Processes,
  step: ProcessStep,
  place: { readonly index: number; readonly creation: number },
): Process {
  const { index, creation } = place;
  const device = processes.world.devices.get(step.device);
  const account = processes.world.accounts.get(step.account);
  if (device === undefined || account === undefined) throw new Error(`no actors: ${step.id}`);
  const above = withUsualParent(step.owner, step, account);
  const parent = findProcess(processes, above, { before: creation, device, account });
  const { id: key, command, integrity, pid } = step;
  const own = { key, link: step, device, account, creation, parent };
  const process = make(processes, { ...own, command, integrity, pid });
  processes.started.set(index, process);
  return process;
}

/** The process that `reference` names, created some time before `request.before`. */
export function findProcess(
  processes: Processes,
  reference: ProcessReference,
  request: FindRequest,
): Process | undefined {
  const { chains, started } = processes;
  if (reference.links.length === 0) {
    return reference.step === undefined ? undefined : started.get(reference.step);
  }
  const key = chainKey(reference, request);
  const known = chains.get(key) ?? findAncestor(processes, reference, request);
  if (known !== undefined) chains.set(key, known);
  return known;
}

function findAncestor(
  processes: Processes,
  reference: ProcessReference,
  request: FindRequest,
): Process | undefined {
  const [link, ...links] = reference.links;
  if (link === undefined) return undefined;
  const { draw, world, ancestors, numbers } = processes;
  const { device, before } = request;
  const account = ownAccount(link, world) ?? request.account;
  const age = draw.random(`age/${link.path}/${before}`).integer(second, 30 * second);
  const above = withUsualParent({ ...reference, links }, link, account);
  const parent = findProcess(processes, above, { ...request, before: before - age });
  const number = parent === undefined ? "" : numbers.get(parent);
  const key = `${device.alias}/${account.alias}/${number}/${link.path}/${link.arguments ?? ""}`;
  const known = ancestors.get(key);
  if (known !== undefined) return known;
  const creation = isResident(link, parent)
    ? residentCreation(draw.random(`resident/${key}`), { device, account, parent })
    : Math.max(before - age, betweenTicks(parent?.creation ?? device.boot, before));
  const process = make(processes, { key, link, device, account, creation, parent });
  ancestors.set(key, process);
  return process;
}

/** A process to be made. */
interface Plan {
  readonly key: string;
  readonly link: Link;
  readonly device: Device;
  readonly account: Account;
  readonly creation: number;
  readonly parent: Process | undefined;
  readonly command?: string | undefined;
  readonly integrity?: Integrity | undefined;
  readonly pid?: number | undefined;
}

function make(processes: Processes, plan: Plan): Process {
  const { world, draw, numbers, pids } = processes;
  const used = pids.get(plan.device.alias) ?? new Set<number>();
  pids.set(plan.device.alias, used);
  const names = namesOf(world, plan.device, plan.account);
  const process = makeProcess(plan, { draw, names, number: numbers.size, used });
  used.add(process.pid);
  numbers.set(process, numbers.size);
  return process;
}

function chainKey(reference: ProcessReference, request: FindRequest): string {
  let key = `${request.device.alias}/${request.account.alias}/${reference.step ?? ""}`;
  for (const link of reference.links) key += `/${link.path} ${link.arguments ?? ""}`;
  return key;
}

/** `before` at the latest, `parent` at the earliest, and in between where both leave room. */
function betweenTicks(parent: number, before: number): number {
  return Math.min(parent + millisecond, Math.floor((parent + before) / 2));
}

function makeProcess(
  plan: Plan,
  context: {
    readonly draw: Draw;
    readonly names: Names;
    readonly number: number;
    readonly used: ReadonlySet<number>;
  },
): Process {
  const { link, device, account, parent } = plan;
  const { draw, names, number, used } = context;
  const file = fileFacts(link, draw.fill(link.path, `${plan.key}/path`, names));
  const integrity = plan.integrity ?? link.program?.integrity ?? integrityOf(account, parent);
  // What is drawn of the path is the same in the command line.
  const started = { ...plan, link: { ...link, path: file.path } };
  const text = commandLine(draw.fill(commandText(started), `${plan.key}/command`, names), file);
  return {
    device,
    account,
    file,
    command: startedBy(parent, text, file.name),
    integrity,
    elevation: elevationOf(account, integrity),
    creation: plan.creation,
    pid: plan.pid ?? freePid(drawnPid(draw.random(`pid/${plan.key}`)), used),
    logonId: logonIdOf(draw, plan, integrity),
    uniqueId: String(device.boots * 2 ** 48 + number + 40),
    resident: isResident(link, parent),
    ...defined({ parent }),
  };
}

/** `reference`, with the program's usual parent where it names none. */
function withUsualParent(
  reference: ProcessReference,
  link: Link,
  account: Account,
): ProcessReference {
  if (reference.links.length > 0 || reference.step !== undefined) return reference;
  const parent = usualParent(link, account);
  return parent === undefined ? reference : { links: [parent] };
}

/** What `link` usually hangs below when it runs as `account`; undefined where its parent is gone by the time anything is recorded. */
export function usualParent(link: Link, account: Account): Link | undefined {
  if (link.program === undefined || link.renamed === true) {
    return linkOf(account.session === 0 ? "svchost.exe" : "explorer.exe");
  }
  const { parent, account: own = "user" } = link.program;
  // What hangs below the desktop for a user hangs below the task scheduler for a service account.
  if (own === "user" && account.session === 0) return linkOf("svchost.exe");
  return parent === undefined ? undefined : linkOf(parent);
}

/** The service account a program always runs as. */
function ownAccount(link: Link, world: World): Account | undefined {
  const name = link.renamed === true ? undefined : link.program?.account;
  return name === undefined || name === "user" ? undefined : world.accounts.get(name);
}

function isResident(link: Link, parent: Process | undefined): boolean {
  return link.program?.resident === true && parent?.resident !== false;
}

/** Residents start with the device, those of a user with the session. */
function residentCreation(
  random: Random,
  around: {
    readonly device: Device;
    readonly account: Account;
    readonly parent: Process | undefined;
  },
): number {
  const { device, account, parent } = around;
  if (parent === undefined) return device.boot + random.integer(second, 4 * second);
  const isLogon = account.session > 0 && parent.account.session === 0;
  const wait = isLogon
    ? random.integer(40 * second, 400 * second)
    : random.integer(second / 5, 3 * second);
  return parent.creation + wait;
}

/** The integrity of a process of `account` below `parent` of which nothing else is said. */
export function integrityOf(
  account: Account,
  parent: { readonly account: Account; readonly integrity: Integrity } | undefined,
): Integrity {
  if (account.logonId !== undefined) return "System";
  // A service that runs as an account of the domain has its whole token.
  if (account.session === 0) return "High";
  return parent?.account === account ? parent.integrity : "Medium";
}

/** An administrator's token is split: limited by default, full once elevated. Everybody else has one token. */
export function elevationOf(account: Account, integrity: Integrity): string {
  if (!account.admin || integrity === "System" || integrity === "Low")
    return "TokenElevationTypeDefault";
  return integrity === "High" ? "TokenElevationTypeFull" : "TokenElevationTypeLimited";
}

/** The session of `account` on `device`. Elevated processes of a user belong to a logon of their own. */
export function logonIdOf(
  draw: Draw,
  { device, account }: { readonly device: Device; readonly account: Account },
  integrity: Integrity = "Medium",
): number {
  if (account.logonId !== undefined) return account.logonId;
  const random = draw.random(`logon/${device.alias}/${account.alias}`);
  const normal = Math.round(atShare(logonIds, random.next()));
  if (integrity !== "High") return normal;
  return normal - Math.round(atShare(elevatedLogonBefore, random.next()));
}

function drawnPid(random: Random): number {
  return Math.round(atShare(processIds, random.next()) / 4) * 4;
}

function freePid(wanted: number, used: ReadonlySet<number>): number {
  let pid = wanted;
  while (used.has(pid)) pid += 4;
  return pid;
}
