import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { reference } from "../../rules/T1102-web-service/reference.ts";
import { readRule } from "../../src/kql/rules/rule-file.ts";
import type { Row } from "../../src/schema/types.ts";

const file = "rules/T1102-web-service/rule.yaml";
const rule = readRule({ file, text: readFileSync(file, "utf8") }, "T1102-web-service");
const now = "2025-01-15T12:00:00.0000000Z";

const connection: Row = {
  Timestamp: "2025-01-15T11:00:00.0000000Z",
  DeviceId: "d1",
  DeviceName: "ws-1.corp.example",
  ActionType: "ConnectionSuccess",
  RemoteUrl: "pastebin.com",
  RemoteIP: "104.20.67.143",
  RemotePort: 443,
  RemoteIPType: "Public",
  InitiatingProcessFileName: "powershell.exe",
};

const start: Row = {
  Timestamp: "2025-01-15T10:59:58.0000000Z",
  DeviceId: "d1",
  FileName: "powershell.exe",
  ProcessCommandLine: "powershell.exe -nop",
  InitiatingProcessFileName: "winword.exe",
  AccountName: "jdoe",
  SHA256: "ab",
};

/** The reference's rows for one connection and one start that differ from the suspicious pair as given. */
function rowsOf(left: Row, right: Row = {}): readonly Row[] {
  return reference(
    {
      DeviceNetworkEvents: [{ ...connection, ...left }],
      DeviceProcessEvents: [{ ...start, ...right }],
    },
    { now },
  );
}

test("the query is the published one to the letter", () => {
  expect(createHash("sha256").update(rule.kql.text).digest("hex")).toBe(
    "600945bb205038c08f22d50bddd0b3a7120df098ce239627f57061c6199826ce",
  );
  expect(rule.dialect).toBe("defender-xdr");
});

describe("the reference", () => {
  test("takes the process from the right side and everything else from the left", () => {
    expect(rowsOf({})).toEqual([
      {
        Timestamp: "2025-01-15T11:00:00.0000000Z",
        DeviceName: "ws-1.corp.example",
        AccountName: "jdoe",
        FileName: "powershell.exe",
        ProcessCommandLine: "powershell.exe -nop",
        InitiatingProcessFileName: "powershell.exe",
        RemoteUrl: "pastebin.com",
        RemoteIP: "104.20.67.143",
        RemotePort: 443,
        SuspiciousProcess: true,
        ScriptingProcess: false,
        UnusualParent: false,
        SHA256: "ab",
      },
    ]);
  });

  test.each([
    ["pastebin.com", true],
    ["https://PasteBin.com/raw/x", true],
    ["pastebin.com.evil.example", true],
    ["a_pastebin.com_b", true],
    ["x.firebaseio.com:443", true],
    ["notpastebin.com", false],
    ["pastebin.community", false],
    ["épastebin.com", false],
    ["pastebin.com٣", false],
    ["pastebin-com", false],
    ["api-telegram.org", false],
    ["telegram.org", false],
    ["", false],
    [null, false],
  ])("with RemoteUrl %j fires: %s", (RemoteUrl, fires) => {
    expect(rowsOf({ RemoteUrl })).toHaveLength(fires ? 1 : 0);
  });

  test.each([
    ["powershell.exe", true],
    ["Chrome.exe", false],
    ["x-chrome.exe", false],
    ["xchrome.exe", true],
    ["", true],
    [null, true],
  ])("with the connecting process %j fires: %s", (InitiatingProcessFileName, fires) => {
    expect(rowsOf({ InitiatingProcessFileName })).toHaveLength(fires ? 1 : 0);
  });

  test.each([
    ["MSEDGE.EXE", false],
    ["onedrive.exe", false],
    ["OneDrive.exe.bak", true],
    ["my onedrive.exe", true],
    ["", true],
  ])("with the started process %j fires: %s", (FileName, fires) => {
    expect(rowsOf({}, { FileName })).toHaveLength(fires ? 1 : 0);
  });

  test.each([
    ["2025-01-14T12:00:00.0000000Z", false],
    ["2025-01-14T12:00:00.0000001Z", true],
    ["2025-01-16T00:00:00.0000000Z", true],
    [null, false],
  ])("with either event at %j fires: %s", (Timestamp, fires) => {
    expect(rowsOf({ Timestamp })).toHaveLength(fires ? 1 : 0);
    expect(rowsOf({}, { Timestamp })).toHaveLength(fires ? 1 : 0);
  });

  test.each([
    ["WSCRIPT.EXE", "excel.exe", [true, true, true]],
    ["node.exe", "node.exe", [false, true, false]],
    ["rundll32.exe", "rundll32.exe", [true, false, false]],
    ["notepad.exe", "AcroRd32.exe", [false, false, true]],
  ])("flags %s beside a connection of %s", (FileName, InitiatingProcessFileName, flags) => {
    const [row] = rowsOf({ InitiatingProcessFileName }, { FileName });
    expect([row?.["SuspiciousProcess"], row?.["ScriptingProcess"], row?.["UnusualParent"]]).toEqual(
      flags,
    );
  });

  test("pairs every connection with every start of the same device, newest connection first", () => {
    const at = (minute: string, device: string): Row => ({
      ...connection,
      Timestamp: `2025-01-15T11:${minute}:00.0000000Z`,
      RemotePort: Number(minute),
      DeviceId: device,
    });
    const rows = reference(
      {
        DeviceNetworkEvents: [at("01", "d1"), at("03", "d2"), at("02", "d1")],
        DeviceProcessEvents: [
          start,
          start,
          { ...start, DeviceId: "d2" },
          { ...start, DeviceId: "d3" },
        ],
      },
      { now },
    );
    expect(rows.map((row) => row["RemotePort"])).toEqual([3, 2, 2, 1, 1]);
  });

  test("gives no rows without tables", () => {
    expect(reference({}, { now })).toEqual([]);
  });
});
