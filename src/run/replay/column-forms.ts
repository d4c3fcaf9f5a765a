/** How the values of a column in a recording and in its twin are compared. */
export type ColumnForm =
  | "value"
  | "instant"
  | "number"
  | "port"
  | "hex"
  | "guid"
  | "address"
  | "name"
  | "account"
  | "sid"
  | "path"
  | "command"
  | "version"
  | "fields";

interface ColumnRule {
  readonly form: ColumnForm;
  /** Why the value itself may differ. */
  readonly reason: string;
}

const run = "each run has its own";
const lab = "the lab has its own";
const version = "another version of the program has its own";
const word = "names of files, users and pages differ from run to run";

/**
 * Columns whose values differ between a recording and its twin though both tell the same, without the prefixes
 * `InitiatingProcess` and `InitiatingProcessParent`. A column that is not here is compared by its value.
 */
// oxfmt-ignore
const rules: Readonly<Record<string, ColumnRule>> = {
  Timestamp: { form: "instant", reason: run },
  ProcessCreationTime: { form: "instant", reason: run },
  CreationTime: { form: "instant", reason: run },
  ReportId: { form: "number", reason: run },
  ProcessId: { form: "number", reason: run },
  Id: { form: "number", reason: run },
  ProcessUniqueId: { form: "number", reason: run },
  UniqueId: { form: "number", reason: run },
  LogonId: { form: "number", reason: run },
  LogonID: { form: "number", reason: run },
  SessionId: { form: "number", reason: run },
  CreatedProcessSessionId: { form: "number", reason: run },
  LocalPort: { form: "port", reason: run },
  AppGuardContainerId: { form: "guid", reason: run },
  DeviceId: { form: "hex", reason: lab },
  DeviceName: { form: "name", reason: lab },
  RemoteDeviceName: { form: "name", reason: lab },
  RemoteSessionDeviceName: { form: "name", reason: lab },
  ProcessRemoteSessionDeviceName: { form: "name", reason: lab },
  LocalIP: { form: "address", reason: lab },
  RemoteSessionIP: { form: "address", reason: lab },
  ProcessRemoteSessionIP: { form: "address", reason: lab },
  RemoteIP: { form: "address", reason: "in a lab the name leads to a sinkhole" },
  RemoteIPType: { form: "name", reason: "in a lab the name leads to a sinkhole, whose address is private" },
  AccountName: { form: "account", reason: lab },
  AccountDomain: { form: "account", reason: lab },
  AccountUpn: { form: "name", reason: lab },
  AccountObjectId: { form: "guid", reason: lab },
  AccountSid: { form: "sid", reason: lab },
  SHA1: { form: "hex", reason: version },
  SHA256: { form: "hex", reason: version },
  MD5: { form: "hex", reason: version },
  FileSize: { form: "number", reason: version },
  VersionInfoProductVersion: { form: "version", reason: version },
  ProcessVersionInfoProductVersion: { form: "version", reason: version },
  FolderPath: { form: "path", reason: word },
  ProcessCommandLine: { form: "command", reason: `${word}; quotes are the shell's` },
  CommandLine: { form: "command", reason: `${word}; quotes are the shell's` },
  AdditionalFields: { form: "fields", reason: "its values are of this one event" },
};

/** How `column` is compared, and why so where it is not by its value. */
export function columnRule(column: string): ColumnRule {
  const own = rules[column] ?? rules[column.replace(/^(Is)?InitiatingProcess(Parent)?/, "")];
  return own ?? { form: "value", reason: "" };
}
