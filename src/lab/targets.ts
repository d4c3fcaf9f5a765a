import { isIP } from "node:net";
import type { FilledTest } from "../atomic/fill-test.ts";
import type { SidecarEntry } from "../atomic/sidecar.ts";
import type { AtomicTest } from "../atomic/types.ts";
import type { Diagnostic } from "../base/diagnostic.ts";

/** Top-level names that RFC 2606 and RFC 6761 keep from resolving to anybody. */
const reservedNames: ReadonlySet<string> = new Set(["test", "example", "invalid", "localhost"]);

/** The names RFC 2606 keeps for examples below others' top-level ones. */
const exampleNames: ReadonlySet<string> = new Set(["example.com", "example.net", "example.org"]);

/**
 * A URL, a name or an address, without what programs read in different ways: no `@`, no `\`, no blank, no brackets but
 * those of an address. `curl` and a browser take another host out of `https://a\@b`.
 */
const target =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:\[(?<v6>[0-9a-f:.]+)\]|(?<host>[a-z0-9.-]+))(?::\d{1,5})?(?:[/?#][^\s\\@]*)?$/i;

/** The host that `text` leads to, in lower case; undefined where that is not certain. */
export function hostOf(text: string): string | undefined {
  if (isIP(text) > 0) return text.toLowerCase();
  const { v6, host } = target.exec(text)?.groups ?? {};
  if (v6 !== undefined) return isIP(v6) === 6 ? v6.toLowerCase() : undefined;
  return host?.toLowerCase().replace(/\.$/, "");
}

/** Whether nothing of others' can be at `host`: this machine, or a name that is kept for tests and examples. */
export function isSinkhole(host: string): boolean {
  if (isIP(host) > 0) return host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
  const labels = host.split(".");
  return reservedNames.has(labels.at(-1) ?? "") || exampleNames.has(labels.slice(-2).join("."));
}

/** An argument that is a network target, and where it leads; without a host where that is not certain. */
interface Target {
  readonly name: string;
  readonly value: string;
  readonly host: string | undefined;
}

interface TargetsOf {
  readonly test: AtomicTest;
  readonly filled: FilledTest;
  readonly entry: SidecarEntry | undefined;
  readonly contained?: boolean;
}

/** Arguments of type `url` are targets, and those that the sidecar names. An empty one leads nowhere. */
function targetsOf({ test, filled, entry }: TargetsOf): readonly Target[] {
  return test.arguments.flatMap(({ name, type }) => {
    const value = filled.arguments[name] ?? "";
    if (value === "" || (type !== "url" && entry?.sinkhole[name] === undefined)) return [];
    return [{ name, value, host: hostOf(value) }];
  });
}

/** The names of hosts that the arguments of a test lead to, each once. Addresses have none, and `localhost` is always this machine. */
export function targetNames(request: TargetsOf): readonly string[] {
  const hosts = targetsOf(request).flatMap(({ host }) => host ?? []);
  return [...new Set(hosts)].filter(
    (host) => isIP(host) === 0 && host.split(".").at(-1) !== "localhost",
  );
}

/**
 * Arguments of `test` that lead to a host that is neither a sinkhole nor in `allow` (KT0833). Defaults are looked at
 * too: a test from elsewhere may name anyone.
 */
export function targetProblems(
  request: TargetsOf,
  allow: readonly string[],
): readonly Diagnostic[] {
  const allowed = new Set(allow.map((host) => host.toLowerCase()));
  return targetsOf(request).flatMap(({ name, value, host }): readonly Diagnostic[] => {
    if (host === undefined) {
      return [
        {
          code: "KT0833",
          message: `no host is certain in the value of the network target \`${name}\`: \`${value}\``,
          hint: "write a URL without user, blanks and backslashes, a domain name or an address",
        },
      ];
    }
    if (isSinkhole(host) || allowed.has(host)) return [];
    return [
      {
        code: "KT0833",
        message: `\`${name}\` leads to \`${host}\`, which is no sinkhole`,
        hint:
          request.contained === true
            ? "name the host: in a container its name leads to a sinkhole, and addresses lead nowhere"
            : `where that host is the tester's, allow it: \`--allow ${host}\`, or \`atomics: { allow: [${host}] }\` in \`kqltest.config.yaml\``,
      },
    ];
  });
}
