import { expect, test } from "vitest";
import { scenarioFromRows } from "../../src/scenario/from-rows.ts";
import type { Row, Value } from "../../src/schema/types.ts";
import { around, eventsOf, now, text } from "./scenarios.ts";

/** Some columns of each row that a timeline gives. */
function rows(timeline: string, columns: readonly string[], more = ""): readonly unknown[] {
  return eventsOf(around(timeline, more)).map(({ row }) => columns.map((name) => row[name]));
}

const people = "users:\n  alice:\n    name: alice\n  admin:\n    name: root\n    admin: true\n";

test.each<[at: string, timestamp: string]>([
  ["-2h", "2025-01-15T10:34:56.7890123Z"],
  ["-1d6h30m", "2025-01-14T06:04:56.7890123Z"],
  ["-1.5s", "2025-01-15T12:34:55.2890123Z"],
  ["-250ms", "2025-01-15T12:34:56.5390123Z"],
])("`at: %s` is exact", (at, timestamp) => {
  const timeline = `- connection: a.example\n  by: cmd.exe\n  at: ${at}`;
  expect(rows(timeline, ["Timestamp"])).toEqual([[timestamp]]);
});

test("a time with a plus counts from the step before", () => {
  const timeline =
    "- connection: a.example\n  by: cmd.exe\n  at: -1h\n- connection: b.example\n  by: cmd.exe\n  at: +90s";
  expect(rows(timeline, ["Timestamp"])[1]).toEqual(["2025-01-15T11:36:26.7890123Z"]);
});

test.each<[connection: string, url: string | undefined, port: number]>([
  ["connection: pastebin.com", "pastebin.com", 443],
  ["connection: PasteBin.com", "PasteBin.com", 443],
  ["connection: pastebin.com:8443", "pastebin.com", 8443],
  ["connection: http://pastebin.com/raw/x", "pastebin.com", 80],
  ["connection: https://pastebin.com:444/raw/x", "pastebin.com", 444],
  ["connection: https://pastebin.com/raw/x\n  url: full", "https://pastebin.com/raw/x", 443],
  ["connection: pastebin.com\n  url: none", undefined, 443],
  ["connection: a.example\n  url: full", "https://a.example/", 443],
  ["connection: 10.1.2.3:8080", undefined, 8080],
  ["connection: 10.1.2.3\n  url: host", "10.1.2.3", 443],
  ["connection: pastebin.com\n  port: 8080", "pastebin.com", 8080],
])("%s", (connection, url, port) => {
  const columns = ["RemoteUrl", "RemotePort"];
  expect(rows(`- ${connection}\n  by: cmd.exe`, columns)).toEqual([[url, port]]);
});

test("a whole URL comes from network protection, which types no address", () => {
  const timeline = "- connection: https://a.example/\n  by: cmd.exe\n  url: full";
  expect(rows(timeline, ["Protocol", "RemoteIPType"])).toEqual([["TcpV4", undefined]]);
});

test.each<[address: string, type: string]>([
  ["8.8.8.8", "Public"],
  ["198.51.100.7", "Public"],
  ["10.0.0.1", "Private"],
  ["172.16.0.1", "Private"],
  ["172.32.0.1", "Public"],
  ["192.168.255.255", "Private"],
  ["127.0.0.1", "Loopback"],
  ["100.64.0.1", "Reserved"],
  ["169.254.1.1", "Reserved"],
  ["224.0.0.1", "Reserved"],
  ["255.255.255.255", "Broadcast"],
  ["::1", "Loopback"],
  ["fe80::1", "Private"],
  ["fd7a::1", "Private"],
  ["2001:0:53aa::1", "Teredo"],
  ["2606:4700::1", "Public"],
  ["::ffff:10.0.0.1", "FourToSixMapping"],
  ["ff02::1", "Reserved"],
])("%s is %s", (address, type) => {
  const timeline = `- connection: a.example\n  by: cmd.exe\n  address: "${address}"`;
  expect(rows(timeline, ["RemoteIP", "RemoteIPType"])).toEqual([[address, type]]);
});

test.each<[step: string, command: string]>([
  ["process: cmd.exe", '"cmd.exe" '],
  ["process: MsMpEng.exe", '"MsMpEng.exe"'],
  ["process: OneDrive.exe", '"OneDrive.exe" /background'],
  ["process: powershell.exe\n  parent: cmd.exe\n  command: powershell -c x", "powershell  -c x"],
  ["process: powershell.exe\n  command: powershell -c x", "powershell -c x"],
  ["process: C:\\Tools\\a b.exe\n  command: '\"c:\\tools\\a b.exe\" C:\\x'", '"a b.exe" C:\\x'],
  ["process: C:\\Tools\\a.exe\n  command: C:\\Tools\\a.exe", "a.exe"],
  ["process: C:\\Tools\\a.exe\n  command: C:\\Other\\a.exe", "C:\\Other\\a.exe"],
  [
    "process: notepad.exe\n  as: alice\n  command: notepad C:\\Users\\{user}\\{x}",
    "notepad C:\\Users\\alice\\{x}",
  ],
])("command line of %s", (step, command) => {
  const more = step.includes("as:") ? people : "";
  expect(rows(`- ${step}`, ["ProcessCommandLine"], more)).toEqual([[command]]);
});

test("a placeholder in a host is drawn, the same in all that the row says of it", () => {
  const [, dns, tls] = eventsOf(
    around(`- process: C:\\Tools\\{word}.exe
- dns: "{hex:40}.t.{word#zone}.example"
  type: TXT
  answers: ["{alnum:20}"]
  by: cmd.exe
- connection: "https://{word#zone}.example/{hex:4}"
  action: SslConnectionInspected`),
  );
  const asked = /^{"DnsQueryString":"[0-9a-f]{40}\.t\.([a-z]+)\.example".*"Result":"\w{20}"/.exec(
    text(dns?.row ?? {}, "AdditionalFields"),
  );
  expect(JSON.parse(text(tls?.row ?? {}, "AdditionalFields"))).toMatchObject({
    server_name: `${asked?.[1]}.example`,
  });
});

test("what is drawn of a program's path is the same in its command line", () => {
  const [event] = eventsOf(around("- process: C:\\Tools\\{word}.exe"));
  const row = event?.row ?? {};
  expect(text(row, "ProcessCommandLine").trim()).toBe(`"${text(row, "FileName")}"`);
});

test("a named placeholder is one value, an unnamed one a new value each time", () => {
  const timeline =
    "- process: cmd.exe\n  command: a {hex:8#x} {hex:8} {hex:8}\n- process: cmd.exe\n  command: a {hex:8#x}";
  const [[first = ""] = [], [second = ""] = []] = rows(timeline, [
    "ProcessCommandLine",
  ]) as string[][];
  const [, named, one, other] = first.split(" ");
  expect(second).toBe(`a ${named}`);
  expect(new Set([named, one, other]).size).toBe(3);
});

test.each<[step: string, integrity: string, elevation: string, name: string]>([
  ["as: alice", "Medium", "Default", "alice"],
  ["as: alice\n  integrity: High", "High", "Default", "alice"],
  ["as: admin", "Medium", "Limited", "root"],
  ["as: admin\n  integrity: High", "High", "Full", "root"],
  ["as: system", "System", "Default", "system"],
  ["as: network service", "System", "Default", "network service"],
])("a process %s", (step, integrity, elevation, name) => {
  const columns = ["ProcessIntegrityLevel", "ProcessTokenElevation", "AccountName"];
  const timeline = `- process: powershell.exe\n  ${step}`;
  const expected = [integrity, `TokenElevationType${elevation}`, name];
  expect(rows(timeline, columns, people)).toEqual([expected]);
});

test.each<[parent: string, initiating: string, above: string]>([
  ["", "explorer.exe", "userinit.exe"],
  ["parent: cmd.exe", "cmd.exe", "explorer.exe"],
  ["parent: cmd.exe < WINWORD.EXE", "cmd.exe", "WINWORD.EXE"],
  ["parent: C:\\Tools\\a b.exe < cmd.exe /k", "a b.exe", "cmd.exe"],
])("ancestors of a process with `%s`", (parent, initiating, above) => {
  const columns = ["InitiatingProcessFileName", "InitiatingProcessParentFileName"];
  expect(rows(`- process: powershell.exe\n  ${parent}`, columns)).toEqual([[initiating, above]]);
});

test("a chain ends in a step", () => {
  const timeline =
    "- id: word\n  process: WINWORD.EXE\n- process: powershell.exe\n  parent: cmd.exe < word";
  const [first, second] = eventsOf(around(timeline));
  expect(second?.row["InitiatingProcessParentId"]).toBe(first?.row["ProcessId"]);
});

test("the same ancestor without a step is one process", () => {
  const timeline =
    "- process: whoami.exe\n  parent: cmd.exe\n- process: curl.exe\n  parent: cmd.exe";
  const ids = rows(timeline, ["InitiatingProcessId"]);
  expect(ids[0]).toEqual(ids[1]);
});

test("a program's name in another place does not make it that program", () => {
  const own = rows("- process: svchost.exe", ["AccountName", "SHA256"])[0];
  const other = rows("- process: C:\\Temp\\svchost.exe", [
    "AccountName",
    "SHA256",
    "ProcessVersionInfoOriginalFileName",
  ])[0];
  expect(own).toEqual(["system", expect.any(String)]);
  expect(other).not.toEqual(own);
  expect((other as Value[])[2]).toBeUndefined();
});

test("a copy keeps hashes and version information, whatever its name", () => {
  const columns = ["SHA256", "ProcessVersionInfoOriginalFileName", "AccountName"];
  const copy = "- process: C:\\Temp\\jabber.exe\n  copyOf: regsvr32.exe\n  as: alice";
  expect(rows(copy, columns, people)).toEqual(
    rows("- process: regsvr32.exe\n  as: alice", columns, people),
  );
});

test("columns of a step are laid over its row", () => {
  const timeline = `- process: cmd.exe
  columns:
    ProcessCommandLine: x {device}
    LogonId: 5
    AccountUpn: null
    ProcessCreationTime: -3h
    InitiatingProcessCreationTime: 2024-05-01T08:30:00+02:00
    AdditionalFields: { a: [1] }`;
  const [event] = eventsOf(around(timeline, "devices:\n  d:\n    name: Host.Corp.Example\n"));
  expect(event?.row).toMatchObject({
    ProcessCommandLine: "x host.corp.example",
    LogonId: 5,
    ProcessCreationTime: "2025-01-15T09:34:56.7890123Z",
    InitiatingProcessCreationTime: "2024-05-01T06:30:00.0000000Z",
    AdditionalFields: '{"a":[1]}',
  });
  expect(event?.row).not.toHaveProperty("AccountUpn");
});

test("`{user}` and `{device}` are those of the step", () => {
  const more =
    "devices:\n  a:\n    name: a.x\n  b:\n    name: b.x\nusers:\n  u:\n    name: u\n  v:\n    name: v\n";
  const timeline =
    "- process: cmd.exe\n  on: b\n  as: v\n  columns:\n    FileName: '{user} {device}'";
  expect(rows(timeline, ["FileName"], more)).toEqual([["v b.x"]]);
});

test("a row of any table has the columns that every table has", () => {
  const [device, advisory] = eventsOf(
    around(
      "- row: DeviceInfo\n  columns: { OSPlatform: Windows11 }\n- row: DeviceTvmInfoGatheringKB",
    ),
  );
  expect(Object.keys(device?.row ?? {})).toEqual([
    "Timestamp",
    "DeviceId",
    "DeviceName",
    "ReportId",
    "OSPlatform",
  ]);
  expect(advisory?.row).toEqual({});
});

test("a row of a workspace's table has its time; who it is of is written out", () => {
  const [event] = eventsOf(
    around(
      "- row: SecurityEvent\n  at: -1h\n  columns: { Computer: '{device}', EventID: 4624, LogonType: 3 }",
    ),
  );
  const [desk] = eventsOf(around("- row: DeviceInfo\n  at: -1h"));
  expect(event).toEqual({
    id: "row-1",
    table: "SecurityEvent",
    row: {
      TimeGenerated: desk?.row["Timestamp"],
      Computer: desk?.row["DeviceName"],
      EventID: 4624,
      LogonType: 3,
    },
  });
});

test("rows given as they are become events as they are", () => {
  const row: Row = { FileName: "a.exe" };
  const scenario = scenarioFromRows({
    id: "s",
    truth: "benign",
    rows: { DeviceProcessEvents: [row, row], DeviceNetworkEvents: [row] },
  });
  expect(scenario.events({ now })).toEqual([
    { id: "DeviceProcessEvents-1", table: "DeviceProcessEvents", row },
    { id: "DeviceProcessEvents-2", table: "DeviceProcessEvents", row },
    { id: "DeviceNetworkEvents-1", table: "DeviceNetworkEvents", row },
  ]);
  expect(scenario.title).toBe("s");
});
