import { expect, test } from "vitest";
import { compareWithTwin } from "../../../src/run/replay/compare-with-twin.ts";
import { matchRoles, roleText } from "../../../src/run/replay/roles.ts";
import type { ScenarioEvent } from "../../../src/scenario/model/types.ts";
import type { Row } from "../../../src/schema/types.ts";

const started = (id: string, row: Row): ScenarioEvent => ({
  id,
  table: "DeviceProcessEvents",
  row,
});
const connected = (id: string, row: Row): ScenarioEvent => ({
  id,
  table: "DeviceNetworkEvents",
  row,
});
const matched = (
  twin: readonly ScenarioEvent[],
  recorded: readonly ScenarioEvent[],
  marker?: string,
) => matchRoles(twin, recorded, marker).map((match) => [match.twin.id, match.recorded?.id]);

test("a process is found by its name, and among those of one name by its parents, command and marker", () => {
  const twin = [
    started("shell", { FileName: "cmd.exe", InitiatingProcessFileName: "WINWORD.EXE" }),
    started("curl", { FileName: "curl.exe", ProcessCommandLine: "curl -s https://a.example/x" }),
  ];
  const recorded = [
    started("1", { FileName: "cmd.exe", InitiatingProcessFileName: "explorer.exe" }),
    started("2", { FileName: "CMD.EXE", InitiatingProcessFileName: "winword.exe" }),
    started("3", { FileName: "curl.exe", ProcessCommandLine: "curl -o https://a.example/y" }),
    started("4", { FileName: "curl.exe", ProcessCommandLine: "curl -s https://a.example/y" }),
    started("5", { FileName: "curl.exe", ProcessCommandLine: "curl run-7" }),
  ];
  expect(matched(twin, recorded)).toEqual([
    ["shell", "2"],
    ["curl", "4"],
  ]);
  expect(matched(twin, recorded, "run-7")).toEqual([
    ["shell", "2"],
    ["curl", "5"],
  ]);
});

test("a connection is found by its host, however it is written", () => {
  const twin = [
    connected("paste", { RemoteUrl: "pastebin.com", InitiatingProcessFileName: "curl" }),
    connected("other", { RemoteUrl: "paste.ee", InitiatingProcessFileName: "curl" }),
  ];
  const recorded = [
    connected("1", { RemoteUrl: "https://PASTEBIN.com/raw/x", InitiatingProcessFileName: "wget" }),
    connected("2", { RemoteUrl: "pastebin.com:443", InitiatingProcessFileName: "curl" }),
    connected("3", { RemoteUrl: "notpaste.ee", InitiatingProcessFileName: "curl" }),
  ];
  expect(matched(twin, recorded)).toEqual([
    ["paste", "2"],
    ["other", undefined],
  ]);
});

test("without a name, the process and the port tell a connection", () => {
  const curl = { RemotePort: 443, InitiatingProcessFileName: "curl" };
  const twin = [connected("paste", { ...curl, RemoteUrl: "pastebin.com" })];
  expect(matched(twin, [connected("1", curl)])).toEqual([["paste", "1"]]);
  expect(matched(twin, [connected("1", { ...curl, RemotePort: 80 })])).toEqual([
    ["paste", undefined],
  ]);
});

test("a recorded row plays one part", () => {
  const twin = [started("a", { FileName: "x" }), started("b", { FileName: "x" })];
  expect(matched(twin, [started("1", { FileName: "x" })])).toEqual([
    ["a", "1"],
    ["b", undefined],
  ]);
});

test("what a role is called", () => {
  expect(roleText(started("", { FileName: "a", InitiatingProcessFileName: "b" }))).toBe("a < b");
  expect(roleText(started("", { FileName: "a" }))).toBe("a");
  expect(roleText(connected("", { RemoteIP: "192.0.2.1", RemotePort: 80 }))).toBe(
    "no process → 192.0.2.1:80",
  );
});

test("columns agree, differ, are missing or extra; empty ones say nothing", () => {
  const twin = [
    started("a", { FileName: "x", ProcessId: 4, SHA1: "aa", AccountName: "system", MD5: "" }),
    { id: "d", table: "DeviceEvents", row: {} },
  ];
  const recorded = [
    started("1", { FileName: "x", ProcessId: 9, AccountName: "ada", LogonId: 7, MD5: null }),
  ];
  const { rows, others } = compareWithTwin("t", { twin, recorded });
  expect(rows[0]?.columns.map(({ column, outcome }) => [column, outcome])).toEqual([
    ["FileName", "equal"],
    ["SHA1", "missing"],
    ["ProcessId", "equal"],
    ["AccountName", "differs"],
    ["LogonId", "extra"],
  ]);
  expect(others).toEqual({ DeviceEvents: 1 });
});
