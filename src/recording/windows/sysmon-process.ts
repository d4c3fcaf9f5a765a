import type { Directory } from "../directory.ts";
import type { AccountFacts, ProcessFacts } from "../process-facts.ts";
import { imageOf, instantOf, knownText, numberOf } from "../text-values.ts";

type Fields = Readonly<Record<string, string>>;

/** The process whose start event 1 tells of. `parent` is what its parent's own event tells; without it there is what the child's does. */
export function createdProcess(
  data: Fields,
  directory: Directory,
  parent: ProcessFacts | undefined,
): ProcessFacts {
  const account = accountOf(data["User"], directory);
  const integrity = integrityOf(data["IntegrityLevel"]);
  return {
    image: imageOf(data["Image"]) ?? "",
    pid: numberOf(data["ProcessId"]) ?? 0,
    created: instantOf(data["UtcTime"]),
    command: knownText(data["CommandLine"]),
    account,
    logonId: numberOf(data["LogonId"]),
    integrity,
    elevation: directory.elevation(account, integrity),
    hashes: hashesOf(data["Hashes"] ?? data["Hash"] ?? ""),
    version: {
      company: data["Company"] ?? "",
      product: data["Product"] ?? "",
      fileVersion: data["FileVersion"] ?? "",
      originalName: data["OriginalFileName"] ?? "",
      description: data["Description"] ?? "",
    },
    parent: parent ?? mentionedParent(data, directory),
  };
}

/** A process that did something, as its event mentions it; undefined where it was gone before Sysmon looked. */
export function mentionedProcess(data: Fields, directory: Directory): ProcessFacts | undefined {
  const image = imageOf(data["Image"]);
  if (image === undefined) return undefined;
  return {
    image,
    pid: numberOf(data["ProcessId"]) ?? 0,
    created: secondOf(data["ProcessGuid"]),
    account: accountOf(data["User"], directory),
  };
}

function mentionedParent(data: Fields, directory: Directory): ProcessFacts | undefined {
  const image = imageOf(data["ParentImage"]);
  const pid = numberOf(data["ParentProcessId"]);
  if (image === undefined || pid === undefined) return undefined;
  return {
    image,
    pid,
    created: secondOf(data["ParentProcessGuid"]),
    command: knownText(data["ParentCommandLine"]),
    account: accountOf(data["ParentUser"], directory),
  };
}

/** When a process started, to the second, as Sysmon's id of it tells: the parts after the first of `{83989F29-7CA8-5F6B-…}` are the Unix time 0x5F6B7CA8. */
export function secondOf(guid: string | undefined): string | undefined {
  const parts = /^\{?[\da-f]{8}-([\da-f]{4})-([\da-f]{4})-/i.exec(guid ?? "");
  if (parts === null) return undefined;
  const seconds = Number.parseInt(`${parts[2]}${parts[1]}`, 16);
  return seconds === 0 ? undefined : instantOf(new Date(seconds * 1000).toISOString());
}

function accountOf(user: string | undefined, directory: Directory): AccountFacts | undefined {
  const parts = /^([^\\]*)\\(.+)$/.exec(user ?? "");
  return parts === null ? undefined : directory.account(parts[1] ?? "", parts[2] ?? "");
}

function integrityOf(text: string | undefined): string | undefined {
  const level = knownText(text);
  return level === "AppContainer" ? "Low" : level;
}

/** `SHA1=…,MD5=…` by name, in Defender's lower case. */
function hashesOf(text: string): Fields {
  const pairs = text.split(",").flatMap((part) => {
    const [name = "", value = ""] = part.split("=");
    return value === "" ? [] : [[name.trim().toUpperCase(), value.trim().toLowerCase()] as const];
  });
  return Object.fromEntries(pairs);
}
