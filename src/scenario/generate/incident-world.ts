import { defined } from "../../base/defined.ts";
import { deviceIdOf } from "../model/device-id.ts";
import { guid, type Draw, type Names } from "../model/draw.ts";
import { builtInAccounts, deviceKinds, domains } from "../facts/places.ts";
import type { DeviceFile } from "../format/scenario-file.ts";
import type { OperatingSystem } from "../facts/windows.ts";
import type { Incident } from "../model/incident.ts";
import { second } from "../model/moment.ts";
import { accountNameOf, domainSid, netbiosOf } from "../model/account-names.ts";

export interface Device {
  readonly alias: string;
  /** Fully qualified, lower case. */
  readonly name: string;
  /** 40 hexadecimal digits. */
  readonly id: string;
  readonly ip: string;
  /** What is known of it beyond what every event tells. */
  readonly role?: DeviceFile["role"];
  readonly os?: OperatingSystem;
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
  /** DNS domain of those that say no other. */
  readonly domain: string;
  readonly devices: ReadonlyMap<string, Device>;
  readonly accounts: ReadonlyMap<string, Account>;
  /** Whose name `{user}` is where a service runs. */
  readonly firstUser: Account | undefined;
  /** The address under which the organisation is seen from outside. */
  readonly publicAddress: string;
  /** Id of its tenant in the cloud. */
  readonly tenant: string;
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
  return {
    domain,
    devices,
    accounts,
    firstUser,
    // One of a range for documentation.
    publicAddress:
      incident.publicIp ?? `198.51.100.${draw.random("public-address").integer(1, 254)}`,
    tenant: incident.tenant ?? guid(draw.random("tenant")),
  };
}

function accountOf(
  incident: Incident,
  draw: Draw,
  context: { readonly alias: string; readonly domain: string; readonly taken: Set<string> },
): Account {
  const { alias, domain, taken } = context;
  const file = incident.users.get(alias) ?? {};
  let name = file.name?.toLowerCase() ?? accountNameOf(draw.person(`user/${alias}`));
  if (file.name === undefined && taken.has(name)) name = `${name}${taken.size}`;
  taken.add(name);
  const netbios = (file.domain ?? netbiosOf(domain)).toLowerCase();
  return {
    alias,
    name,
    domain: netbios,
    sid: file.sid ?? domainSid(netbios, name),
    upn: file.upn ?? `${name}@${domain}`,
    objectId: file.objectId ?? guid(draw.random(`object/${alias}`)),
    ...defined({ displayName: file.displayName }),
    admin: file.admin ?? false,
    session: file.service === true ? 0 : [...incident.users.keys()].indexOf(alias) + 1,
  };
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
    id: file.id ?? deviceIdOf(name),
    ip: file.ip ?? drawnIp,
    ...defined({ role: file.role, os: file.os }),
    boot: earliest - random.integer(2 * 3600, 5 * 86_400) * second - random.integer(0, second),
    boots: random.integer(2, 30),
    firstReport: random.integer(1000, 90_000),
  };
}
