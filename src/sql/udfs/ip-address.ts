/** An IP address as a number, and how many of its leading bits count. */
export interface Address {
  readonly value: bigint;
  readonly prefix: number;
}

/** `1.2.3.4` or `1.2.3.4/24`. */
export function parseIpv4(text: string): Address | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const octets = match.slice(1, 5).map(Number);
  const prefix = Number(match[5] ?? 32);
  if (octets.some((octet) => octet > 255) || prefix > 32) return undefined;
  return { value: octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n), prefix };
}

/** An address of either kind as one of IPv6: those of IPv4 are mapped to `::ffff:0:0/96`. */
export function parseIpv6(text: string): Address | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) {
    return { value: 0xffff_0000_0000n + ipv4.value, prefix: ipv4.prefix + 96 };
  }
  const match = /^([0-9a-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text.trim());
  const prefix = Number(match?.[2] ?? 128);
  const value = match?.[1] === undefined || prefix > 128 ? undefined : ipv6Value(match[1]);
  return value === undefined ? undefined : { value, prefix };
}

function ipv6Value(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 8 ? numberOf(head) : undefined;
  const missing = 8 - head.length - (tail?.length ?? 8);
  if (tail === undefined || missing < 1) return undefined;
  return numberOf([...head, ...Array.from({ length: missing }, () => 0), ...tail]);
}

/** The 16-bit groups of a part of an address, whose end may be written as IPv4. */
function groupsOf(text: string): readonly number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  for (const [at, part] of text.split(":").entries()) {
    const ipv4 =
      part.includes(".") && at === text.split(":").length - 1 ? parseIpv4(part) : undefined;
    if (ipv4 !== undefined) groups.push(Number(ipv4.value >> 16n), Number(ipv4.value & 0xffffn));
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function numberOf(groups: readonly number[]): bigint {
  return groups.reduce((sum, group) => sum * 65536n + BigInt(group), 0n);
}

/** `value` of `bits` bits with all but the first `prefix` at zero. */
export function masked(value: bigint, prefix: number, bits: number): bigint {
  const rest = BigInt(bits - prefix);
  return (value >> rest) << rest;
}

export function formatIpv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
}

/** The 32 hexadecimal digits of an address of IPv6. */
export function hexDigits(value: bigint): string {
  return value.toString(16).padStart(32, "0");
}

/** All eight groups with all their digits. */
export function formatIpv6(value: bigint): string {
  return (hexDigits(value).match(/.{4}/g) ?? []).join(":");
}
