import { deviceIdOf } from "../scenario/model/device-id.ts";
import { domains as inventedDomains } from "../scenario/facts/places.ts";
import type { Row, Tables, Value } from "../schema/types.ts";
import {
  domainOf,
  escapeRegExp,
  nameKind,
  recordedNames,
  shortOf,
  type RecordedNames,
} from "./recorded-names.ts";
import { createReplaceAddress, type ReplaceAddress } from "./replaced-addresses.ts";

/**
 * `tables` with other names of devices, accounts and domains, other SIDs, object ids and addresses: the same one for
 * the same one wherever it stands, also inside command lines and JSON, and different ones for different ones. Names of
 * programs stay, and so do hosts of the internet.
 */
export function replaceNames(tables: Tables): Tables {
  const names = recordedNames(tables);
  const replace = createReplacer(names);
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [table, rows.map((row) => replace(row))]),
  );
}

/** What stands for each name, in lower case. */
interface Replacements {
  /** Names that are replaced wherever they stand as a word. */
  readonly words: ReadonlyMap<string, string>;
  /** Names that are a word of their own too (`git`): replaced where they can be nothing but a name. */
  readonly ambiguous: ReadonlyMap<string, string>;
}

function replacementsOf(names: RecordedNames): Replacements {
  const dns = new Map(names.dnsDomains.map((domain, index) => [domain, inventedDomain(index)]));
  const shorts = [...new Set(names.devices.map(shortOf))];
  const short = new Map(shorts.map((name, index) => [name, `host-${index + 1}`]));
  const devices = names.devices.map((name): readonly [string, string] => {
    const domain = domainOf(name);
    const own = short.get(shortOf(name)) ?? name;
    return [name, domain === "" ? own : `${own}.${dns.get(domain) ?? domain}`];
  });
  const accounts = names.accounts.map((name, index): readonly [string, string] => [
    name,
    `user-${index + 1}`,
  ]);
  const domains = names.domains.map((name, index): readonly [string, string] => {
    const whole = names.dnsDomains.find((one) => shortOf(one) === name);
    return [name, whole === undefined ? `domain-${index + 1}` : shortOf(dns.get(whole) ?? name)];
  });
  const objectIds = names.objectIds.map((id, index): readonly [string, string] => [
    id,
    inventedId(index + 1),
  ]);
  const all = new Map([...objectIds, ...domains, ...accounts, ...short, ...dns, ...devices]);
  const isAmbiguous = ([name]: readonly [string, string]): boolean =>
    name.length < 3 || names.programs.has(name);
  return {
    words: new Map([...all].filter((one) => !isAmbiguous(one))),
    ambiguous: new Map([...all].filter(isAmbiguous)),
  };
}

function inventedDomain(index: number): string {
  return inventedDomains[index] ?? `domain-${index + 1}.example`;
}

function inventedId(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
}

function createReplacer(names: RecordedNames): (row: Row) => Row {
  const replacements = replacementsOf(names);
  const address = createReplaceAddress((one) => names.hosts.get(one) ?? []);
  for (const one of names.addresses) address(one);
  const deviceId = createReplaceDeviceId();
  const text = createReplaceText(names, replacements, address);
  const name = (value: string): string => {
    const key = value.toLowerCase();
    const found = replacements.words.get(key) ?? replacements.ambiguous.get(key);
    return found === undefined ? text(value) : inCaseOf(value, found);
  };
  const replaced = (column: string, value: Value): Value => {
    if (typeof value !== "string") return deep(value, text);
    const kind = nameKind(column);
    if (kind === "kept") return value;
    if (kind === "address") return address(value);
    if (kind === "device" || kind === "account" || kind === "domain") return name(value);
    return kind === "text" ? inJson(value, text) : text(value);
  };
  return (row) => {
    const entries = Object.entries(row).map(([column, value]) => [column, replaced(column, value)]);
    const after: Record<string, Value> = Object.fromEntries(entries);
    const { DeviceId: id } = row;
    if (typeof id === "string") after["DeviceId"] = deviceId(id, after["DeviceName"]);
    return after;
  };
}

/** A device's id follows from its name; one that was set up anew under its name has another. */
function createReplaceDeviceId(): (id: string, name: Value | undefined) => string {
  const known = new Map<string, string>();
  const used = new Set<string>();
  return (id, name) => {
    const own = typeof name === "string" ? name.toLowerCase() : `device-${known.size + 1}`;
    const first = deviceIdOf(own);
    const fresh = used.has(first) ? deviceIdOf(`${own}/${known.size + 1}`) : first;
    const after = known.get(id) ?? fresh;
    known.set(id, after);
    used.add(after);
    return after;
  };
}

type ReplaceText = (text: string) => string;

/** Replaces what stands in a text. What begins first counts, so that a public host is passed over whole. */
function createReplaceText(
  { publicHosts, addresses, domains, devices }: RecordedNames,
  { words, ambiguous }: Replacements,
  address: ReplaceAddress,
): ReplaceText {
  const sid = createReplaceSid();
  const names = [...words.keys()];
  const whole = names.filter((name) => name.includes("."));
  const owners = alternatives([...domains, ...devices.map(shortOf)]);
  const short = alternatives([...ambiguous.keys()]);
  const parts = [
    "(?<sid>S-1-(?:5-21|12-1)(?:-\\d+)+)",
    "(?<v4>(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\d|\\.\\d))",
    "(?<v6>(?<![\\w:.])[\\da-f]{0,4}(?::[\\da-f]{0,4}){2,7}(?![\\w:]))",
    `${before}(?:${alternatives([...whole, ...publicHosts])})${behind}`,
    "(?<=://)[\\w-]+(?:\\.[\\w-]+)+",
    `${before}(?:${alternatives(names)})${behind}`,
    // Behind `Users` or a domain, and before an `@`, a word is somebody's name.
    `(?<=[\\\\/](?:Users|home)[\\\\/]{1,2}|${before}(?:${owners})\\\\{1,2})(?:${short})${behind}`,
    `${before}(?:${short})(?=@)`,
  ];
  const pattern = new RegExp(parts.join("|"), "giu");
  const known = new Set(addresses);
  return (text) =>
    text.replaceAll(pattern, (found: string, ...rest: readonly unknown[]) => {
      const { sid: isSid, v4, v6 } = rest.at(-1) as Readonly<Record<string, string | undefined>>;
      if (isSid !== undefined) return sid(found);
      if (v4 !== undefined || v6 !== undefined) {
        const place = text.slice(0, Number(rest.at(-3)));
        const isAddress = known.has(found.toLowerCase()) || (v4 !== undefined && !isFolder(place));
        return isAddress ? address(found) : found;
      }
      const key = found.toLowerCase();
      const name = words.get(key) ?? ambiguous.get(key);
      return name === undefined ? found : inCaseOf(found, name);
    });
}

/** Whether what stands behind `text` is a folder, which may be called after a version: `\1.3.36.102\`. */
function isFolder(text: string): boolean {
  return /(^|[^\\/])[\\/]$/.test(text);
}

/** A name is a word of its own: `ana` does not stand in `banana`. */
const before = "(?<![\\p{L}\\p{N}_])";
const behind = "(?![\\p{L}\\p{N}_])";

/** The longest first: of two names that begin alike it is the one that is meant. Nothing stands for no name at all. */
function alternatives(names: readonly string[]): string {
  const sorted = names.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return names.length === 0 ? "(?!)" : sorted.map(escapeRegExp).join("|");
}

/** Domains and machines have another number, accounts keep theirs in it. */
function createReplaceSid(): (sid: string) => string {
  const known = new Map<string, string>();
  return (sid) => {
    const parts = sid.split("-");
    const isEntra = parts[2] === "12";
    const authority = parts
      .slice(0, isEntra ? 8 : 7)
      .join("-")
      .toUpperCase();
    const number = known.size + 1;
    const fresh = isEntra
      ? `S-1-12-1-${1_000_000_000 + number}-${number}-${number}-${number}`
      : `S-1-5-21-${1_000_000_000 + number}-${2_000_000_000 + number}-${3_000_000_000 + number}`;
    const after = known.get(authority) ?? fresh;
    known.set(authority, after);
    return [after, ...parts.slice(isEntra ? 8 : 7)].join("-");
  };
}

/** `name` in capitals where `like` is. */
function inCaseOf(like: string, name: string): string {
  return like === like.toUpperCase() && like !== like.toLowerCase() ? name.toUpperCase() : name;
}

/** Replaces inside the texts of a JSON text, whose escapes would hide names; another text is replaced as it is. */
function inJson(text: string, replace: ReplaceText): string {
  if (!/^[[{]/.test(text)) return replace(text);
  try {
    const value = JSON.parse(text) as Value;
    if (JSON.stringify(value) === text) return JSON.stringify(deep(value, replace));
  } catch {
    // No JSON after all.
  }
  return replace(text);
}

function deep(value: Value, replace: ReplaceText): Value {
  if (typeof value === "string") return replace(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item: Value) => deep(item, replace));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deep(item, replace)]));
}
