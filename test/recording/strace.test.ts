import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readLiteral, readList, straceEntries } from "../../src/recording/linux/strace-lines.ts";
import { importStrace, type TracedMachine } from "../../src/recording/linux/import-strace.ts";
import { bundledCatalog } from "../../src/schema/tables.ts";
import type { Row } from "../../src/schema/types.ts";

const machine: TracedMachine = {
  device: "Lab-1",
  account: "root",
  names: new Map([
    ["172.18.0.2", ["pastebin.com"]],
    ["172.18.0.3", ["paste.ee"]],
    ["172.18.0.9", ["a.example", "b.example"]],
  ]),
};

/** What strace wrote of curl, wget, python3 and shells in a container whose network has two sinkholes. */
const recorded = readFileSync(new URL("lab.strace", import.meta.url), "utf8");

test("a trace that was recorded in a lab", () => {
  const { tables, counts } = importStrace(recorded, machine);
  const pick = (table: string, columns: readonly string[]) =>
    tables[table]?.map((row) => columns.map((column) => row[column]));
  // oxfmt-ignore
  expect(pick("DeviceProcessEvents", ["FolderPath", "ProcessId", "ProcessCommandLine", "InitiatingProcessId", "InitiatingProcessCommandLine"])).toEqual([
    ["/usr/bin/sh", 1041, "sh /x/cmd.sh", undefined, undefined],
    ["/usr/bin/curl", 1042, "curl -fsS --max-time 20 -o /tmp/run-7.txt https://pastebin.com/raw/run-7", 1041, "sh /x/cmd.sh"],
    ["/usr/bin/wget", 1044, "wget -q --timeout=20 --tries=1 -O /tmp/w.txt https://paste.ee/r/run-7/0", 1041, "sh /x/cmd.sh"],
    ["/usr/bin/python3", 1045, 'python3 -c import urllib.request; urllib.request.urlopen("https://pastebin.com/raw/py").read()', 1041, "sh /x/cmd.sh"],
    ["/usr/bin/curl", 1046, "curl -sS --max-time 2 http://pastebin.com:81/closed", 1041, "sh /x/cmd.sh"],
    ["/usr/bin/sh", 1048, 'sh -c exec echo "a b"', 1041, "sh /x/cmd.sh"],
    ["/usr/bin/echo", 1048, "echo a b", 1048, 'sh -c exec echo "a b"'],
    ["/usr/bin/python3", 1049, 'python3 -c import socket; socket.create_connection(("pastebin.com", 443)).close() é tab\tand \\ quote"', 1041, "sh /x/cmd.sh"],
  ]);
  // oxfmt-ignore
  expect(pick("DeviceNetworkEvents", ["ActionType", "RemoteUrl", "RemoteIP", "RemotePort", "LocalIP", "LocalPort", "InitiatingProcessId"])).toEqual([
    ["ConnectionSuccess", "pastebin.com", "172.18.0.2", 443, "172.18.0.4", 52308, 1042],
    ["ConnectionSuccess", "paste.ee", "172.18.0.3", 443, undefined, undefined, 1044],
    ["ConnectionSuccess", "pastebin.com", "172.18.0.2", 443, "172.18.0.4", 52320, 1045],
    ["ConnectionFailed", "pastebin.com", "172.18.0.2", 81, undefined, undefined, 1046],
    ["ConnectionSuccess", "pastebin.com", "172.18.0.2", 443, undefined, undefined, 1049],
  ]);
  // oxfmt-ignore
  expect(counts).toEqual([
    { call: "connect", read: 19, rows: 5, dropped: { "Defender reports TCP alone": 14 } },
    { call: "execve", read: 11, rows: 8, dropped: { "the program did not start": 3 } },
  ]);
});

test("a whole row of each table, with columns that the tables have", () => {
  const { tables } = importStrace(recorded, machine);
  expect(tables["DeviceNetworkEvents"]?.[0]).toEqual({
    Timestamp: "2026-11-24T11:35:07.3177380Z",
    DeviceId: "aded36312a2fd0a0d4968bc4f93ea85530483f9c",
    DeviceName: "lab-1",
    ActionType: "ConnectionSuccess",
    RemoteIP: "172.18.0.2",
    RemotePort: 443,
    RemoteUrl: "pastebin.com",
    LocalIP: "172.18.0.4",
    LocalPort: 52308,
    Protocol: "Tcp",
    LocalIPType: "Private",
    RemoteIPType: "Private",
    InitiatingProcessFileName: "curl",
    InitiatingProcessFolderPath: "/usr/bin/curl",
    InitiatingProcessId: 1042,
    InitiatingProcessCommandLine:
      "curl -fsS --max-time 20 -o /tmp/run-7.txt https://pastebin.com/raw/run-7",
    InitiatingProcessCreationTime: "2026-11-24T11:35:07.2641140Z",
    InitiatingProcessAccountName: "root",
    InitiatingProcessParentFileName: "sh",
    InitiatingProcessParentId: 1041,
    InitiatingProcessParentCreationTime: "2026-11-24T11:35:07.2472860Z",
    ReportId: 3,
  });
  for (const [table, rows] of Object.entries(tables)) {
    const { columns = [] } = bundledCatalog("defender-xdr").get(table) ?? {};
    const names = new Set(columns.map(({ name }) => name));
    expect(rows.flatMap((row) => Object.keys(row)).filter((name) => !names.has(name))).toEqual([]);
  }
});

/** Columns that a row has, or must not have. */
type Expected = Readonly<Record<string, Row[string] | undefined>> | string;

/** The first row that `lines` give, or the reason why there is none. */
function outcomeOf(
  lines: readonly string[],
  { table, call }: { readonly table: string; readonly call: string },
): Row | string {
  const { tables, counts } = importStrace(`${lines.join("\n")}\n`, machine);
  const dropped = counts.find((count) => count.call === call)?.dropped ?? {};
  return tables[table]?.[0] ?? Object.keys(dropped).join(", ");
}

/** `outcome` with what is expected of it. */
function like(outcome: Row | string, expected: Expected): Expected {
  if (typeof expected === "string" || typeof outcome === "string") return expected;
  return { ...outcome, ...expected };
}

const sh = '10 1.0 execve("/bin/sh", ["sh"], 0x1 /* 5 vars */) = 0';
const tcp = (socket: string, host: string, result: string): string =>
  `${socket}, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("${host}")}, 16) = ${result}`;

// oxfmt-ignore
const connections: readonly (readonly [string, readonly string[], Expected])[] = [
  ["a name of its own", [`10 2.5 connect(3<TCP:[7]>${tcp("", "172.18.0.2", "0")}`], { Timestamp: "1970-01-01T00:00:02.5000000Z", RemoteUrl: "pastebin.com", ActionType: "ConnectionSuccess" }],
  ["an address of several names", [`10 2.0 connect(3<TCP:[7]>${tcp("", "172.18.0.9", "0")}`], { RemoteIP: "172.18.0.9", RemoteUrl: undefined }],
  ["an address without one", [`10 2.0 connect(3<TCP:[7]>${tcp("", "8.8.8.8", "0")}`], { RemoteIPType: "Public", RemoteUrl: undefined }],
  ["IPv6", ['10 2.0 connect(3<TCPv6:[7]>, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0', "10 3.0 getsockname(3<TCPv6:[[::1]:4000->[::1]:80]>, 0x1, [16]) = 0"], { RemoteIP: "::1", RemotePort: 80, LocalIP: "::1", LocalPort: 4000 }],
  ["refused at once", [`10 2.0 connect(3<TCP:[7]>${tcp("", "172.18.0.2", "-1 ECONNREFUSED (Connection refused)")}`], { ActionType: "ConnectionFailed" }],
  ["refused later", [`10 2.0 connect(3<TCP:[7]>${tcp("", "172.18.0.2", "-1 EINPROGRESS (Operation now in progress)")}`, "10 3.0 getsockopt(3<TCP:[7]>, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0"], { ActionType: "ConnectionFailed" }],
  ["a socket that is used again", [`10 2.0 connect(3<TCP:[7]>${tcp("", "172.18.0.2", "0")}`, `10 3.0 connect(3<TCP:[8]>${tcp("", "172.18.0.3", "0")}`, "10 4.0 sendto(3<TCP:[10.0.0.1:5->172.18.0.3:443]>, \"x\", 1, 0, NULL, 0) = 1"], { RemoteIP: "172.18.0.2", LocalPort: undefined }],
  ["of a thread", ["10 2.0 clone(child_stack=0x1, flags=CLONE_VM|CLONE_THREAD, parent_tid=[11]) = 11", `11 3.0 connect(3<TCP:[7]>${tcp("", "172.18.0.2", "0")}`], { InitiatingProcessId: 10, InitiatingProcessFileName: "sh" }],
  ["of a copy, before the call that made it came back", ["10 2.0 fork( <unfinished ...>", `11 3.0 connect(3<TCP:[7]>${tcp("", "172.18.0.2", "0")}`, "10 4.0 <... fork resumed>) = 11"], { InitiatingProcessId: 11, InitiatingProcessFileName: "sh", InitiatingProcessParentId: 10, InitiatingProcessCreationTime: undefined }],
  ["without an end", [`10 2.0 connect(3<TCP:[7]>${tcp("", "172.18.0.2", "-1 EINPROGRESS (Operation now in progress)")}`], "how it ended was not recorded"],
  ["cut off", ['10 2.0 connect(3<TCP:[7]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("172.18.0.2")}, 16 <unfinished ...>'], "how it ended was not recorded"],
  ["asked for again", [`10 2.0 connect(3<TCP:[7]>${tcp("", "172.18.0.2", "-1 EALREADY (Operation already in progress)")}`], "the socket was connected already"],
  ["UDP", [`10 2.0 connect(3<UDP:[7]>${tcp("", "172.18.0.2", "0")}`], "Defender reports TCP alone"],
  ["of an unknown process", [`99 2.0 connect(3<TCP:[7]>${tcp("", "172.18.0.2", "0")}`], "the program of its process was not seen to start"],
];

test.each(connections)("a connection: %s", (_, lines, expected) => {
  const outcome = outcomeOf([sh, ...lines], { table: "DeviceNetworkEvents", call: "connect" });
  expect(outcome).toEqual(like(outcome, expected));
});

// oxfmt-ignore
test.each<[string, string, Expected]>([
  ["a text that looks like an end", String.raw`10 1.0 execve("/bin/echo", ["echo", "a\") = 0 <unfinished ...>"], 0x1) = 0`, { ProcessCommandLine: 'echo a") = 0 <unfinished ...>' }],
  ["below a folder", '10 1.0 execveat(AT_FDCWD</opt>, "bin/x", ["x"], 0x1, 0) = 0', { FolderPath: "/opt/bin/x", FileName: "x" }],
  ["an open file", '10 1.0 execveat(3</opt/x>, "", ["x"], 0x1, AT_EMPTY_PATH) = 0', { FolderPath: "/opt/x" }],
  ["a cut argument", '10 1.0 execve("/bin/x", ["x", "aaa"...], 0x1) = 0', "strace cut its arguments short"],
  ["a cut list", '10 1.0 execve("/bin/x", ["x", "a", ...], 0x1) = 0', "strace cut its arguments short"],
  ["no such program", '10 1.0 execve("/bin/x", ["x"], 0x1) = -1 ENOENT (No such file or directory)', "the program did not start"],
])("a start: %s", (_, line, expected) => {
  const call = line.includes("execveat") ? "execveat" : "execve";
  const outcome = outcomeOf([line], { table: "DeviceProcessEvents", call });
  expect(outcome).toEqual(like(outcome, expected));
});

test("what cannot be read is counted", () => {
  const { counts } = importStrace("nonsense\n10 1.0 <... read resumed>) = 1\n10 1.0 x\n", machine);
  expect(counts).toEqual([
    { call: "unreadable line", read: 3, rows: 0, dropped: { "no call can be read in it": 3 } },
  ]);
});

test("exits and signals are no calls", () => {
  const notes = "10 1.0 +++ exited with 0 +++\n10 1.0 --- SIGCHLD {si_signo=SIGCHLD} ---\n";
  expect(straceEntries(notes)).toEqual([{ kind: "note" }, { kind: "note" }]);
});

// oxfmt-ignore
test.each([
  [String.raw`"a\tb\n\"\\"`, 'a\tb\n"\\'],
  [String.raw`"\303\251"`, "é"],
  [String.raw`"\0"`, "\0"],
  [String.raw`"\1770"`, "\u007f0"],
  [String.raw`"\xc3\xa9"`, "é"],
  ['""', ""],
])("%s", (text, value) => {
  expect(readLiteral(text, 0)).toEqual({ value, end: text.length, isCut: false });
});

test("lists", () => {
  expect(readList("[]", 0)).toEqual({ values: [], isCut: false });
  expect(readList('["a", "b"]', 0)).toEqual({ values: ["a", "b"], isCut: false });
  expect(readList("0x1", 0)).toBeUndefined();
  expect(readList('["a"', 0)).toBeUndefined();
});
