import { compileQuery } from "../../dist/engine/compile.js";
import { createTable, defaultLimits, openDatabase } from "../../dist/engine/database.js";
import { optimise } from "../../dist/plan/passes/index.js";
import { bundledCatalog } from "../../dist/schema/tables.js";
import { parseInstant } from "../../dist/schema/time.js";
import { loadProject } from "../../dist/run/project.js";
import { columnNames } from "../../dist/sql/names.js";
import { programSql } from "../../dist/sql/program.js";
import { durations, inMs, median } from "./timing.mjs";

const rows = 1_000_000;
const now = parseInstant("2025-01-15T12:00:00Z");

/** The T1102 rule over a million events in either table, against the SQL that one would write for it by hand. */
export async function ruleBench() {
  const database = await openDatabase(defaultLimits);
  const stored = new Map();
  for (const [table, columns] of Object.entries(tables)) {
    const list = columns.map(([name, type]) => ({ name, type }));
    stored.set(table, await createTable(database, table, list));
    const values = columns.map(([, , sql]) => sql).join(", ");
    await database.run(`INSERT INTO ${table} SELECT ${values} FROM range(${rows}) AS r(i)`);
  }
  const program = optimise(compileQuery(ruleText(), bundledCatalog("defender-xdr")));
  const context = {
    now,
    ascii: true,
    names: columnNames(program),
    stored: (table) => stored.get(table),
  };
  const ours = programSql(program, context);
  const answers = [];
  const run = async (sql) => answers.push((await database.read(sql))[0].length);
  await run(ours);
  await run(byHand);
  // In turn, so that whatever else the machine does falls on both.
  const times = { ours: [], byHand: [] };
  for (let turn = 0; turn < 7; turn++) {
    times.ours.push(...(await durations(1, () => run(ours))));
    times.byHand.push(...(await durations(1, () => run(byHand))));
  }
  database.close();
  if (new Set(answers).size !== 1)
    throw new Error(`the two differ: ${[...new Set(answers)].join(", ")} rows`);
  const [a, b] = [median(times.ours), median(times.byHand)];
  return [
    `T1102 over ${rows} + ${rows} rows gives ${answers[0]}: ${inMs(a)}, by hand ${inMs(b)}`,
    `ratio ${(a / b).toFixed(2)}`,
  ];
}

function ruleText() {
  const [rule] = loadProject(".", { rules: ["T1102-web-service"] }).rules;
  return rule.kql;
}

const device = "printf('%040x', i % 20000)";
const time = `${now} - (i % 172800) * 10000000::BIGINT`;
const program =
  "['chrome.exe','svchost.exe','OneDrive.exe','powershell.exe','msedge.exe','Teams.exe','cmd.exe','explorer.exe'][1 + (i * 7919) % 8]";
const host =
  "CASE WHEN i % 997 = 0 THEN 'raw.githubusercontent.com' WHEN i % 991 = 0 THEN 'https://discord.com/api/webhooks/1' ELSE 'host' || (i % 5000) || '.contoso.com' END";

const tables = {
  DeviceNetworkEvents: [
    ["Timestamp", "datetime", time],
    ["DeviceId", "string", device],
    ["DeviceName", "string", "'pc' || (i % 20000) || '.contoso.com'"],
    ["RemoteUrl", "string", host],
    ["RemoteIP", "string", "'203.0.113.' || (i % 250)"],
    ["RemotePort", "int", "443"],
    ["RemoteIPType", "string", "CASE WHEN i % 3 = 0 THEN 'Private' ELSE 'Public' END"],
    ["InitiatingProcessFileName", "string", program],
  ],
  DeviceProcessEvents: [
    ["Timestamp", "datetime", time],
    ["DeviceId", "string", device],
    ["FileName", "string", program],
    ["ProcessId", "long", "4 * (i % 2000)"],
    ["ProcessCommandLine", "string", "'run --job ' || (i % 100000)"],
    ["InitiatingProcessFileName", "string", "'explorer.exe'"],
    ["AccountName", "string", "'user' || (i % 3000)"],
    ["SHA256", "string", "printf('%064x', i % 9000)"],
  ],
};

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
