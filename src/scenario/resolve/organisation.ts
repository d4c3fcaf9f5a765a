import { defined } from "../../base/defined.ts";
import { hash32 } from "../../base/random.ts";
import { deviceIdOf } from "../model/device-id.ts";
import { createDraw, guid, type Draw } from "../model/draw.ts";
import { deviceKinds } from "../facts/places.ts";
import type { DeviceFile, OrganisationFile, UserFile } from "../format/scenario-file.ts";
import { accountNameOf, domainSid, netbiosOf } from "../model/account-names.ts";

/** The people and devices of an organisation, with all that its file leaves open. The same in every scenario that names it. */
export interface Organisation {
  readonly domain: string;
  readonly devices: ReadonlyMap<string, DeviceFile>;
  readonly users: ReadonlyMap<string, UserFile>;
  readonly tenant: string;
  readonly publicIp: string;
}

/** The organisation that `file` describes. Everything drawn depends on its name and domain alone. */
export function organisationOf(file: OrganisationFile): Organisation {
  const domain = file.domain.toLowerCase();
  const draw = createDraw(hash32(`organisation/${file.name}/${domain}`));
  const clock = {
    ...defined({ zone: file.zone, hours: file.hours }),
  };
  const taken = new Set<string>();
  const users = Object.entries(file.users ?? {}).map(
    ([alias, user]) =>
      [alias, { ...clock, ...filledUser(user ?? {}, { alias, domain, draw, taken }) }] as const,
  );
  const addresses = new Set<string>();
  const devices = Object.entries(file.devices ?? {}).map(
    ([alias, device]) =>
      [
        alias,
        { ...clock, ...filledDevice(device ?? {}, { alias, domain, draw, taken: addresses }) },
      ] as const,
  );
  return {
    domain,
    users: new Map(users),
    devices: new Map(devices),
    tenant: file.tenant ?? guid(draw.random("tenant")),
    publicIp: file.publicIp ?? `198.51.100.${draw.random("public-address").integer(1, 254)}`,
  };
}

interface Naming {
  readonly alias: string;
  readonly domain: string;
  readonly draw: Draw;
  /** Names or addresses that others have. */
  readonly taken: Set<string>;
}

function filledUser(user: UserFile, { alias, domain, draw, taken }: Naming): UserFile {
  const person = draw.person(`user/${alias}`);
  const isService = user.service === true;
  const drawn = isService ? alias : accountNameOf(person);
  let name = user.name?.toLowerCase() ?? drawn;
  if (user.name === undefined && taken.has(name)) name = `${name}${taken.size}`;
  taken.add(name);
  const netbios = (user.domain ?? netbiosOf(domain)).toLowerCase();
  return {
    ...user,
    name,
    domain: netbios,
    sid: user.sid ?? domainSid(netbios, name),
    upn: user.upn ?? `${name}@${domain}`,
    objectId: user.objectId ?? guid(draw.random(`object/${alias}`)),
    displayName: user.displayName ?? (isService ? name : `${person.first} ${person.last}`),
  };
}

const rolePrefixes: Readonly<Record<NonNullable<DeviceFile["role"]>, string>> = {
  workstation: "ws",
  server: "srv",
  domainController: "dc",
  buildAgent: "build",
};

function filledDevice(device: DeviceFile, { alias, domain, draw, taken }: Naming): DeviceFile {
  const random = draw.random(`device/${alias}`);
  const prefix = device.role === undefined ? random.pick(deviceKinds) : rolePrefixes[device.role];
  const given = (device.name ?? `${prefix}-${random.integer(1000, 9999)}`).toLowerCase();
  const name = given.includes(".") ? given : `${given}.${domain}`;
  let ip = device.ip;
  while (ip === undefined || (device.ip === undefined && taken.has(ip))) {
    ip = `10.${random.integer(0, 63)}.${random.integer(0, 255)}.${random.integer(10, 250)}`;
  }
  taken.add(ip);
  const { role = "workstation" } = device;
  const os = device.os ?? (role === "workstation" ? "Windows11" : "WindowsServer2022");
  const id = device.id ?? deviceIdOf(name);
  return { ...device, name, id, ip, role, os };
}
