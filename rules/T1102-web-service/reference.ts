import type { Reference, Row } from "kqltest";

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const browsers = words(`
  chrome.exe firefox.exe msedge.exe iexplore.exe safari.exe opera.exe brave.exe
`);

const webServices = words(`
  pastebin.com paste.ee ghostbin.co
  api.github.com raw.githubusercontent.com gist.github.com
  graph.microsoft.com onedrive.live.com api.onedrive.com
  www.googleapis.com drive.google.com storage.googleapis.com
  api.dropboxapi.com content.dropboxapi.com
  discord.com discordapp.com cdn.discordapp.com
  api.telegram.org slack.com api.slack.com
  firebaseio.com firebase.googleapis.com
  api.notion.so gitee.com top4top.io
`);

const syncClients = words(`
  OneDriveSetup.exe OneDrive.exe googledrivesync.exe dropbox.exe slack.exe teams.exe discord.exe
`);

const suspicious = words(`
  powershell.exe pwsh.exe cmd.exe wscript.exe cscript.exe mshta.exe
  rundll32.exe regsvr32.exe certutil.exe bitsadmin.exe curl.exe wget.exe
`);

const scripting = words(`
  python.exe python3.exe ruby.exe perl.exe node.exe wscript.exe cscript.exe
`);

const unusualParents = words(`
  winword.exe excel.exe powerpnt.exe outlook.exe acrobat.exe acrord32.exe
`);

/** What the rule's KQL means, said without KQL: every suspect connection beside every process start of its device. */
export const reference: Reference = (tables, { now }) => {
  const isRecent = within24Hours(now);
  const connections = (tables["DeviceNetworkEvents"] ?? []).filter(
    // The rule's own "or a public address" changes nothing: it asks for the domain once more later.
    (row) =>
      isWebService(text(row, "RemoteUrl")) &&
      !isBrowser(text(row, "InitiatingProcessFileName")) &&
      isRecent(row),
  );
  const starts = (tables["DeviceProcessEvents"] ?? []).filter((row) => {
    const name = text(row, "FileName");
    return !isBrowser(name) && !isOneOf(name, syncClients) && isRecent(row);
  });
  const startsOf = byDevice(starts);
  return connections
    .flatMap((connection) =>
      (startsOf.get(text(connection, "DeviceId")) ?? []).map((start) => pair(connection, start)),
    )
    .toSorted((a, b) => compareNewestFirst(text(a, "Timestamp"), text(b, "Timestamp")));
};

function pair(connection: Row, start: Row): Row {
  const started = text(start, "FileName");
  // After the join this name is the connecting process; the parent of the started one is lost.
  const connecting = text(connection, "InitiatingProcessFileName");
  return {
    Timestamp: connection["Timestamp"] ?? null,
    DeviceName: text(connection, "DeviceName"),
    AccountName: text(start, "AccountName"),
    FileName: started,
    ProcessCommandLine: text(start, "ProcessCommandLine"),
    InitiatingProcessFileName: connecting,
    RemoteUrl: text(connection, "RemoteUrl"),
    RemoteIP: text(connection, "RemoteIP"),
    RemotePort: connection["RemotePort"] ?? null,
    SuspiciousProcess: isOneOf(started, suspicious),
    ScriptingProcess: isOneOf(started, scripting),
    UnusualParent: isOneOf(connecting, unusualParents),
    SHA256: text(start, "SHA256"),
  };
}

const isBrowser = hasAny(browsers);
const isWebService = hasAny(webServices);

/** `has_any`: one of `terms` stands in the text, case ignored, with no letter or digit right before or behind it. */
function hasAny(terms: readonly string[]): (text: string) => boolean {
  const alternatives = terms.map((term) => term.replaceAll(".", "\\.")).join("|");
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives})(?![\\p{L}\\p{N}])`, "iu");
  return (text) => pattern.test(text);
}

/** `in~`. */
function isOneOf(name: string, names: readonly string[]): boolean {
  return names.some((candidate) => candidate.toLowerCase() === name.toLowerCase());
}

/** A column of type string is never null in KQL: what is missing is the empty text. */
function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : "";
}

function byDevice(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const device = text(row, "DeviceId");
    const group = groups.get(device);
    if (group === undefined) groups.set(device, [row]);
    else group.push(row);
  }
  return groups;
}

/** `Timestamp > ago(24h)`; a row without a time is not recent. */
function within24Hours(now: string): (row: Row) => boolean {
  const since = instant(now) - 24n * 60n * 60n * 10_000_000n;
  return (row) => text(row, "Timestamp") !== "" && instant(text(row, "Timestamp")) > since;
}

function compareNewestFirst(a: string, b: string): number {
  const [left, right] = [instant(a), instant(b)];
  return left === right ? 0 : left > right ? -1 : 1;
}

/** An ISO 8601 instant in UTC, in units of 100 ns: `Date` alone would drop what is finer than a millisecond. */
function instant(iso: string): bigint {
  const [seconds = "", fraction = ""] = iso.replace(/Z$/, "").split(".");
  return BigInt(Date.parse(`${seconds}Z`)) * 10_000n + BigInt(fraction.padEnd(7, "0"));
}
