import type { Row, Value } from "../../src/schema/types.ts";
import { text } from "./scenarios.ts";

/** Columns of a process's own row, each with the one in which other rows tell the same of it. */
const initiating = [
  ["FileName", "InitiatingProcessFileName"],
  ["FolderPath", "InitiatingProcessFolderPath"],
  ["ProcessId", "InitiatingProcessId"],
  ["ProcessCommandLine", "InitiatingProcessCommandLine"],
  ["ProcessCreationTime", "InitiatingProcessCreationTime"],
  ["ProcessUniqueId", "InitiatingProcessUniqueId"],
  ["ProcessIntegrityLevel", "InitiatingProcessIntegrityLevel"],
  ["ProcessTokenElevation", "InitiatingProcessTokenElevation"],
  ["AccountName", "InitiatingProcessAccountName"],
  ["AccountDomain", "InitiatingProcessAccountDomain"],
  ["AccountSid", "InitiatingProcessAccountSid"],
  ["SHA1", "InitiatingProcessSHA1"],
  ["SHA256", "InitiatingProcessSHA256"],
  ["MD5", "InitiatingProcessMD5"],
  ["FileSize", "InitiatingProcessFileSize"],
  ["ProcessVersionInfoOriginalFileName", "InitiatingProcessVersionInfoOriginalFileName"],
  ["InitiatingProcessFileName", "InitiatingProcessParentFileName"],
  ["InitiatingProcessId", "InitiatingProcessParentId"],
  ["InitiatingProcessCreationTime", "InitiatingProcessParentCreationTime"],
] as const;

/** A process's own row as another row would tell of it. */
export function asInitiating(row: Row): Row {
  const path = text(row, "FolderPath").toLowerCase();
  const told = initiating.map(([own, told]) => [told, own === "FolderPath" ? path : row[own]]);
  return { DeviceId: text(row, "DeviceId"), ...Object.fromEntries(told) };
}

/** What `row` tells of its initiating process. */
export function onlyProcess(row: Row): Readonly<Record<string, Value | undefined>> {
  const told = Object.fromEntries(initiating.map(([, column]) => [column, row[column]]));
  // Loaded images tell the name in lower case.
  return {
    ...told,
    InitiatingProcessFileName: text(row, "InitiatingProcessFileName").toLowerCase(),
  };
}
