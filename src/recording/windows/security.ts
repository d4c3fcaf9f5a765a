import { addressType } from "../../scenario/model/address.ts";
import {
  connectionKey,
  dropped,
  type Imported,
  type Importer,
  type RecordingContext,
} from "../context.ts";
import { builtInAccount, type Directory } from "../directory.ts";
import {
  fileNameOf,
  initiatingColumns,
  known,
  startedColumns,
  type AccountFacts,
  type ProcessFacts,
} from "../process-facts.ts";
import { addressOf, instantOf, knownText, numberOf } from "../text-values.ts";
import type { WindowsEvent } from "./windows-event.ts";

type Fields = Readonly<Record<string, string>>;

/** What becomes of each event of the security log, by its id. */
export const securityImporters: Readonly<Record<number, Importer>> = {
  4688: importProcess,
  4689: () => dropped("Defender has no row for the end of a process"),
  5154: (event, context) => importListener(event, context),
  5156: (event, context) => importConnection(event, context, "ConnectionSuccess"),
  5157: (event, context) => importConnection(event, context, "ConnectionFailed"),
  5158: () => dropped("Defender has no row for a port that was bound"),
};

/** The process whose creation event 4688 tells of. */
export function createdProcess(
  { data, time }: WindowsEvent,
  directory: Directory,
  parent: ProcessFacts | undefined,
): ProcessFacts {
  const creator = accountOf("Subject", data, directory);
  const isOther = knownText(data["TargetUserName"]) !== undefined;
  const integrity = integrities[data["MandatoryLabel"] ?? ""];
  const parentImage = knownText(data["ParentProcessName"]);
  const mentioned =
    parentImage === undefined
      ? undefined
      : { image: parentImage, pid: numberOf(data["ProcessId"]) ?? 0, account: creator };
  return {
    image: knownText(data["NewProcessName"]) ?? "",
    pid: numberOf(data["NewProcessId"]) ?? 0,
    created: instantOf(time),
    command: knownText(data["CommandLine"]),
    account: isOther ? accountOf("Target", data, directory) : creator,
    logonId: numberOf(data[isOther ? "TargetLogonId" : "SubjectLogonId"]),
    integrity,
    elevation: elevations[data["TokenElevationType"] ?? ""],
    parent: parent === undefined ? mentioned : { ...mentioned, ...parent },
  };
}

const integrities: Fields = {
  "S-1-16-4096": "Low",
  "S-1-16-8192": "Medium",
  "S-1-16-8448": "Medium",
  "S-1-16-12288": "High",
  "S-1-16-16384": "System",
};

const elevations: Fields = {
  "%%1936": "TokenElevationTypeDefault",
  "%%1937": "TokenElevationTypeFull",
  "%%1938": "TokenElevationTypeLimited",
};

/** The account in one role. The log names a service's account after the computer; its SID or logon id tells which it is. */
function accountOf(
  role: "Subject" | "Target",
  data: Fields,
  directory: Directory,
): AccountFacts | undefined {
  const name = knownText(data[`${role}UserName`]);
  const sid = data[`${role}UserSid`] ?? "";
  const builtIn = builtInAccount(sid, numberOf(data[`${role}LogonId`]));
  if (builtIn !== undefined || name === undefined) return builtIn;
  return directory.account(data[`${role}DomainName`] ?? "", name);
}

function importProcess(event: WindowsEvent, context: RecordingContext): Imported {
  const { computer, data } = event;
  const time = instantOf(event.time);
  if (time === undefined) return dropped("no time");
  const pid = numberOf(data["NewProcessId"]);
  const process =
    pid === undefined
      ? createdProcess(event, context.directory, undefined)
      : context.processAt(computer, pid, time);
  if (process?.created !== time) return dropped("Sysmon saw the process too");
  const row = { ActionType: "ProcessCreated", ...startedColumns(process) };
  return { kind: "row", table: "DeviceProcessEvents", time, row };
}

const outbound = "%%14593";
const tcp = "6";

function importConnection(
  event: WindowsEvent,
  context: RecordingContext,
  action: "ConnectionSuccess" | "ConnectionFailed",
): Imported {
  const { computer, data } = event;
  if (data["Protocol"] !== tcp) return dropped("Defender reports TCP alone");
  const time = instantOf(event.time);
  if (time === undefined) return dropped("no time");
  const isOut = data["Direction"] === outbound;
  if (!isOut && action === "ConnectionFailed") {
    return dropped("Defender has no row for an inbound connection that was blocked");
  }
  const source = endOf(data, "Source");
  const destination = endOf(data, "Dest");
  // What comes in has the local end as its destination, whatever the names say.
  const [local, remote] = isOut ? [source, destination] : [destination, source];
  const pid = numberOf(data["ProcessId"]);
  const ends = {
    local: `${local.address}:${local.port}`,
    remote: `${remote.address}:${remote.port}`,
  };
  if (context.sawConnection(connectionKey(computer, pid, ends))) {
    return dropped("Sysmon saw the connection too");
  }
  const row = known({
    ActionType: isOut ? action : "InboundConnectionAccepted",
    RemoteIP: remote.address,
    RemotePort: remote.port,
    LocalIP: local.address,
    LocalPort: local.port,
    Protocol: "Tcp",
    LocalIPType: local.address && addressType(local.address),
    RemoteIPType: remote.address && addressType(remote.address),
    ...actorColumns(event, time, context),
  });
  return { kind: "row", table: "DeviceNetworkEvents", time, row };
}

function importListener(event: WindowsEvent, context: RecordingContext): Imported {
  const { data } = event;
  if (data["Protocol"] !== tcp) return dropped("Defender reports TCP alone");
  const time = instantOf(event.time);
  if (time === undefined) return dropped("no time");
  const local = endOf(data, "Source");
  const row = known({
    ActionType: "ListeningConnectionCreated",
    LocalIP: local.address,
    LocalPort: local.port,
    Protocol: "Tcp",
    LocalIPType: local.address && addressType(local.address),
    ...actorColumns(event, time, context),
  });
  return { kind: "row", table: "DeviceNetworkEvents", time, row };
}

function endOf(data: Fields, name: "Source" | "Dest") {
  return { address: addressOf(data[`${name}Address`]), port: numberOf(data[`${name}Port`]) };
}

/** The process of a filtered connection: the log has its path as the kernel writes it, and its id. */
function actorColumns(event: WindowsEvent, time: string, context: RecordingContext) {
  const image = driveOf(event.data["Application"] ?? "");
  const pid = numberOf(event.data["ProcessId"]) ?? 0;
  const process = context.processAt(event.computer, pid, time);
  const isSame = process !== undefined && sameName(process.image, image);
  return initiatingColumns(isSame ? process : { image, pid });
}

function sameName(one: string, other: string): boolean {
  return fileNameOf(one).toLowerCase() === fileNameOf(other).toLowerCase();
}

/** `\device\harddiskvolume4\windows\…` as a path on drive C; which volume is which drive the log does not tell. */
function driveOf(path: string): string {
  return knownText(path)?.replace(/^\\device\\harddiskvolume\d+\\/i, "c:\\") ?? "";
}
