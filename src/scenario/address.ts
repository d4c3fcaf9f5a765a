import { BlockList, isIP } from "node:net";
import { hash32 } from "../base/random.ts";
import { services } from "./facts/services.ts";

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

const lists = ranges.map(([type, net, prefix]) => {
  const list = new BlockList();
  list.addSubnet(net, prefix, isIP(net) === 6 ? "ipv6" : "ipv4");
  return { type, list, family: isIP(net) };
});

/** The type of an IPv4 or IPv6 address. */
export function addressType(address: string): AddressType {
  const family = isIP(address);
  if (family === 6 && /^::ffff:/i.test(address)) return "FourToSixMapping";
  const name = family === 6 ? "ipv6" : "ipv4";
  const found = lists.find((entry) => entry.family === family && entry.list.check(address, name));
  return found?.type ?? "Public";
}

/** The addresses that `host` can resolve to: those of its service, or of the nearest parent domain's, else one of a range for documentation. */
export function addressesOf(host: string): readonly string[] {
  const labels = host.toLowerCase().split(".");
  for (let first = 0; first < labels.length - 1; first++) {
    const service = services[labels.slice(first).join(".")];
    if (service !== undefined) return service.addresses;
  }
  const hash = hash32(host.toLowerCase());
  return [`${hash % 2 === 0 ? "198.51.100" : "203.0.113"}.${1 + ((hash >>> 1) % 254)}`];
}
