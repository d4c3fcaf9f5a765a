import { createHash } from "node:crypto";
import { hash32 } from "../base/random.ts";
import { guid, type Draw, type Names } from "./draw.ts";
import { builtInAccounts, deviceKinds, domains } from "./facts/places.ts";
import type { Incident } from "./incident.ts";
import { second } from "./moment.ts";

export interface Device {
  readonly alias: string;
  /** Fully qualified, lower case. */
  readonly name: string;
  /** 40 hexadecimal digits. */
  readonly id: string;
  readonly ip: string;
  /** Ticks relative to now at which it started. */
  readonly boot: number;
  /** How often it has started: part of the ids of its processes. */
  readonly boots: number;
  readonly firstReport: number;
}

export interface Account {
  readonly alias: string;
  readonly name: string;
  readonly domain: string;
  readonly sid: string;
  readonly upn?: string;
  readonly objectId?: string;
  readonly displayName?: string;
  readonly admin: boolean;
  /** Set for the service accounts, whose session is the same everywhere. */
  readonly logonId?: number;
  /** Number of the session on a device: 0 for services. */
  readonly session: number;
}

/** The devices and accounts of a scenario. */
export interface World {
  readonly devices: ReadonlyMap<string, Device>;
  readonly accounts: ReadonlyMap<string, Account>;
  /** Whose name `{user}` is where a service runs. */
  readonly firstUser: Account | undefined;
}

/** The address under which the organisation is seen from outside: one of a range for documentation. */
export function publicAddress(draw: Draw): string {
  return `198.51.100.${draw.random("public-address").integer(1, 254)}`;
}

/** What `{user}` and `{device}` stand for in a text about `device` and `account`. */
export function namesOf(world: World, device: Device, account: Account | undefined): Names {
  const person = account !== undefined && account.session > 0 ? account : world.firstUser;
  return { user: person?.name ?? "", device: device.name };
}

/** Devices and accounts with everything drawn that the scenario leaves open; `earliest` is the time of its first event. */
export function createWorld(incident: Incident, draw: Draw, earliest: number): World {
  const domain = (incident.domain ?? draw.random("domain").pick(domains)).toLowerCase();
  const accounts = new Map<string, Account>();
  for (const [alias, { sid, logonId }] of Object.entries(builtInAccounts)) {
    const common = { alias, name: alias, domain: "nt authority", sid, logonId };
    accounts.set(alias, { ...common, admin: false, session: 0 });
  }
  const taken = new Set<string>();
  for (const alias of incident.users.keys()) {
    accounts.set(alias, accountOf(incident, draw, { alias, domain, taken }));
  }
  const devices = new Map<string, Device>();
  for (const alias of incident.devices.keys()) {
    devices.set(alias, deviceOf(incident, draw, { alias, domain, earliest }));
  }
  const firstUser = [...accounts.values()].find((account) => account.session > 0);
  return { devices, accounts, firstUser };
}

function accountOf(
  incident: Incident,
  draw: Draw,
  context: { readonly alias: string; readonly domain: string; readonly taken: Set<string> },
): Account {
  const { alias, domain, taken } = context;
  const file = incident.users.get(alias) ?? {};
  let name = file.name?.toLowerCase() ?? drawAccountName(draw, alias);
  if (file.name === undefined && taken.has(name)) name = `${name}${taken.size}`;
  taken.add(name);
  const netbios = (file.domain ?? domain.split(".")[0] ?? domain).toLowerCase();
  return {
    alias,
    name,
    domain: netbios,
    sid: file.sid ?? domainSid(netbios, name),
    upn: file.upn ?? `${name}@${domain}`,
    objectId: guid(draw.random(`object/${alias}`)),
    admin: file.admin ?? false,
    session: [...incident.users.keys()].indexOf(alias) + 1,
  };
}

/** `amoreau`: the first letter and the last name, at most 20 characters as Windows has it. */
function drawAccountName(draw: Draw, alias: string): string {
  const { first, last } = draw.person(`user/${alias}`);
  return `${first.slice(0, 1)}${last}`
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "")
    .slice(0, 20);
}

/** A domain account's SID: the middle is the domain's, the end the account's, and both are the same in every scenario. */
export function domainSid(domain: string, name: string): string {
  const middle = [0, 1, 2].map((part) => hash32(`sid/${part}/${domain}`));
  return `S-1-5-21-${middle.join("-")}-${1100 + (hash32(`rid/${domain}/${name}`) % 8000)}`;
}

function deviceOf(
  incident: Incident,
  draw: Draw,
  context: { readonly alias: string; readonly domain: string; readonly earliest: number },
): Device {
  const { alias, domain, earliest } = context;
  const file = incident.devices.get(alias) ?? {};
  const random = draw.random(`device/${alias}`);
  const drawnName = `${random.pick(deviceKinds)}-${random.integer(1000, 9999)}`;
  const given = (file.name ?? drawnName).toLowerCase();
  const name = given.includes(".") ? given : `${given}.${domain}`;
  const drawnIp = `10.${random.integer(0, 63)}.${random.integer(0, 255)}.${random.integer(10, 250)}`;
  return {
    alias,
    name,
    id: file.id ?? createHash("sha1").update(name).digest("hex"),
    ip: file.ip ?? drawnIp,
    boot: earliest - random.integer(2 * 3600, 5 * 86_400) * second - random.integer(0, second),
    boots: random.integer(2, 30),
    firstReport: random.integer(1000, 90_000),
  };
}
