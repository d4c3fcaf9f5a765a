import { commandLine } from "../scenario/generate/command-line.ts";
import type { Row, Value } from "../schema/types.ts";

/** Whose a process is. Domain and name in lower case, as Defender has them. */
export interface AccountFacts {
  readonly domain: string;
  readonly name: string;
  readonly sid: string;
}

/** What a recording tells of a process; what it does not tell is left out. */
export interface ProcessFacts {
  /** Path of the program, its case kept. */
  readonly image: string;
  readonly pid: number;
  /** ISO 8601. */
  readonly created?: string | undefined;
  readonly command?: string | undefined;
  readonly account?: AccountFacts | undefined;
  readonly logonId?: number | undefined;
  readonly integrity?: string | undefined;
  readonly elevation?: string | undefined;
  readonly hashes?: Readonly<Record<string, string>> | undefined;
  readonly version?: VersionFacts | undefined;
  readonly parent?: ProcessFacts | undefined;
}

export interface VersionFacts {
  readonly company: string;
  readonly product: string;
  readonly fileVersion: string;
  readonly originalName: string;
  readonly description: string;
}

/** The last part of a Windows path. */
export function fileNameOf(image: string): string {
  return image.slice(image.lastIndexOf("\\") + 1);
}

/** Columns of `DeviceProcessEvents` for a process that started, and its creator. */
export function startedColumns(process: ProcessFacts): Row {
  const { image, pid, command, account, hashes, version, parent } = process;
  return known({
    FileName: fileNameOf(image),
    FolderPath: image,
    ...hashColumns("", hashes),
    ...versionColumns("ProcessVersionInfo", version),
    ProcessId: pid,
    ProcessCommandLine: command === undefined ? undefined : sensorCommand(command, image),
    ProcessIntegrityLevel: process.integrity,
    ProcessTokenElevation: process.elevation,
    ProcessCreationTime: process.created,
    AccountDomain: account?.domain,
    AccountName: account?.name,
    AccountSid: account?.sid,
    LogonId: process.logonId,
    ...(parent === undefined ? {} : initiatingColumns(parent)),
    InitiatingProcessLogonId: parent?.logonId,
  });
}

/** Columns that every table has of the process that did something. */
export function initiatingColumns(process: ProcessFacts): Row {
  const { image, pid, command, account, hashes, version, parent } = process;
  return known({
    InitiatingProcessAccountDomain: account?.domain,
    InitiatingProcessAccountName: account?.name,
    InitiatingProcessAccountSid: account?.sid,
    InitiatingProcessIntegrityLevel: process.integrity,
    InitiatingProcessTokenElevation: process.elevation,
    ...hashColumns("InitiatingProcess", hashes),
    ...versionColumns("InitiatingProcessVersionInfo", version),
    InitiatingProcessFileName: image === "" ? undefined : fileNameOf(image),
    InitiatingProcessFolderPath: image === "" ? undefined : image.toLowerCase(),
    InitiatingProcessId: pid,
    InitiatingProcessCommandLine: command === undefined ? undefined : sensorCommand(command, image),
    InitiatingProcessCreationTime: process.created,
    InitiatingProcessParentFileName: parent === undefined ? undefined : fileNameOf(parent.image),
    InitiatingProcessParentId: parent?.pid,
    InitiatingProcessParentCreationTime: parent?.created,
  });
}

/** A row of those values that are known. */
export function known(values: Readonly<Record<string, Value | undefined>>): Row {
  const row: Record<string, Value> = {};
  for (const [column, value] of Object.entries(values)) {
    if (value !== undefined) row[column] = value;
  }
  return row;
}

function sensorCommand(command: string, image: string): string {
  return commandLine(command, { path: image, name: fileNameOf(image) });
}

function hashColumns(
  prefix: string,
  hashes: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string | undefined>> {
  return {
    [`${prefix}SHA1`]: hashes["SHA1"],
    [`${prefix}SHA256`]: hashes["SHA256"],
    [`${prefix}MD5`]: hashes["MD5"],
  };
}

function versionColumns(
  prefix: string,
  version: VersionFacts | undefined,
): Readonly<Record<string, string | undefined>> {
  const orNothing = (text: string | undefined): string | undefined =>
    text === undefined || text === "" || text === "-" || text === "?" ? undefined : text;
  return {
    [`${prefix}CompanyName`]: orNothing(version?.company),
    [`${prefix}ProductName`]: orNothing(version?.product),
    [`${prefix}ProductVersion`]: orNothing(version?.fileVersion)?.split(" ")[0],
    [`${prefix}OriginalFileName`]: orNothing(version?.originalName),
    [`${prefix}FileDescription`]: orNothing(version?.description),
  };
}
