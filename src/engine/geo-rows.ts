import { InputError } from "../base/diagnostic.ts";
import type { GeoNetwork } from "../schema/fixtures.ts";
import type { Column, Row } from "../schema/types.ts";
import { hexDigits, masked, parseIpv6 } from "../sql/udfs/address.ts";

/** A network's first and last address as digits, how many bits it fixes, and what is known of it. */
export const geoColumns: readonly Column[] = [
  { name: "first", type: "string" },
  { name: "last", type: "string" },
  { name: "prefix", type: "int" },
  { name: "info", type: "dynamic" },
];

/** A row of `geoColumns` for each network; of two that are the same the first counts. */
export function geoRows(networks: readonly GeoNetwork[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { network, country, state, city, latitude, longitude } of networks) {
    const address = parseIpv6(network);
    if (address === undefined) {
      throw new InputError({
        code: "KT0726",
        message: `\`${network}\` is no network`,
        hint: "write it like `203.0.113.0/24`",
      });
    }
    const value = masked(address.value, address.prefix, 128);
    const last = value + (1n << BigInt(128 - address.prefix)) - 1n;
    const first = hexDigits(value);
    const key = `${first}/${address.prefix}`;
    if (rows.has(key)) continue;
    const info = {
      country: country ?? "",
      state: state ?? "",
      city: city ?? "",
      latitude: latitude ?? null,
      longitude: longitude ?? null,
    };
    rows.set(key, { first, last: hexDigits(last), prefix: address.prefix, info });
  }
  return [...rows.values()];
}
