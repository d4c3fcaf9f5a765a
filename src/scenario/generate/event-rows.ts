import { bundledCatalog } from "../../schema/tables.ts";
import { formatInstant } from "../../schema/time.ts";
import type { KqlType, Value } from "../../schema/types.ts";
import type { FileFacts } from "./file-facts.ts";
import type { Process } from "./processes.ts";
import type { Device } from "./incident-world.ts";

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
  setInitiating(row, parent, { clock });
  row["InitiatingProcessLogonId"] = parent.logonId;
  const { path, version } = parent.file;
  if (version !== undefined && path.toLowerCase().startsWith("c:\\windows\\")) {
    row["InitiatingProcessSignerType"] = "OsVendor";
    row["InitiatingProcessSignatureStatus"] = "Valid";
  }
}

/** What a table has of the process that did something; `hasToken` is false for `DeviceEvents`, which tells of its logon instead. */
export function setInitiating(
  row: Columns,
  process: Process,
  { clock, hasToken = true }: { readonly clock: Clock; readonly hasToken?: boolean },
): void {
  const { file, parent, account } = process;
  row["InitiatingProcessAccountDomain"] = account.domain;
  row["InitiatingProcessAccountName"] = account.name;
  row["InitiatingProcessAccountSid"] = account.sid;
  if (account.upn !== undefined) row["InitiatingProcessAccountUpn"] = account.upn;
  if (account.objectId !== undefined) row["InitiatingProcessAccountObjectId"] = account.objectId;
  if (hasToken) {
    row["InitiatingProcessIntegrityLevel"] = process.integrity;
    row["InitiatingProcessTokenElevation"] = process.elevation;
  } else {
    row["InitiatingProcessLogonId"] = process.logonId;
  }
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

/** Where and when something is seen. */
export interface Sighting {
  readonly device: Device;
  /** Absent where no process is known. */
  readonly process: Process | undefined;
  /** Ticks relative to now. */
  readonly time: number;
}

/** The columns that every table of a device's events begins with. */
export function deviceRow({ device, time }: Sighting, action: string, clock: Clock): Columns {
  return {
    Timestamp: clock(time),
    DeviceId: device.id,
    DeviceName: device.name,
    ActionType: action,
  };
}

const types = new Map<string, ReadonlyMap<string, KqlType>>();

/** The type of a table's column; undefined where it has no such column. */
export function columnType(table: string, column: string): KqlType | undefined {
  let known = types.get(table);
  if (known === undefined) {
    const columns = bundledCatalog("defender-xdr").get(table)?.columns ?? [];
    known = new Map(columns.map(({ name, type }) => [name, type]));
    types.set(table, known);
  }
  return known.get(column);
}

/** The columns of a bundled table in Microsoft's order; none where there is no such table. */
export function columnNamesOf(table: string): readonly string[] {
  let names = namesByTable.get(table);
  if (names === undefined) {
    names = (bundledCatalog("defender-xdr").get(table)?.columns ?? []).map(({ name }) => name);
    namesByTable.set(table, names);
  }
  return names;
}

const namesByTable = new Map<string, readonly string[]>();

/** The row of what a process did. Columns that nothing is known of are left out. */
export function actionRow(seen: Sighting, action: string, clock: Clock): Columns {
  const row = deviceRow(seen, action, clock);
  if (seen.process !== undefined) setInitiating(row, seen.process, { clock });
  return row;
}

/** The same in `DeviceEvents`. */
export function deviceEventRow(seen: Sighting, action: string, clock: Clock): Columns {
  const row = deviceRow(seen, action, clock);
  if (seen.process !== undefined) setInitiating(row, seen.process, { clock, hasToken: false });
  return row;
}

/** What is known of the file that a row is about. */
export function setFile(row: Columns, file: FileFacts): void {
  row["FileName"] = file.name;
  row["FolderPath"] = file.path;
  row["SHA1"] = file.sha1;
  row["SHA256"] = file.sha256;
  row["MD5"] = file.md5;
  row["FileSize"] = file.size;
}
