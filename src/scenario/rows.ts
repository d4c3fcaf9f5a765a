import { formatInstant } from "../schema/time.ts";
import type { Value } from "../schema/types.ts";
import { addressesOf, addressType } from "./address.ts";
import type { Draw, Names } from "./draw.ts";
import { services } from "./facts/services.ts";
import type { ConnectionStep } from "./incident.ts";
import type { Process } from "./processes.ts";
import type { Device } from "./world.ts";

/** A row while it is being filled. */
export type Columns = Record<string, Value>;

/** Gives the text of an instant from its ticks relative to now. */
export type Clock = (offset: number) => string;

/** The clock of a run at `now`. The same few instants are asked for again and again. */
export function createClock(now: bigint): Clock {
  const known = new Map<number, string>();
  return (offset) => {
    let text = known.get(offset);
    if (text === undefined) {
      text = formatInstant(now + BigInt(offset));
      known.set(offset, text);
    }
    return text;
  };
}

// Rows are filled column by column under literal names: spreading objects together takes five times as long.

/** The row of a process's start. Columns that nothing is known of are left out. */
export function processRow(process: Process, timestamp: number, clock: Clock): Columns {
  const { parent, file, account, device } = process;
  const row: Columns = {
    Timestamp: clock(timestamp),
    DeviceId: device.id,
    DeviceName: device.name,
    ActionType: "ProcessCreated",
    FileName: file.name,
    FolderPath: file.path,
    SHA1: file.sha1,
    SHA256: file.sha256,
    MD5: file.md5,
    FileSize: file.size,
    ProcessId: process.pid,
    ProcessCommandLine: process.command,
    ProcessIntegrityLevel: process.integrity,
    ProcessTokenElevation: process.elevation,
    ProcessCreationTime: clock(process.creation),
    AccountDomain: account.domain,
    AccountName: account.name,
    AccountSid: account.sid,
    LogonId: process.logonId,
    CreatedProcessSessionId: account.session,
    IsProcessRemoteSession: false,
    ProcessUniqueId: process.uniqueId,
  };
  if (account.upn !== undefined) row["AccountUpn"] = account.upn;
  if (account.objectId !== undefined) row["AccountObjectId"] = account.objectId;
  if (file.version !== undefined) {
    const [company, product, number, original, description] = file.version;
    row["ProcessVersionInfoCompanyName"] = company;
    row["ProcessVersionInfoProductName"] = product;
    row["ProcessVersionInfoProductVersion"] = number;
    row["ProcessVersionInfoOriginalFileName"] = original;
    row["ProcessVersionInfoFileDescription"] = description;
  }
  if (parent !== undefined) setParent(row, parent, clock);
  return row;
}

/** What a process row has of the creating process beyond what every table has. */
function setParent(row: Columns, parent: Process, clock: Clock): void {
  setInitiating(row, parent, clock);
  row["InitiatingProcessLogonId"] = parent.logonId;
  const { path, version } = parent.file;
  if (version !== undefined && path.toLowerCase().startsWith("c:\\windows\\")) {
    row["InitiatingProcessSignerType"] = "OsVendor";
    row["InitiatingProcessSignatureStatus"] = "Valid";
  }
}

/** What every table has of the process that did something. */
function setInitiating(row: Columns, process: Process, clock: Clock): void {
  const { file, parent, account } = process;
  row["InitiatingProcessAccountDomain"] = account.domain;
  row["InitiatingProcessAccountName"] = account.name;
  row["InitiatingProcessAccountSid"] = account.sid;
  if (account.upn !== undefined) row["InitiatingProcessAccountUpn"] = account.upn;
  if (account.objectId !== undefined) row["InitiatingProcessAccountObjectId"] = account.objectId;
  row["InitiatingProcessIntegrityLevel"] = process.integrity;
  row["InitiatingProcessTokenElevation"] = process.elevation;
  row["InitiatingProcessSHA1"] = file.sha1;
  row["InitiatingProcessSHA256"] = file.sha256;
  row["InitiatingProcessMD5"] = file.md5;
  row["InitiatingProcessFileName"] = file.name;
  row["InitiatingProcessFileSize"] = file.size;
  row["InitiatingProcessId"] = process.pid;
  row["InitiatingProcessCommandLine"] = process.command;
  row["InitiatingProcessCreationTime"] = clock(process.creation);
  row["InitiatingProcessFolderPath"] = file.path.toLowerCase();
  row["InitiatingProcessSessionId"] = account.session;
  row["IsInitiatingProcessRemoteSession"] = false;
  row["InitiatingProcessUniqueId"] = process.uniqueId;
  if (file.version !== undefined) {
    const [company, product, number, original, description] = file.version;
    row["InitiatingProcessVersionInfoCompanyName"] = company;
    row["InitiatingProcessVersionInfoProductName"] = product;
    row["InitiatingProcessVersionInfoProductVersion"] = number;
    row["InitiatingProcessVersionInfoOriginalFileName"] = original;
    row["InitiatingProcessVersionInfoFileDescription"] = description;
  }
  if (parent !== undefined) {
    row["InitiatingProcessParentFileName"] = parent.file.name;
    row["InitiatingProcessParentId"] = parent.pid;
    row["InitiatingProcessParentCreationTime"] = clock(parent.creation);
  }
}

/** Where and when a connection is seen. */
export interface Sighting {
  readonly device: Device;
  /** Absent where the action knows no process. */
  readonly process: Process | undefined;
  readonly timestamp: number;
}

/** The row of a connection. Columns that nothing is known of are left out. */
export function connectionRow(
  step: ConnectionStep,
  seen: Sighting,
  context: { readonly clock: Clock; readonly draw: Draw; readonly names: Names },
): Columns {
  const { device, process, timestamp } = seen;
  const { clock, draw, names } = context;
  const remote = step.address ?? remoteAddress(step, draw);
  const row: Columns = {
    Timestamp: clock(timestamp),
    DeviceId: device.id,
    DeviceName: device.name,
    ActionType: step.action,
    RemoteIP: remote,
    RemotePort: step.port,
    LocalIP: device.ip,
    LocalPort: draw.random(`port/${step.id}`).integer(49_152, 65_535),
  };
  if (step.url === "host") row["RemoteUrl"] = step.target.host;
  if (step.url === "full") row["RemoteUrl"] = fullUrl(step, draw, names);
  setWire(row, step, { remote, local: device.ip });
  if (process === undefined) {
    row["InitiatingProcessId"] = 0;
    row["InitiatingProcessTokenElevation"] = "None";
  } else {
    setInitiating(row, process, clock);
  }
  return row;
}

/** The protocol and what it decides: rows with a whole URL come from network protection, rows without a process from the wire; neither types addresses. */
function setWire(
  row: Columns,
  step: ConnectionStep,
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
function remoteAddress(step: ConnectionStep, draw: Draw): string {
  const { host, isAddress } = step.target;
  return isAddress ? host : draw.random(`address/${host.toLowerCase()}`).pick(addressesOf(host));
}

function fullUrl(step: ConnectionStep, draw: Draw, names: Names): string {
  const { host, url } = step.target;
  const shape = url ?? services[host.toLowerCase()]?.url ?? `https://${host}/`;
  return draw.fill(shape, `url/${step.id}`, names);
}
