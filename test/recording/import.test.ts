import { expect, test } from "vitest";
import { importEvents } from "../../src/recording/import-events.ts";
import type { WindowsEvent } from "../../src/recording/windows/windows-event.ts";
import type { Row } from "../../src/schema/types.ts";
import { bundledCatalog } from "../../src/schema/tables.ts";
import { connection, filtered, processStart, query, security, system } from "./recorded.ts";

const guid = "{22222222-6250-6633-0100-000000000100}";

/** Rows that one table gets from `events`. */
function rowsOf(table: string, events: readonly WindowsEvent[]): readonly Row[] {
  return importEvents(events).tables[table] ?? [];
}

const cases: readonly (readonly [
  what: string,
  events: readonly WindowsEvent[],
  table: string,
  row: Row,
])[] = [
  [
    "a process, its folder cut from the start of the command line alone",
    [processStart()],
    "DeviceProcessEvents",
    {
      Timestamp: "2024-05-02T10:00:01.2500000Z",
      DeviceName: "pc1.corp.example",
      ActionType: "ProcessCreated",
      FileName: "cmd.exe",
      FolderPath: "C:\\Windows\\System32\\cmd.exe",
      ProcessCommandLine: '"cmd.exe" /c  dir C:\\Windows\\System32\\cmd.exe',
      SHA1: "ab01",
      SHA256: "ef03",
      MD5: "cd02",
      ProcessVersionInfoProductVersion: "10.0.1",
      AccountDomain: "corp",
      AccountName: "ana",
      LogonId: 999,
      InitiatingProcessFileName: "explorer.exe",
      InitiatingProcessFolderPath: "c:\\windows\\explorer.exe",
      InitiatingProcessId: 3000,
      // The second is in Sysmon's id of the parent: 0x66336200.
      InitiatingProcessCreationTime: "2024-05-02T09:50:56.0000000Z",
    },
  ],
  [
    "a parent's own event tells more than its child's",
    [
      processStart(),
      processStart({
        ProcessGuid: guid,
        ProcessId: "8",
        ParentProcessGuid: "{11111111-6250-6633-0100-000000000100}",
        UtcTime: "2024-05-02 10:00:02",
      }),
    ],
    "DeviceProcessEvents",
    {
      ProcessId: 8,
      InitiatingProcessFileName: "cmd.exe",
      InitiatingProcessSHA1: "ab01",
      InitiatingProcessAccountName: "ana",
      InitiatingProcessParentFileName: "explorer.exe",
      InitiatingProcessCreationTime: "2024-05-02T10:00:01.2500000Z",
    },
  ],
  [
    "a service has one token",
    [processStart({ User: "NT AUTHORITY\\SYSTEM", IntegrityLevel: "System" })],
    "DeviceProcessEvents",
    { AccountSid: "S-1-5-18", ProcessTokenElevation: "TokenElevationTypeDefault" },
  ],
  [
    "somebody who is elevated elsewhere has half a token here",
    [
      processStart({ ProcessGuid: guid, IntegrityLevel: "High" }),
      processStart({ UtcTime: "2024-05-02 10:00:03" }),
    ],
    "DeviceProcessEvents",
    { ProcessIntegrityLevel: "Medium", ProcessTokenElevation: "TokenElevationTypeLimited" },
  ],
  [
    "an app container is of low integrity",
    [processStart({ IntegrityLevel: "AppContainer" })],
    "DeviceProcessEvents",
    { ProcessIntegrityLevel: "Low" },
  ],
  [
    "a connection has the name that was asked for, not the one of its address",
    [
      processStart(),
      query({ UtcTime: "2024-05-02 10:00:02" }),
      connection({ UtcTime: "2024-05-02 10:00:01.9" }),
    ],
    "DeviceNetworkEvents",
    {
      ActionType: "ConnectionSuccess",
      RemoteUrl: "files.corp.example",
      RemoteIP: "198.51.100.7",
      RemotePort: 443,
      LocalPort: 50_001,
      Protocol: "Tcp",
      RemoteIPType: "Public",
      LocalIPType: "Private",
      InitiatingProcessFileName: "cmd.exe",
      InitiatingProcessSHA256: "ef03",
      InitiatingProcessParentFileName: "explorer.exe",
    },
  ],
  [
    "what comes in has its ends the other way round",
    [
      connection({
        Initiated: "false",
        SourceIp: "203.0.113.9",
        SourcePort: "4000",
        DestinationIp: "10.0.0.5",
        DestinationPort: "3389",
      }),
    ],
    "DeviceNetworkEvents",
    {
      ActionType: "InboundConnectionAccepted",
      RemoteIP: "203.0.113.9",
      RemotePort: 4000,
      LocalIP: "10.0.0.5",
      LocalPort: 3389,
    },
  ],
  [
    "IPv6 in its shortest form",
    [connection({ DestinationIp: "2606:4700:0:0:0:0:0:1", SourceIp: "fe80:0:0:0:1:2:3:4" })],
    "DeviceNetworkEvents",
    { RemoteIP: "2606:4700::1", LocalIP: "fe80::1:2:3:4", LocalIPType: "Private" },
  ],
  [
    "a name that was asked for",
    [query()],
    "DeviceEvents",
    {
      ActionType: "DnsQueryResponse",
      AdditionalFields:
        '{"DnsQueryString":"files.corp.example","DnsQueryResult":[{"DnsQueryType":"A","Result":"198.51.100.7"}]}',
      InitiatingProcessFileName: "cmd.exe",
    },
  ],
  [
    "a process of the security log, its service's account behind the computer's",
    [
      security(4688, {
        ...system,
        NewProcessId: "0x7d8",
        NewProcessName: "C:\\Windows\\System32\\sppsvc.exe",
        ProcessId: "0x2b8",
        ParentProcessName: "C:\\Windows\\System32\\services.exe",
        TargetUserName: "PC1$",
        TargetUserSid: "S-1-0-0",
        TargetLogonId: "0x3e4",
        TokenElevationType: "%%1936",
        MandatoryLabel: "S-1-16-16384",
      }),
    ],
    "DeviceProcessEvents",
    {
      FileName: "sppsvc.exe",
      ProcessId: 2008,
      AccountName: "network service",
      AccountSid: "S-1-5-20",
      ProcessIntegrityLevel: "System",
      ProcessTokenElevation: "TokenElevationTypeDefault",
      InitiatingProcessFileName: "services.exe",
      InitiatingProcessId: 696,
      InitiatingProcessAccountName: "system",
    },
  ],
  [
    "a filtered connection, its path on a drive",
    [security(5156, filtered)],
    "DeviceNetworkEvents",
    {
      ActionType: "ConnectionSuccess",
      RemoteIP: "198.51.100.7",
      InitiatingProcessFileName: "svchost.exe",
      InitiatingProcessFolderPath: "c:\\windows\\system32\\svchost.exe",
      InitiatingProcessId: 4004,
    },
  ],
  [
    "a filtered connection that came in: the destination is this device",
    [
      security(5156, {
        ...filtered,
        Direction: "%%14592",
        SourceAddress: "203.0.113.9",
        DestAddress: "10.0.0.5",
      }),
    ],
    "DeviceNetworkEvents",
    { ActionType: "InboundConnectionAccepted", RemoteIP: "203.0.113.9", LocalIP: "10.0.0.5" },
  ],
  [
    "a blocked connection",
    [security(5157, filtered)],
    "DeviceNetworkEvents",
    { ActionType: "ConnectionFailed" },
  ],
  [
    "a port that listens",
    [security(5154, filtered)],
    "DeviceNetworkEvents",
    { ActionType: "ListeningConnectionCreated", LocalPort: 50_002 },
  ],
];

test.each(cases)("%s", (_, events, table, row) => {
  expect(rowsOf(table, events).at(-1)).toMatchObject(row);
});

test("a process that was gone before Sysmon looked leaves its id and nothing else", () => {
  const [row = {}] = rowsOf("DeviceNetworkEvents", [
    connection({ Image: "<unknown process>", User: "" }),
  ]);
  expect(Object.keys(row).filter((column) => column.startsWith("InitiatingProcess"))).toEqual([
    "InitiatingProcessId",
  ]);
});

test("a name that another process or another time asked for is not taken", () => {
  const names = [query({ ProcessGuid: guid }), query({ UtcTime: "2024-05-02 10:05:00" })];
  const [row = {}] = rowsOf("DeviceNetworkEvents", [...names, connection()]);
  expect(row["RemoteUrl"]).toBeUndefined();
});

test("every column is one of its table, and reports count up on a device", () => {
  const { tables } = importEvents([
    processStart(),
    connection(),
    query(),
    security(5156, filtered),
  ]);
  const catalog = bundledCatalog("defender-xdr");
  for (const [table, rows] of Object.entries(tables)) {
    const columns = new Set(catalog.get(table)?.columns.map(({ name }) => name));
    expect(rows.flatMap((row) => Object.keys(row)).filter((name) => !columns.has(name))).toEqual(
      [],
    );
  }
  const reports = Object.values(tables)
    .flat()
    .map((row) => Number(row["ReportId"]));
  expect(reports.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
});
