import { BlockList, isIP } from "node:net";
import { hash32 } from "../../base/random.ts";
import { services, type Service } from "../facts/services.ts";

/** The address types that Defender documents. */
export type AddressType =
  | "Public"
  | "Private"
  | "Reserved"
  | "Loopback"
  | "Teredo"
  | "FourToSixMapping"
  | "Broadcast";

// First match counts. Shared address space, link-local IPv4 and multicast have no documented type of their own.
// The ranges for documentation (192.0.2.0/24 and its like) stay public: they stand for hosts of the internet here.
const ranges: readonly (readonly [AddressType, string, number])[] = [
  ["Loopback", "127.0.0.0", 8],
  ["Loopback", "::1", 128],
  ["Private", "10.0.0.0", 8],
  ["Private", "172.16.0.0", 12],
  ["Private", "192.168.0.0", 16],
  ["Private", "fc00::", 7],
  ["Private", "fe80::", 10],
  ["Broadcast", "255.255.255.255", 32],
  ["Teredo", "2001::", 32],
  ["Reserved", "0.0.0.0", 8],
  ["Reserved", "100.64.0.0", 10],
  ["Reserved", "169.254.0.0", 16],
  ["Reserved", "224.0.0.0", 3],
  ["Reserved", "ff00::", 8],
  ["Reserved", "::", 128],
];

// Node's own list is right about IPv6 and slow; IPv4, which is nearly all of it, is two operations.
const subnets = ranges.map(([type, net, prefix]) => {
  const isV6 = isIP(net) === 6;
  const list = new BlockList();
  list.addSubnet(net, prefix, isV6 ? "ipv6" : "ipv4");
  const size = 2 ** (32 - prefix);
  return { type, isV6, list, size, block: isV6 ? 0 : Math.floor(ipv4Number(net) / size) };
});

/** The type of an IPv4 or IPv6 address. */
export function addressType(address: string): AddressType {
  if (address.includes(":")) {
    if (/^::ffff:/i.test(address)) return "FourToSixMapping";
    return subnets.find(({ isV6, list }) => isV6 && list.check(address, "ipv6"))?.type ?? "Public";
  }
  const number = ipv4Number(address);
  const found = subnets.find(
    ({ isV6, size, block }) => !isV6 && Math.floor(number / size) === block,
  );
  return found?.type ?? "Public";
}

function ipv4Number(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The service that `host` is, or the nearest parent domain of it; undefined where none is known. */
export function serviceOf(host: string): Service | undefined {
  const labels = withoutRoot(host).split(".");
  for (let first = 0; first < labels.length - 1; first++) {
    const service = services[labels.slice(first).join(".")];
    if (service !== undefined) return service;
  }
  return undefined;
}

/** The addresses that `host` can resolve to: those of its service, or of the nearest parent domain's, else one of a range for documentation. */
export function addressesOf(host: string): readonly string[] {
  const service = serviceOf(host);
  if (service !== undefined) return service.addresses;
  const hash = hash32(withoutRoot(host));
  return [`${hash % 2 === 0 ? "198.51.100" : "203.0.113"}.${1 + ((hash >>> 1) % 254)}`];
}

/** `host` in lower case without the root, which a dot at the end stands for and is part of every name. */
function withoutRoot(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}
