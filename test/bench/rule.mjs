import { loadProject } from "../../dist/project/project.js";
import { against } from "./against.mjs";
import { now, openEvents, rows } from "./events.mjs";

/** The T1102 rule over a million events in either table, against the SQL that one would write for it by hand. */
export async function ruleBench() {
  const events = await openEvents();
  const [rule] = (await loadProject(".", { rules: ["T1102-web-service"] })).rules;
  const found = await against({ text: rule.kql, byHand, turns: 7 }, events);
  events.database.close();
  return [
    `T1102 over ${rows} + ${rows} rows gives ${found.rows}: ${found.times}`,
    `ratio ${found.ratio.toFixed(2)}`,
  ];
}

const border = "[^0-9A-Za-z]";
const oneOf = (words) =>
  `'(?i)(?:^|${border})(?:${words.join("|").replaceAll(".", "\\.")})(?:$|${border})'`;
const browsers = oneOf([
  "chrome.exe",
  "firefox.exe",
  "msedge.exe",
  "iexplore.exe",
  "safari.exe",
  "opera.exe",
  "brave.exe",
]);
const services = oneOf([
  "pastebin.com",
  "paste.ee",
  "ghostbin.co",
  "api.github.com",
  "raw.githubusercontent.com",
  "gist.github.com",
  "graph.microsoft.com",
  "onedrive.live.com",
  "api.onedrive.com",
  "www.googleapis.com",
  "drive.google.com",
  "storage.googleapis.com",
  "api.dropboxapi.com",
  "content.dropboxapi.com",
  "discord.com",
  "discordapp.com",
  "cdn.discordapp.com",
  "api.telegram.org",
  "slack.com",
  "api.slack.com",
  "firebaseio.com",
  "firebase.googleapis.com",
  "api.notion.so",
  "gitee.com",
  "top4top.io",
]);
const names = (...list) => list.map((name) => `'${name}.exe'`).join(", ");

/** What somebody who knows DuckDB would write: each side filtered before the join, one pattern for each list. */
const byHand = `
WITH net AS NOT MATERIALIZED (
  SELECT Timestamp, DeviceId, DeviceName, InitiatingProcessFileName, RemoteUrl, RemoteIP, RemotePort
  FROM DeviceNetworkEvents
  WHERE Timestamp > ${now} - 864000000000 AND regexp_matches(RemoteUrl, ${services})
    AND NOT regexp_matches(InitiatingProcessFileName, ${browsers})
), proc AS NOT MATERIALIZED (
  SELECT DeviceId, FileName, ProcessCommandLine, AccountName, SHA256, lower(FileName) AS f
  FROM DeviceProcessEvents
  WHERE Timestamp > ${now} - 864000000000 AND NOT regexp_matches(FileName, ${browsers})
    AND lower(FileName) NOT IN (${names("onedrivesetup", "onedrive", "googledrivesync", "dropbox", "slack", "teams", "discord")})
)
SELECT Timestamp, DeviceName, AccountName, FileName, ProcessCommandLine, InitiatingProcessFileName, RemoteUrl, RemoteIP, RemotePort,
  f IN (${names("powershell", "pwsh", "cmd", "wscript", "cscript", "mshta", "rundll32", "regsvr32", "certutil", "bitsadmin", "curl", "wget")}) AS SuspiciousProcess,
  f IN (${names("python", "python3", "ruby", "perl", "node", "wscript", "cscript")}) AS ScriptingProcess,
  lower(InitiatingProcessFileName) IN (${names("winword", "excel", "powerpnt", "outlook", "acrobat", "acrord32")}) AS UnusualParent,
  SHA256
FROM net JOIN proc USING (DeviceId) ORDER BY Timestamp DESC`;
