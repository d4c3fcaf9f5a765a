import { isIP } from "node:net";
import type { Row, Tables, Value } from "../schema/types.ts";

/** What the values of a column are. `kept`: what names nobody, such as versions that look like addresses. */
export type NameKind =
  | "device"
  | "device-id"
  | "account"
  | "domain"
  | "upn"
  | "object-id"
  | "address"
  | "url"
  | "kept"
  | "text";

const kinds: readonly (readonly [RegExp, NameKind])[] = [
  [/^(DeviceName|Computer|RemoteDeviceName|.*RemoteSessionDeviceName)$/, "device"],
  [/^DeviceId$/, "device-id"],
  [/Account(Name|DisplayName)$/, "account"],
  [/AccountDomain$/, "domain"],
  [/AccountUpn$/, "upn"],
  [/AccountObjectId$/, "object-id"],
  [/(IP|IPAddress)$/, "address"],
  [/^RemoteUrl$/, "url"],
  [/(ActionType|VersionInfo\w+|Protocol|IPType|SHA1|SHA256|MD5)$/, "kept"],
  [/(IntegrityLevel|TokenElevation|SignerType|SignatureStatus|OSPlatform)$/, "kept"],
];

/** What the values of `column` are; a column that is not known holds text, in which names may stand. */
export function nameKind(column: string): NameKind {
  return kinds.find(([pattern]) => pattern.test(column))?.[1] ?? "text";
}

/** Accounts and domains that every system has. */
const everywhere: ReadonlySet<string> = new Set(
  [
    ["system", "local service", "network service", "anonymous logon", "root", "nobody"],
    ["nt authority", "nt service", "window manager", "font driver host", "builtin", "workgroup"],
    ["administrator", "guest", "defaultaccount", "wdagutilityaccount", "public", "default"],
    ["all users", "default user"],
  ].flat(),
);
const numbered = /^(dwm|umfd)-\d+$/;

/** Whether the account or domain `name` is on every system, so that it names nobody. */
export function isEverywhere(name: string): boolean {
  return everywhere.has(name.toLowerCase()) || numbered.test(name.toLowerCase());
}

/** The names of a recording in lower case, each kind in the order in which it is met. */
export interface RecordedNames {
  /** Whole names: `pc1.corp.example`, or `pc1` where that is all. */
  readonly devices: readonly string[];
  readonly accounts: readonly string[];
  /** Short names of domains: `corp`. */
  readonly domains: readonly string[];
  /** DNS domains of devices and accounts: `corp.example`. */
  readonly dnsDomains: readonly string[];
  readonly objectIds: readonly string[];
  readonly addresses: readonly string[];
  /** Hosts by the address that a row says they have. */
  readonly hosts: ReadonlyMap<string, readonly string[]>;
  /** Hosts of the internet that were asked for. */
  readonly publicHosts: readonly string[];
  /** Names of programs without their ending: words that mean more than somebody's name. */
  readonly programs: ReadonlySet<string>;
}

/** The names in `tables`. */
export function recordedNames(tables: Tables): RecordedNames {
  const rows = Object.values(tables).flat();
  const of = (kind: NameKind): readonly string[] =>
    valuesOf(rows, (name) => nameKind(name) === kind);
  const devices = of("device");
  const upns = of("upn").map((upn) => upn.split("@"));
  const dnsDomains = unique([...devices.map(domainOf), ...upns.map(([, domain = ""]) => domain)]);
  const members = textsOf(rows).flatMap((text) => membersOf(text, dnsDomains));
  const shorts = new Set([...devices, ...members].map(shortOf));
  const accounts = unique([
    ...of("account"),
    ...upns.map(([name = ""]) => name),
    ...textsOf(rows).flatMap(profilesOf),
  ]);
  return {
    devices: unique([...devices, ...members]),
    accounts: accounts.filter(
      (name) => !isEverywhere(name) && !shorts.has(name.replace(/\$$/, "")),
    ),
    domains: of("domain").filter(
      (name) => !isEverywhere(name) && !shorts.has(name) && !dnsDomains.includes(name),
    ),
    dnsDomains,
    objectIds: of("object-id"),
    addresses: of("address").filter((address) => isIP(address) !== 0),
    hosts: hostsByAddress(rows),
    publicHosts: of("url")
      .map(hostOf)
      .filter((host) => !dnsDomains.some((domain) => isBelow(host, domain))),
    programs: programsOf(tables),
  };
}

function isBelow(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function programsOf({ DeviceProcessEvents = [], ...others }: Tables): ReadonlySet<string> {
  const running = /^InitiatingProcess(Parent)?FileName$/;
  const names = [
    ...valuesOf(DeviceProcessEvents, (name) => name === "FileName" || running.test(name)),
    ...valuesOf(Object.values(others).flat(), (name) => running.test(name)),
  ];
  return new Set(names.map((name) => name.replace(/\.[^.]*$/, "")));
}

/** The label before the first dot. */
export function shortOf(name: string): string {
  return name.split(".")[0] ?? name;
}

/** What stands behind the first dot; empty where there is none. */
export function domainOf(name: string): string {
  return name.split(".").slice(1).join(".");
}

/** The host in a URL, or in a text that is one. */
export function hostOf(url: string): string {
  return url
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, "")
    .replace(/[/:?#].*$/s, "");
}

function valuesOf(rows: readonly Row[], has: (column: string) => boolean): readonly string[] {
  return unique(
    rows.flatMap((row) =>
      Object.entries(row).flatMap(([name, value]) =>
        typeof value === "string" && has(name) ? [value.toLowerCase()] : [],
      ),
    ),
  );
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => name !== "");
}

/** All texts of `rows` in which names may stand. */
function textsOf(rows: readonly Row[]): readonly string[] {
  const texts = (value: Value): readonly string[] => {
    if (typeof value === "string") return [value];
    return value === null || typeof value !== "object" ? [] : Object.values(value).flatMap(texts);
  };
  return rows.flatMap((row) =>
    Object.entries(row).flatMap(([name, value]) => (nameKind(name) === "kept" ? [] : texts(value))),
  );
}

/** Hosts of `domains` that `text` names. */
function membersOf(text: string, domains: readonly string[]): readonly string[] {
  const lower = text.toLowerCase();
  return domains.flatMap((domain) => {
    if (!lower.includes(`.${domain}`)) return [];
    const member = new RegExp(
      `(?<![\\w.-])[\\w-]+\\.${escapeRegExp(domain)}(?![\\w-]|\\.\\w)`,
      "g",
    );
    return lower.match(member) ?? [];
  });
}

/** Whose folders `text` names. */
function profilesOf(text: string): readonly string[] {
  const folders = text
    .toLowerCase()
    .matchAll(/(?:[a-z]:[\\/]+users[\\/]+|(?:^|[\s"'=])\/home\/)([^\\/\s"'<>|,;:]+)/g);
  return [...folders].map(([, name = ""]) => name).filter((name) => !name.includes("%"));
}

function hostsByAddress(rows: readonly Row[]): ReadonlyMap<string, readonly string[]> {
  const hosts = new Map<string, readonly string[]>();
  for (const { RemoteIP, RemoteUrl } of rows) {
    if (typeof RemoteIP !== "string" || typeof RemoteUrl !== "string" || RemoteUrl === "") continue;
    const known = hosts.get(RemoteIP.toLowerCase()) ?? [];
    hosts.set(RemoteIP.toLowerCase(), unique([...known, hostOf(RemoteUrl)]));
  }
  return hosts;
}

/** `text` as a pattern that means itself. */
export function escapeRegExp(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}
