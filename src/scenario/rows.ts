import { formatInstant } from "../schema/time.ts";
import type { Row, Value } from "../schema/types.ts";
import { addressesOf, addressType } from "./address.ts";
import type { Draw } from "./draw.ts";
import { services } from "./facts/services.ts";
import type { ConnectionStep } from "./incident.ts";
import type { Process } from "./processes.ts";
import type { Account, Device } from "./world.ts";

type Columns = Record<string, Value>;

/** Gives the text of an instant from its ticks relative to now. */
export type Clock = (offset: number) => string;

/** The clock of a run at `now`. */
export function createClock(now: bigint): Clock {
  return (offset) => formatInstant(now + BigInt(offset));
}

/** The row of a process's start. Columns that nothing is known of are left out. */
export function processRow(process: Process, timestamp: number, clock: Clock): Row {
  const { parent, file, account } = process;
  return {
    Timestamp: clock(timestamp),
    ...deviceColumns(process.device),
    ActionType: "ProcessCreated",
    FileName: file.name,
    FolderPath: file.path,
    SHA1: file.sha1,
    SHA256: file.sha256,
    MD5: file.md5,
    FileSize: file.size,
    ...versionColumns("ProcessVersionInfo", process),
    ProcessId: process.pid,
    ProcessCommandLine: process.command,
    ProcessIntegrityLevel: process.integrity,
    ProcessTokenElevation: process.elevation,
    ProcessCreationTime: clock(process.creation),
    ...accountColumns("Account", account),
    LogonId: process.logonId,
    CreatedProcessSessionId: account.session,
    IsProcessRemoteSession: false,
    ProcessUniqueId: process.uniqueId,
    ...(parent === undefined ? {} : parentColumns(parent, clock)),
  };
}

/** What a process row has of the creating process beyond what every table has. */
function parentColumns(parent: Process, clock: Clock): Columns {
  const isWindows = parent.file.path.toLowerCase().startsWith("c:\\windows\\");
  return {
    ...initiatingColumns(parent, clock),
    InitiatingProcessLogonId: parent.logonId,
    ...(isWindows && parent.file.version !== undefined
      ? { InitiatingProcessSignerType: "OsVendor", InitiatingProcessSignatureStatus: "Valid" }
      : {}),
  };
}

/** What every table has of the process that did something. */
function initiatingColumns(process: Process, clock: Clock): Columns {
  const { file, parent } = process;
  return {
    ...accountColumns("InitiatingProcessAccount", process.account),
    InitiatingProcessIntegrityLevel: process.integrity,
    InitiatingProcessTokenElevation: process.elevation,
    InitiatingProcessSHA1: file.sha1,
    InitiatingProcessSHA256: file.sha256,
    InitiatingProcessMD5: file.md5,
    InitiatingProcessFileName: file.name,
    InitiatingProcessFileSize: file.size,
    ...versionColumns("InitiatingProcessVersionInfo", process),
    InitiatingProcessId: process.pid,
    InitiatingProcessCommandLine: process.command,
    InitiatingProcessCreationTime: clock(process.creation),
    InitiatingProcessFolderPath: file.path.toLowerCase(),
    InitiatingProcessSessionId: process.account.session,
    IsInitiatingProcessRemoteSession: false,
    InitiatingProcessUniqueId: process.uniqueId,
    ...(parent === undefined
      ? {}
      : {
          InitiatingProcessParentFileName: parent.file.name,
          InitiatingProcessParentId: parent.pid,
          InitiatingProcessParentCreationTime: clock(parent.creation),
        }),
  };
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
  context: { readonly clock: Clock; readonly draw: Draw },
): Row {
  const { device, process, timestamp } = seen;
  const { clock, draw } = context;
  const remote = step.address ?? remoteAddress(step, draw);
  const isFull = step.url === "full";
  return {
    Timestamp: clock(timestamp),
    ...deviceColumns(device),
    ActionType: step.action,
    RemoteIP: remote,
    RemotePort: step.port,
    ...(step.url === "none" ? {} : { RemoteUrl: isFull ? fullUrl(step, draw) : step.target.host }),
    LocalIP: device.ip,
    LocalPort: draw.random(`port/${step.id}`).integer(49_152, 65_535),
    ...wireColumns(step, { remote, local: device.ip }),
    ...(process === undefined
      ? { InitiatingProcessId: 0, InitiatingProcessTokenElevation: "None" }
      : initiatingColumns(process, clock)),
  };
}

/** The protocol and what it decides: rows with a whole URL come from network protection, rows without a process from the wire; neither types addresses. */
function wireColumns(
  step: ConnectionStep,
  addresses: { readonly remote: string; readonly local: string },
): Columns {
  const { host, isAddress } = step.target;
  switch (step.action) {
    case "ConnectionAttempt":
      return { Protocol: "TcpV4" };
    case "SslConnectionInspected":
      return {
        Protocol: "Tcp",
        AdditionalFields: JSON.stringify({
          direction: "Out",
          version: "TLSv12",
          ...(isAddress ? {} : { server_name: host }),
          established: "true",
        }),
      };
    case "HttpConnectionInspected":
      return {
        Protocol: "Tcp",
        AdditionalFields: JSON.stringify({
          direction: "Out",
          host,
          method: "GET",
          uri: pathOf(step.target.url),
          status_code: "200",
        }),
      };
    default:
      if (step.url === "full") return { Protocol: "TcpV4" };
      return {
        Protocol: "Tcp",
        LocalIPType: addressType(addresses.local),
        RemoteIPType: addressType(addresses.remote),
      };
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

function fullUrl(step: ConnectionStep, draw: Draw): string {
  const { host, url } = step.target;
  const shape = url ?? services[host.toLowerCase()]?.url ?? `https://${host}/`;
  return draw.fill(shape, `url/${step.id}`, { user: "", device: "" });
}

function deviceColumns(device: Device): Columns {
  return { DeviceId: device.id, DeviceName: device.name };
}

function accountColumns(prefix: string, account: Account): Columns {
  return {
    [`${prefix}Domain`]: account.domain,
    [`${prefix}Name`]: account.name,
    [`${prefix}Sid`]: account.sid,
    ...(account.upn === undefined ? {} : { [`${prefix}Upn`]: account.upn }),
    ...(account.objectId === undefined ? {} : { [`${prefix}ObjectId`]: account.objectId }),
  };
}

function versionColumns(prefix: string, process: Process): Columns {
  const { version } = process.file;
  if (version === undefined) return {};
  const [company, product, number, original, description] = version;
  return {
    [`${prefix}CompanyName`]: company,
    [`${prefix}ProductName`]: product,
    [`${prefix}ProductVersion`]: number,
    [`${prefix}OriginalFileName`]: original,
    [`${prefix}FileDescription`]: description,
  };
}
