import { createTable, openDatabase } from "../../dist/engine/database/database.js";
import { defaultLimits } from "../../dist/engine/limits.js";
import { parseInstant } from "../../dist/schema/time.js";

export const rows = 1_000_000;
export const now = parseInstant("2025-01-15T12:00:00Z");

const device = "printf('%040x', i % 20000)";
const time = `${now} - (i % 172800) * 10000000::BIGINT`;
const program =
  "['chrome.exe','svchost.exe','OneDrive.exe','powershell.exe','msedge.exe','Teams.exe','cmd.exe','explorer.exe'][1 + (i * 7919) % 8]";
const host =
  "CASE WHEN i % 997 = 0 THEN 'raw.githubusercontent.com' WHEN i % 991 = 0 THEN 'https://discord.com/api/webhooks/1' ELSE 'host' || (i % 5000) || '.contoso.com' END";
const command =
  "CASE WHEN i % 503 = 0 THEN 'run -EncodedCommand ' || i WHEN i % 509 = 0 THEN 'run -w hidden inventory' ELSE 'run --job ' || (i % 100000) || ' --as ' || CASE WHEN i % 4 = 0 THEN 'svc' ELSE 'user' END || (i % 50) END";
const common = [
  ["Timestamp", "datetime", time],
  ["DeviceId", "string", device],
  ["DeviceName", "string", "'pc' || (i % 20000) || '.contoso.com'"],
];

/** Name, type and SQL of each column; `i` is the number of the row. */
const tables = {
  DeviceNetworkEvents: [
    ...common,
    ["RemoteUrl", "string", host],
    ["RemoteIP", "string", "'203.0.113.' || (i % 250)"],
    ["RemotePort", "int", "443"],
    ["RemoteIPType", "string", "CASE WHEN i % 3 = 0 THEN 'Private' ELSE 'Public' END"],
    ["InitiatingProcessFileName", "string", program],
    ["InitiatingProcessSHA256", "string", "printf('%064x', i % 9000)"],
  ],
  DeviceProcessEvents: [
    ...common,
    ["FileName", "string", program],
    ["ProcessId", "long", "4 * (i % 2000)"],
    ["ProcessCommandLine", "string", command],
    ["InitiatingProcessFileName", "string", "'explorer.exe'"],
    ["AccountName", "string", "'user' || (i % 3000)"],
    [
      "SHA256",
      "string",
      "printf('%064x', CASE WHEN i % 10007 = 0 THEN i // 10007 ELSE 100 + i % 9000 END)",
    ],
  ],
  DeviceLogonEvents: [
    ...common,
    [
      "ActionType",
      "string",
      "CASE WHEN i % 7 < 3 AND i < 900000 THEN 'LogonFailed' ELSE 'LogonSuccess' END",
    ],
    ["LogonType", "string", "['Network', 'RemoteInteractive', 'Service', 'Batch'][1 + i % 4]"],
    ["AccountName", "string", "'user' || (i % 300)"],
    ["RemoteIP", "string", "CASE WHEN i % 5 = 0 THEN '' ELSE '198.51.100.' || (i // 600 % 20) END"],
  ],
  DeviceEvents: [
    ...common,
    [
      "ActionType",
      "string",
      "CASE WHEN i % 3 = 0 THEN 'AmsiScriptDetection' ELSE 'PowerShellCommand' END",
    ],
    [
      "AdditionalFields",
      "string",
      `'{"Severity":' || (i % 5) || ',"Tags":["script","' || CASE WHEN i % 9 = 0 THEN 'Exploit' ELSE 'tool' END || (i % 40) || '"],"Description":"made for a bench"}'`,
    ],
  ],
};

/** A database with a million events in each table, and how they are stored in it. */
export async function openEvents() {
  const database = await openDatabase(defaultLimits);
  const stored = new Map();
  for (const [table, columns] of Object.entries(tables)) {
    const list = columns.map(([name, type]) => ({ name, type }));
    stored.set(table, await createTable(database, table, list));
    const values = columns.map(([, , sql]) => sql).join(", ");
    await database.run(`INSERT INTO ${table} SELECT ${values} FROM range(${rows}) AS r(i)`);
  }
  return { database, stored: (table) => stored.get(table) };
}
