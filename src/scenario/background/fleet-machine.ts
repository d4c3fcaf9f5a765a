import { createRandom, hash32, type Random } from "../../base/random.ts";
import { addressesOf } from "../model/address.ts";
import { atShare, elevatedLogonBefore, logonIds, processIds } from "../facts/measured.ts";
import { second } from "../model/moment.ts";
import type { Account, Device } from "../generate/incident-world.ts";
import { parseTarget } from "../model/target.ts";
import type { Activity, Profile } from "./profile.ts";
import { urlForms } from "./statistics.ts";
import {
  addActivity,
  startImage,
  type Image,
  type Running,
  type Session,
  type Tree,
} from "./tree.ts";

/** What a connection goes to, and how its row names it. The same object for equal ones. */
export interface Destination {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** `RemoteUrl`: the host, a whole URL, or nothing. */
  readonly form: "host" | "full" | "none";
}

/** An activity as it is done on one machine. */
export interface Habit {
  readonly activity: Activity;
  readonly image: Image;
  /** Hosts with the sum of the weights up to each. */
  readonly hosts: readonly { readonly upTo: number; readonly forms: HostForms }[];
}

export type HostForms = Readonly<Record<Destination["form"], Destination>>;

/** A device, who uses it and what it does. Every day of it can be made by itself. */
export interface Machine {
  readonly device: Device;
  /** The built-in ones, and `user` where somebody is signed in. */
  readonly accounts: ReadonlyMap<string, Account>;
  readonly profile: Profile;
  readonly seed: number;
  readonly habits: readonly Habit[];
  /** Images that have one process a session, parents first. */
  readonly lasting: readonly Image[];
  /** The session that began before the span, and its processes; absent where each day has its own. */
  readonly standing?: {
    readonly session: StandingSession;
    readonly processes: ReadonlyMap<Image, Running>;
  };
  /** Process ids that others have on the device. */
  readonly taken: ReadonlySet<number>;
}

/** Who and what a machine is; `accounts` has the built-in ones and, where there is one, `user`. */
export interface MachineOptions {
  readonly device: Device;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly profile: Profile;
  readonly domain: string;
  readonly seed: number;
  readonly taken?: ReadonlySet<number>;
}

/** The machine; the same options give the same one. */
export function createMachine(options: MachineOptions): Machine {
  const { device, profile, seed, taken = new Set() } = options;
  const random = createRandom(hash32(`${seed}/machine`));
  const { accounts, domain } = options;
  const names = { user: accounts.get("user")?.name ?? "", domain };
  const tree: Tree = { device, accounts, names, images: new Map() };
  const chosen = profile.activities
    .filter(({ share = 1 }) => random.next() < share)
    .flatMap((activity) => [activity, ...(activity.also ?? [])]);
  const inOrder = [
    ...chosen.filter(({ runs }) => runs === "session"),
    ...chosen.filter(({ runs }) => runs === "job"),
  ];
  const formsOf = createDestinations(domain, random);
  const habits = inOrder.map((activity) => ({
    activity,
    image: addActivity(tree, activity),
    hosts: weighted(activity, formsOf),
  }));
  const lasting = [...tree.images.values()].filter((image) => image.lasting);
  const machine = { device, accounts, profile, seed, habits, lasting, taken };
  if (profile.power === "daily") return machine;
  const session = createSession({ device, taken, boot: device.boot, boots: device.boots }, random);
  return { ...machine, standing: { session, processes: startLasting(lasting, session, random) } };
}

function weighted(activity: Activity, formsOf: (host: string) => HostForms): Habit["hosts"] {
  let upTo = 0;
  return Object.entries(activity.hosts ?? {}).map(([host, weight]) => {
    upTo += weight;
    return { upTo, forms: formsOf(host) };
  });
}

/** One address for each host that the machine talks to. Hosts of the organisation's own domain are inside of it. */
function createDestinations(domain: string, random: Random): (host: string) => HostForms {
  const known = new Map<string, HostForms>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const { host, port, addresses } = placeOf(text.replace("{domain}", domain));
    const hash = hash32(host);
    const address = host.endsWith(`.${domain}`)
      ? `10.200.${(hash >>> 8) % 16}.${10 + (hash % 240)}`
      : random.pick(addresses);
    const forms = formsAt({ host, address, port });
    known.set(text, forms);
    return forms;
  };
}

interface Place {
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly string[];
}

const places = new Map<string, Place>();

/** What a host of a profile stands for; there are some hundred of them. */
function placeOf(text: string): Place {
  let place = places.get(text);
  if (place === undefined) {
    const { host, port = 443 } = parseTarget(text) ?? { host: text };
    place = { host, port, addresses: addressesOf(host) };
    places.set(text, place);
  }
  return place;
}

const formsByPlace = new Map<string, HostForms>();

/** The same objects for the same place on all machines. */
function formsAt(place: Omit<Destination, "form">): HostForms {
  const key = `${place.host} ${place.address} ${place.port}`;
  let found = formsByPlace.get(key);
  if (found === undefined) {
    found = {
      host: { ...place, form: "host" },
      full: { ...place, form: "full" },
      none: { ...place, form: "none" },
    };
    formsByPlace.set(key, found);
  }
  return found;
}

/** One of the hosts of `habit`, in one of the forms that its rows have. */
export function drawDestination(habit: Habit, random: Random): Destination | undefined {
  const last = habit.hosts.at(-1);
  if (last === undefined) return undefined;
  const at = random.next() * last.upTo;
  const { forms } = habit.hosts.find(({ upTo }) => at < upTo) ?? last;
  const shares = urlForms[habit.activity.naming ?? "program"];
  const form = random.next();
  if (form < shares.host) return forms.host;
  return form < shares.host + shares.full ? forms.full : forms.none;
}

/** What a session is made of. */
export interface SessionStart {
  readonly device: Device;
  readonly boot: number;
  readonly boots: number;
  /** Process ids that are not free. */
  readonly taken: Iterable<number>;
  /** How many processes it had before. */
  readonly count?: number;
  readonly logons?: readonly [normal: number, elevated: number];
}

/** A session whose days go on from how it began. */
export interface StandingSession extends Session {
  readonly start: SessionStart;
  readonly logons: readonly [normal: number, elevated: number];
  readonly pids: ReadonlySet<number>;
}

/** Jobs whose process ids are not given out again yet. */
const recentJobs = 128;

function drawLogons(random: Random): readonly [normal: number, elevated: number] {
  const normal = Math.round(atShare(logonIds, random.next()));
  return [normal, normal - Math.round(atShare(elevatedLogonBefore, random.next()))];
}

/** A session that begins as `start` says. */
export function createSession(start: SessionStart, random: Random): StandingSession {
  const { device, boot } = start;
  const logons = start.logons ?? drawLogons(random);
  const pids = new Set(start.taken);
  const recent: number[] = [];
  let job = 0;
  // Numbers below are left to what comes from elsewhere.
  let count = start.count ?? 1000;
  // The process start key: the number of the boot above 48 bits, the number of the process below.
  const base = BigInt(start.boots) << 48n;
  return {
    device,
    boot,
    start,
    logons,
    pids,
    logonOf: (account, integrity) => account.logonId ?? logons[integrity === "High" ? 1 : 0],
    nextPid: (lasting) => {
      let pid = Math.round(atShare(processIds, random.next()) / 4) * 4;
      while (pids.has(pid)) pid += 4;
      pids.add(pid);
      if (lasting) return pid;
      const old = recent[job];
      if (old !== undefined) pids.delete(old);
      recent[job] = pid;
      job = (job + 1) % recentJobs;
      return pid;
    },
    nextUniqueId: () => String(base + BigInt(count++)),
  };
}

/** The processes that last as long as `session`, each after its parent. */
export function startLasting(
  images: readonly Image[],
  session: Session,
  random: Random,
): ReadonlyMap<Image, Running> {
  const running = new Map<Image, Running>();
  for (const image of images) {
    const parent = image.parent === undefined ? undefined : running.get(image.parent);
    const creation = (parent?.creation ?? session.boot) + waitOf(image, random);
    running.set(image, startImage(image, { session, creation, parent }, random));
  }
  return running;
}

/** How long after its parent, in ticks: Windows starts its services at once, somebody signs in, what hangs below the desktop follows. */
function waitOf({ account, parent, file }: Image, random: Random): number {
  if (parent === undefined) return random.integer(second, 4 * second);
  if (account.session > 0 && parent.account.session === 0) {
    return random.integer(40 * second, 400 * second);
  }
  const isDesktop = account.session > 0 && file.name !== "explorer.exe";
  return isDesktop ? random.integer(second, 60 * second) : random.integer(second / 5, 3 * second);
}
