import {
  formatIpv4,
  formatIpv6,
  hexDigits,
  masked,
  parseIpv4,
  parseIpv6,
  type Address,
} from "./ip-address.ts";
import { arrayText, elementsOf, objectText, stringOf } from "./dynamic/json-text.ts";
import type { UdfTable } from "./udf.ts";

type Parse = (text: string) => Address | undefined;

/** Functions of URLs and IP addresses. What is no address gives null. */
export const networkUdfs: UdfTable = {
  kql_parse_url: { takes: ["text"], gives: "text", call: parseUrl },
  kql_parse_urlquery: {
    takes: ["text"],
    gives: "text",
    call: (query: string) =>
      objectText([["Query Parameters", queryText(query.replace(/^\?/, ""))]]),
  },
  kql_ipv4: {
    takes: ["text", "long"],
    gives: "long",
    call: (text: string, prefix: bigint) => {
      const address = parseIpv4(text);
      if (address === undefined || prefix < 0n || prefix > 32n) return null;
      return masked(address.value, Math.min(address.prefix, Number(prefix)), 32);
    },
  },
  kql_ipv4_suffix: {
    takes: ["text"],
    gives: "long",
    call: (text: string) => {
      const address = parseIpv4(text);
      return address === undefined ? null : BigInt(address.prefix);
    },
  },
  kql_ipv6_text: {
    takes: ["text", "long"],
    gives: "text",
    nulls: true,
    call: (text: string, prefix: bigint | null) => {
      const address = parseIpv6(text);
      if (address === undefined || prefix === null || prefix < 0n || prefix > 128n) return "";
      return formatIpv6(masked(address.value, Math.min(address.prefix, Number(prefix)), 128));
    },
  },
  kql_ipv4_compare: {
    takes: ["text", "text", "long"],
    gives: "long",
    call: (left: string, right: string, prefix: bigint) =>
      compare([left, right], Number(prefix), { parse: parseIpv4, bits: 32 }),
  },
  kql_ipv6_compare: {
    takes: ["text", "text", "long"],
    gives: "long",
    call: (left: string, right: string, prefix: bigint) =>
      compare([left, right], Number(prefix), { parse: parseIpv6, bits: 128 }),
  },
  kql_ipv4_in_ranges: {
    takes: ["text", "text"],
    gives: "bool",
    call: (text: string, ranges: string) =>
      isInRanges(text, ranges, { parse: parseIpv4, bits: 32 }),
  },
  kql_ipv6_in_ranges: {
    takes: ["text", "text"],
    gives: "bool",
    call: (text: string, ranges: string) =>
      isInRanges(text, ranges, { parse: parseIpv6, bits: 128 }),
  },
  kql_ipv4_in_range: {
    takes: ["text", "text"],
    gives: "bool",
    call: (text: string, range: string) => isInRange(text, range, { parse: parseIpv4, bits: 32 }),
  },
  kql_ipv6_in_range: {
    takes: ["text", "text"],
    gives: "bool",
    call: (text: string, range: string) => isInRange(text, range, { parse: parseIpv6, bits: 128 }),
  },
  kql_ipv4_private: {
    takes: ["text"],
    gives: "bool",
    call: (text: string) =>
      isInRanges(text, '["10.0.0.0/8","172.16.0.0/12","192.168.0.0/16"]', {
        parse: parseIpv4,
        bits: 32,
      }),
  },
  kql_format_ipv4: {
    takes: ["text", "long", "bool"],
    gives: "text",
    nulls: true,
    call: (text: string, prefix: bigint | null, withMask: boolean) => {
      const address = /^\d{1,10}$/.test(text)
        ? { value: BigInt(text), prefix: 32 }
        : parseIpv4(text);
      if (address === undefined || prefix === null || prefix < 0n || prefix > 32n) return "";
      if (address.value > 0xffff_ffffn) return "";
      const length = Math.min(address.prefix, Number(prefix));
      const formatted = formatIpv4(masked(address.value, length, 32));
      return withMask ? `${formatted}/${length}` : formatted;
    },
  },
  kql_address: { takes: ["text"], gives: "text", call: addressDigits },
  kql_has_ipv4: { takes: ["text", "text", "bool"], gives: "bool", call: hasIpv4 },
  kql_cidr_list: { takes: ["text", "text"], gives: "text", call: cidrList },
};

/** An address as the hexadecimal digits of its IPv6 form, which sort as addresses do. */
function addressDigits(text: string): string | null {
  const address = parseIpv6(text);
  return address?.prefix === 128 ? hexDigits(address.value) : null;
}

interface Family {
  readonly parse: Parse;
  readonly bits: number;
}

function compare(
  [left, right]: readonly [string, string],
  prefix: number,
  { parse, bits }: Family,
): bigint | null {
  const [a, b] = [parse(left), parse(right)];
  if (a === undefined || b === undefined || prefix < 0 || prefix > bits) return null;
  const length = Math.min(a.prefix, b.prefix, prefix);
  const [x, y] = [masked(a.value, length, bits), masked(b.value, length, bits)];
  if (x === y) return 0n;
  return x < y ? -1n : 1n;
}

function isInRange(text: string, range: string, { parse, bits }: Family): boolean | null {
  const [address, network] = [parse(text), parse(range)];
  if (address === undefined || network === undefined) return null;
  const length = Math.min(address.prefix, network.prefix);
  return masked(address.value, length, bits) === masked(network.value, length, bits);
}

function isInRanges(text: string, ranges: string, family: Family): boolean | null {
  const list = elementsOf(ranges);
  if (list === undefined || family.parse(text) === undefined) return null;
  return list.some((range) => isInRange(text, stringOf(range) ?? "", family) === true);
}

/** Whether one of `wanted` is among the addresses in `text`, or begins one. */
function hasIpv4(text: string, wanted: string, asPrefix: boolean): boolean {
  const needles = (elementsOf(wanted) ?? [])
    .map((each) => stringOf(each) ?? "")
    .filter((each) =>
      asPrefix && each.endsWith(".")
        ? /^(?:\d{1,3}\.){1,3}$/.test(each)
        : parseIpv4(each)?.prefix === 32,
    );
  const found = text.matchAll(/(?<![\p{L}\p{N}])\d{1,3}(?:\.\d{1,3}){3}(?![\p{L}\p{N}])/gu);
  return Array.from(found, ([address]) => address)
    .filter((address) => parseIpv4(address) !== undefined)
    .some((address) =>
      needles.some((needle) =>
        needle.endsWith(".") ? address.startsWith(needle) : address === needle,
      ),
    );
}

/** The fewest networks that make up the addresses from `start` to `end`. */
function cidrList(start: string, end: string): string | null {
  const [first, last] = [parseIpv4(start), parseIpv4(end)];
  if (first === undefined || last === undefined) return null;
  const networks: string[] = [];
  let at = first.value;
  while (at <= last.value) {
    let prefix = 32;
    while (prefix > 0) {
      const wider = prefix - 1;
      const size = 1n << BigInt(32 - wider);
      if (at % size !== 0n || at + size - 1n > last.value) break;
      prefix = wider;
    }
    networks.push(JSON.stringify(`${formatIpv4(at)}/${prefix}`));
    at += 1n << BigInt(32 - prefix);
  }
  return arrayText(networks);
}

const urlParts =
  /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/(?:([^/?#@:]*)(?::([^/?#@]*))?@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d*))?)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

function parseUrl(url: string): string {
  const [, scheme, username, password, host, port, path, query, fragment] =
    urlParts.exec(url) ?? [];
  const text = (part: string | undefined): string => JSON.stringify(part ?? "");
  return objectText([
    ["Scheme", text(scheme)],
    ["Host", text(host)],
    ["Port", text(port)],
    ["Path", text(path)],
    ["Username", text(username)],
    ["Password", text(password)],
    ["Query Parameters", queryText(query ?? "")],
    ["Fragment", text(fragment)],
  ]);
}

function queryText(query: string): string {
  const pairs = query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => /^([^=]*)=?(.*)$/s.exec(pair) ?? [])
    .map(([, key = "", value = ""]) => [key, JSON.stringify(value)] as const);
  return objectText(new Map(pairs));
}
