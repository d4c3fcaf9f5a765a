import { isIP } from "node:net";
import { placeholder } from "./draw.ts";

/** What a connection goes to, as the author wrote it. */
export interface Target {
  /** Host name as written, or an address. */
  readonly host: string;
  readonly isAddress: boolean;
  readonly port?: number;
  /** The whole URL, where one was written. */
  readonly url?: string;
}

const schemePorts: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };
const hostName = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*\.?$/i;

/** The target that `text` names (`pastebin.com`, `pastebin.com:8443`, `10.0.0.5`, `[::1]:80`, `https://…`), or undefined where it names none. Placeholders stay as they are: `{hex:8}.example.com`. */
export function parseTarget(text: string): Target | undefined {
  const found = text.match(placeholder) ?? [];
  if (found.length === 0) return parseWritten(text);
  // What stands in for one has the characters of a name, and is no part of any.
  let index = 0;
  const target = parseWritten(text.replaceAll(placeholder, () => `zq${index++}qz`));
  const restored = (part: string): string =>
    part.replaceAll(/zq(\d+)qz/g, (whole, number: string) => found[Number(number)] ?? whole);
  if (target === undefined) return undefined;
  const url = target.url === undefined ? {} : { url: restored(target.url) };
  return { ...target, host: restored(target.host), ...url };
}

function parseWritten(text: string): Target | undefined {
  const url = /^([a-z]+):\/\/(\[[^\]]+\]|[^/?#:[\]@]+)(?::(\d{1,5}))?(?:[/?#]\S*)?$/i.exec(text);
  if (url !== null) {
    const [, scheme = "", host = "", port] = url;
    const schemePort = schemePorts[scheme.toLowerCase()];
    return schemePort === undefined
      ? undefined
      : withHost(host, port ?? String(schemePort), { url: text });
  }
  if (isIP(text) !== 0) return { host: text, isAddress: true };
  const plain = /^(\[[^\]]+\]|[^/?#:[\]@\s]+)(?::(\d{1,5}))?$/.exec(text);
  if (plain === null) return undefined;
  const [, host = "", port] = plain;
  return withHost(host, port, {});
}

function withHost(
  host: string,
  port: string | undefined,
  rest: { readonly url?: string },
): Target | undefined {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  const isAddress = isIP(bare) !== 0;
  if (!isAddress && (bare !== host || !hostName.test(host) || /^[\d.]+$/.test(host))) {
    return undefined;
  }
  if (port === undefined) return { host: bare, isAddress, ...rest };
  const number = Number(port);
  return number >= 1 && number <= 65_535
    ? { host: bare, isAddress, port: number, ...rest }
    : undefined;
}
