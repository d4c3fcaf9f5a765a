import { createRandom, hash32, type Random } from "../../base/random.ts";
import { deviceIdOf } from "../model/device-id.ts";
import { createDraw, guid, type Draw } from "../model/draw.ts";
import { builtInAccounts, domains } from "../facts/places.ts";
import { second } from "../model/moment.ts";
import { accountNameOf, domainSid, netbiosOf } from "../model/account-names.ts";
import type { Account, Device } from "../generate/incident-world.ts";
import { createMachine, type Machine } from "./fleet-machine.ts";
import { profiles } from "./profiles.ts";
import type { ProfileName } from "./profile-names.ts";
import type { Profile } from "./profile.ts";

/** A kind of device and how many of all are of it, against the other weights. */
export interface ProfileShare {
  readonly profile: ProfileName;
  readonly weight: number;
}

export interface Fleet {
  readonly seed: number;
  readonly domain: string;
  readonly profiles: readonly ProfileShare[];
  readonly draw: Draw;
}

/** The devices of `seed`, of which each can be made by itself. */
export function createFleet(seed: number, shares: readonly ProfileShare[]): Fleet {
  const draw = createDraw(seed);
  return { seed, domain: draw.random("domain").pick(domains), profiles: shares, draw };
}

/** The device with this number; it does not depend on how many there are. */
export function machineAt(fleet: Fleet, index: number, taken?: ReadonlySet<number>): Machine {
  const seed = hash32(`${fleet.seed}/device/${index}`);
  const random = createRandom(seed);
  const profile: Profile = profiles[pickProfile(fleet.profiles, random)];
  const accounts = new Map<string, Account>(serviceAccounts);
  const user = profile.user === "none" ? undefined : userOf(fleet, profile, index);
  if (user !== undefined) accounts.set("user", user);
  const device = deviceOf(fleet, profile, { index, random });
  const own = { device, accounts, profile, domain: fleet.domain, seed };
  return createMachine(taken === undefined ? own : { ...own, taken });
}

function pickProfile(shares: readonly ProfileShare[], random: Random): ProfileName {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  let at = random.next() * total;
  for (const { profile, weight } of shares) {
    at -= weight;
    if (at < 0) return profile;
  }
  throw new Error("a fleet without a profile");
}

/** The built-in accounts by the name that activities call them. */
export const serviceAccounts: readonly (readonly [string, Account])[] = Object.entries(
  builtInAccounts,
).map(([alias, { sid, logonId }]) => [
  alias,
  { alias, name: alias, domain: "nt authority", sid, logonId, admin: false, session: 0 },
]);

/** Who uses the device: names may repeat, so the number goes with them, as organisations do it. */
function userOf({ draw, domain }: Fleet, profile: Profile, index: number): Account {
  const name = `${accountNameOf(draw.person(`user/${index}`)).slice(0, 14)}${index + 1}`;
  const netbios = netbiosOf(domain);
  // The end of a SID is a number that no other account of the domain has.
  const sid = domainSid(netbios, name).replace(/\d+$/, String(10_000 + index));
  return {
    alias: "user",
    name,
    domain: netbios,
    sid,
    upn: `${name}@${domain}`,
    objectId: guid(draw.random(`object/${index}`)),
    admin: profile.user === "admin",
    session: 1,
  };
}

function deviceOf(
  { domain }: Fleet,
  { names, role, os }: Profile,
  { index, random }: { readonly index: number; readonly random: Random },
): Device {
  const name = `${random.pick(names)}-${1001 + index}.${domain}`;
  return {
    alias: name,
    name,
    id: deviceIdOf(name),
    ip: `10.${Math.floor(index / 50_000) % 64}.${Math.floor(index / 200) % 250}.${10 + (index % 200)}`,
    role,
    os: random.pick(os),
    boot: -random.integer(2 * 3600, 20 * 86_400) * second,
    boots: random.integer(2, 30),
    firstReport: random.integer(1000, 90_000),
  };
}
