import { isIP } from "node:net";
import { addressType, serviceOf } from "../scenario/model/address.ts";

/** Gives each address another one of its kind, the same one every time. */
export type ReplaceAddress = (address: string) => string;

/** Ranges kept for documentation (RFC 5737), then the larger one kept for benchmarks (RFC 2544). */
const documentation = ["192.0.2", "198.51.100", "203.0.113"] as const;
const hostsOfRange = 254;

/**
 * Addresses in place of those of a recording. Private ones stay in their private range, and those of one /24 together.
 * A public one is of its service, where `hostsOf` tells a name that the registry knows and the service has one left;
 * else of a range for documentation. What names nobody (loopback, link-local, multicast) stays. Different ones stay different.
 */
export function createReplaceAddress(
  hostsOf: (address: string) => readonly string[],
): ReplaceAddress {
  const known = new Map<string, string>();
  const used = new Set<string>();
  const subnets = new Map<string, string>();
  let documented = 0;
  const publicAddress = (address: string): string => {
    const own = hostsOf(address).flatMap((host) => serviceOf(host)?.addresses ?? []);
    return own.find((one) => !used.has(one)) ?? documentedAddress(documented++);
  };
  const replaced = (address: string): string => {
    if (isIP(address) === 6) return replacedV6(address, known.size + 1);
    const range = privateRange(address);
    if (range !== undefined) return privateAddress(address, { range, subnets });
    return addressType(address) === "Public" ? publicAddress(address) : address;
  };
  const replace: ReplaceAddress = (address) => {
    const key = address.toLowerCase();
    const mapped = /^::ffff:([\d.]+)$/.exec(key)?.[1];
    if (mapped !== undefined && isIP(mapped) === 4) return `::ffff:${replace(mapped)}`;
    if (isIP(key) === 0) return address;
    const before = known.get(key);
    if (before !== undefined) return before;
    const after = replaced(key);
    known.set(key, after);
    used.add(after);
    return after;
  };
  return replace;
}

/** The `index`th address that stands for a host of the internet that nobody has. */
function documentedAddress(index: number): string {
  const range = documentation[Math.floor(index / hostsOfRange)];
  if (range !== undefined) return `${range}.${1 + (index % hostsOfRange)}`;
  const rest = index - documentation.length * hostsOfRange;
  return `198.${18 + (Math.floor(rest / 65_536) % 2)}.${Math.floor(rest / 256) % 256}.${rest % 256}`;
}

interface PrivateRange {
  /** The name of the /24 in it that is the `index`th to be met. */
  readonly subnet: (index: number) => string;
  readonly name: string;
}

const privateRanges: readonly (readonly [RegExp, PrivateRange])[] = [
  [/^10\./, { name: "10", subnet: (index) => `10.${(20 + (index >> 8)) % 256}.${index % 256}` }],
  [
    /^172\.(1[6-9]|2\d|3[01])\./,
    { name: "172", subnet: (index) => `172.${16 + ((index >> 8) % 16)}.${index % 256}` },
  ],
  [/^192\.168\./, { name: "192", subnet: (index) => `192.168.${(index + 1) % 256}` }],
  [
    /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
    { name: "100", subnet: (index) => `100.${64 + ((index >> 8) % 64)}.${index % 256}` },
  ],
];

function privateRange(address: string): PrivateRange | undefined {
  return privateRanges.find(([pattern]) => pattern.test(address))?.[1];
}

function privateAddress(
  address: string,
  { range, subnets }: { readonly range: PrivateRange; readonly subnets: Map<string, string> },
): string {
  const end = address.lastIndexOf(".");
  const subnet = address.slice(0, end);
  const before = subnets.get(subnet);
  const met = [...subnets.keys()].filter((one) => privateRange(`${one}.0`) === range).length;
  const after = before ?? range.subnet(met);
  subnets.set(subnet, after);
  return after + address.slice(end);
}

function replacedV6(address: string, index: number): string {
  const digits = index.toString(16);
  if (/^f[cd]/.test(address)) return `fd00::${digits}`;
  if (/^fe[89ab]/.test(address)) return `fe80::${digits}`;
  return addressType(address) === "Public" ? `2001:db8::${digits}` : address;
}
