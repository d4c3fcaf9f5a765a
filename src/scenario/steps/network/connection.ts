import { isIP } from "node:net";
import type { YamlPath } from "../../../base/yaml.ts";
import { addressesOf, addressType } from "../../model/address.ts";
import type { Draw, Names } from "../../model/draw.ts";
import { services } from "../../facts/services.ts";
import type { StepFile } from "../../format/scenario-file.ts";
import type { Step } from "../../model/incident.ts";
import type { Problems } from "../../model/problems.ts";
import { actingProcess, commonOf } from "../../resolve/acting.ts";
import {
  deviceRow,
  setInitiating,
  type Columns,
  type Sighting,
} from "../../generate/event-rows.ts";
import { deviceOf, namesFor, processOf, type Run } from "../../generate/step-run.ts";
import { integer, nonEmpty, oneOf, optional, text } from "../../format/shape.ts";
import { parseTarget, type Target } from "../../model/target.ts";
import { asKey, byKey } from "../common.ts";
import { stepKind, type StepKind } from "../step.ts";

/** Actions that know the connecting process. */
export const processActions = [
  "ConnectionSuccess",
  "ConnectionFailed",
  "ConnectionRequest",
] as const;
/** Actions seen on the wire: no process, and the name only in `AdditionalFields`. */
export const wireActions = [
  "ConnectionAttempt",
  "HttpConnectionInspected",
  "SslConnectionInspected",
] as const;
export type ConnectionAction = (typeof processActions)[number] | (typeof wireActions)[number];
export type UrlForm = "host" | "full" | "none";

/** A process connects: one row of `DeviceNetworkEvents`. */
export interface ConnectionStepFile extends StepFile {
  readonly connection: string;
  readonly by?: string;
  readonly as?: string;
  readonly action?: ConnectionAction;
  readonly port?: number;
  readonly address?: string;
  readonly url?: UrlForm;
}

export interface ConnectionStep extends Step {
  readonly kind: "connection";
  readonly target: Target;
  readonly action: ConnectionAction;
  readonly port: number;
  /** Absent: one of the host's own. */
  readonly address: string | undefined;
  readonly url: UrlForm;
}

const table = "DeviceNetworkEvents";

export const connectionKind: StepKind = stepKind<ConnectionStepFile, ConnectionStep>({
  name: "connection",
  title: "a process connects",
  about: `Gives a row of \`DeviceNetworkEvents\`.

The host keeps its case: \`connection: PASTEBIN.COM\` gives that \`RemoteUrl\`.`,
  example: `- connection: pastebin.com
  by: svchost.exe -k netsvcs -p -s BITS`,
  keys: {
    connection: nonEmpty({ description: "A host, an address or a URL, with or without a port" }),
    by: optional(byKey),
    as: asKey,
    action: optional(
      oneOf([...processActions, ...wireActions], {
        description:
          "What was seen. `ConnectionAttempt`, `HttpConnectionInspected` and `SslConnectionInspected` are seen on the wire, know no process and take no `by`",
        fallback: "`ConnectionSuccess`",
      }),
    ),
    port: optional(
      integer({ description: "Remote port", fallback: "the URL's, or 443" }, 1, 65_535),
    ),
    address: optional(
      text({
        description: "The remote address",
        fallback:
          "one that the host resolves to (docs/scenarios.md lists the known ones), the same throughout the scenario; unknown hosts have one from a range for documentation",
      }),
    ),
    url: optional(
      oneOf(["host", "full", "none"], {
        description:
          "How `RemoteUrl` is written: `host` as in `pastebin.com`, `full` as in `https://pastebin.com/raw/x`, with protocol `TcpV4` and no address types, or `none`",
        fallback: "`host`; `none` for an address and for a row without a process",
      }),
    ),
  },
  resolve(step, place, context) {
    const { path } = place;
    const target = resolveTarget(step, path, context.problems);
    checkProcessKnown(step, path, context.problems);
    const { owner, account, above } = actingProcess(step, path, context);
    return {
      kind: "connection",
      ...commonOf(step, table, { place, context, above }),
      target,
      owner,
      account,
      action: step.action ?? "ConnectionSuccess",
      port: step.port ?? target.port ?? 443,
      address: step.address,
      url: step.url ?? (target.isAddress || owner === undefined ? "none" : "host"),
    };
  },
  rows(step, { time }, run) {
    const seen = { device: deviceOf(step, run), process: processOf(step, time, run), time };
    const names = namesFor(step, run);
    const host = run.draw.fill(step.target.host, `host/${step.id}`, names);
    const drawn = host === step.target.host ? step : { ...step, target: { ...step.target, host } };
    return [{ table, row: connectionRow(drawn, seen, { ...run, names }) }];
  },
});

function resolveTarget(step: ConnectionStepFile, path: YamlPath, problems: Problems): Target {
  if (step.address !== undefined && isIP(step.address) === 0) {
    problems.at([...path, "address"], "KT0513", {
      message: `\`${step.address}\` is no IP address`,
      hint: "write it like `203.0.113.9`",
    });
  }
  const target = parseTarget(step.connection);
  if (target !== undefined) return target;
  problems.at([...path, "connection"], "KT0513", {
    message: `\`${step.connection}\` is no host, address or URL`,
    hint: "write it like `pastebin.com`, `10.0.0.5:8080` or `https://pastebin.com/raw/x`",
  });
  return { host: step.connection, isAddress: false };
}

/** A connection that a process made needs the process; one seen on the wire has none. */
function checkProcessKnown(step: ConnectionStepFile, path: YamlPath, problems: Problems): void {
  const action = step.action ?? "ConnectionSuccess";
  const needs = processActions.some((candidate) => candidate === action);
  if (needs && step.by === undefined) {
    problems.at(path, "KT0514", {
      message: "the connection does not say which process makes it",
      hint: "write `by:` with a step's id or a program",
    });
  } else if (!needs && step.by !== undefined) {
    problems.atKey([...path, "by"], "KT0514", {
      message: `\`${action}\` is seen on the wire, where no process is known`,
      hint: "leave `by` out, or choose `ConnectionSuccess`",
    });
  }
}

/** The row of a connection. Columns that nothing is known of are left out. */
export function connectionRow(
  step: Pick<ConnectionStep, "id" | "target" | "action" | "port" | "address" | "url">,
  seen: Sighting,
  context: Pick<Run, "clock" | "draw" | "ports"> & { readonly names: Names },
): Columns {
  const { device, process } = seen;
  const { clock, draw, names, ports } = context;
  const remote = step.address ?? remoteAddress(step.target, draw);
  const row = deviceRow(seen, step.action, clock);
  row["RemoteIP"] = remote;
  row["RemotePort"] = step.port;
  row["LocalIP"] = device.ip;
  row["LocalPort"] = ports.next(seen);
  if (step.url === "host") row["RemoteUrl"] = step.target.host;
  if (step.url === "full") row["RemoteUrl"] = fullUrl(step, draw, names);
  setWire(row, step, { remote, local: device.ip });
  if (process === undefined) {
    row["InitiatingProcessId"] = 0;
    row["InitiatingProcessTokenElevation"] = "None";
  } else {
    setInitiating(row, process, { clock });
  }
  return row;
}

/** The protocol and what it decides: rows with a whole URL come from network protection, rows without a process from the wire; neither types addresses. */
function setWire(
  row: Columns,
  step: Pick<ConnectionStep, "action" | "target" | "url">,
  addresses: { readonly remote: string; readonly local: string },
): void {
  const { host, isAddress, url } = step.target;
  row["Protocol"] = step.action === "ConnectionAttempt" || step.url === "full" ? "TcpV4" : "Tcp";
  switch (step.action) {
    case "ConnectionAttempt":
      break;
    case "SslConnectionInspected": {
      const name = isAddress ? {} : { server_name: host };
      const seen = { direction: "Out", version: "TLSv12", ...name, established: "true" };
      row["AdditionalFields"] = JSON.stringify(seen);
      break;
    }
    case "HttpConnectionInspected": {
      const request = { host, method: "GET", uri: pathOf(url) };
      const seen = { direction: "Out", ...request, status_code: "200" };
      row["AdditionalFields"] = JSON.stringify(seen);
      break;
    }
    default:
      if (step.url === "full") break;
      row["LocalIPType"] = addressType(addresses.local);
      row["RemoteIPType"] = addressType(addresses.remote);
  }
}

function pathOf(url: string | undefined): string {
  return /^[a-z]+:\/\/[^/]+(\/.*)$/i.exec(url ?? "")?.[1] ?? "/";
}

/** One address for each host in a scenario, whatever the host's case. */
export function remoteAddress({ host, isAddress }: Target, draw: Draw): string {
  if (isAddress) return host;
  // A beacon asks thousands of times for the same.
  const known = addresses.get(draw) ?? new Map<string, string>();
  addresses.set(draw, known);
  let address = known.get(host);
  if (address === undefined) {
    address = draw.random(`address/${host.toLowerCase()}`).pick(addressesOf(host));
    known.set(host, address);
  }
  return address;
}

const addresses = new WeakMap<Draw, Map<string, string>>();

function fullUrl(step: Pick<ConnectionStep, "id" | "target">, draw: Draw, names: Names): string {
  const { host, url } = step.target;
  const shape = url ?? services[host.toLowerCase()]?.url ?? `https://${host}/`;
  return draw.fill(shape, `url/${step.id}`, names);
}
