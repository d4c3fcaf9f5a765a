import { formatInstant, parseInstant, unixEpochTicks } from "../schema/time.ts";

/** `0x3e7` or `999` as a number, undefined for anything else. */
export function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^(?:0x[\da-f]+|\d+)$/i.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** A recorder's instant, in UTC, as Kusto writes it; undefined where it is none. */
export function instantOf(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  if (parts === null) return undefined;
  const ticks = parseInstant(`${parts[1]}T${parts[2]}${parts[3] ?? "Z"}`);
  return ticks === undefined ? undefined : formatInstant(ticks);
}

/** `text`, or nothing for what recorders write where they know nothing. */
export function knownText(text: string | undefined): string | undefined {
  return text === undefined || text === "" || text === "-" || text === "?" ? undefined : text;
}

/** Sysmon's program path, or nothing where the process was gone before it was looked at. */
export function imageOf(text: string | undefined): string | undefined {
  const image = knownText(text);
  return image === "<unknown process>" ? undefined : image;
}

/** An address in its shortest form: without zeros that IPv6 leaves out, and as IPv4 where it is one. */
export function addressOf(text: string | undefined): string | undefined {
  const address = knownText(text)
    ?.replace(/%.*$/, "")
    .replace(/^::ffff:(?=\d+\.)/i, "");
  if (address === undefined || !address.includes(":")) return address;
  try {
    return new URL(`http://[${address}]/`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
}

/** Seconds since 1970 with their fraction, as Kusto writes the instant. */
export function instantOfSeconds(text: string): string {
  const [seconds = "0", fraction = ""] = text.split(".");
  const ticks = BigInt(seconds) * 10_000_000n + BigInt(fraction.slice(0, 7).padEnd(7, "0"));
  return formatInstant(ticks + unixEpochTicks);
}
