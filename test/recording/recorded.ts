import type { WindowsEvent } from "../../src/recording/windows/windows-event.ts";

type Fields = Readonly<Record<string, string>>;

let record = 0;

/** An event of Sysmon on one device, a second after the hour unless its fields say otherwise. */
export function sysmon(id: number, data: Fields, computer = "PC1.corp.example"): WindowsEvent {
  record += 1;
  const fields = { UtcTime: "2024-05-02 10:00:01.250", ...data };
  return { log: "sysmon", id, computer, time: "", record: String(record), data: fields, line: 1 };
}

/** An event of the security log on one device. */
export function security(id: number, data: Fields, time = "2024-05-02T10:00:01.5Z"): WindowsEvent {
  record += 1;
  const computer = "PC1.corp.example";
  return { log: "security", id, computer, time, record: String(record), data, line: 1 };
}

/** Event 1: cmd.exe below explorer.exe, with `changes`. */
export function processStart(changes: Fields = {}): WindowsEvent {
  return sysmon(1, {
    ProcessGuid: "{11111111-6250-6633-0100-000000000100}",
    ProcessId: "4004",
    Image: "C:\\Windows\\System32\\cmd.exe",
    CommandLine: '"C:\\Windows\\System32\\cmd.exe" /c  dir C:\\Windows\\System32\\cmd.exe',
    User: "CORP\\Ana",
    LogonId: "0x3e7",
    IntegrityLevel: "Medium",
    Hashes: "SHA1=AB01,MD5=CD02,SHA256=EF03,IMPHASH=00",
    Company: "Microsoft Corporation",
    Product: "-",
    FileVersion: "10.0.1 (WinBuild.160101.0800)",
    OriginalFileName: "Cmd.Exe",
    Description: "?",
    ParentProcessGuid: "{11111111-6200-6633-0200-000000000100}",
    ParentProcessId: "3000",
    ParentImage: "C:\\Windows\\explorer.exe",
    ParentCommandLine: "C:\\Windows\\Explorer.EXE",
    ...changes,
  });
}

/** Event 3: that cmd.exe connects, with `changes`. */
export function connection(changes: Fields = {}): WindowsEvent {
  return sysmon(3, {
    ProcessGuid: "{11111111-6250-6633-0100-000000000100}",
    ProcessId: "4004",
    Image: "C:\\Windows\\System32\\cmd.exe",
    User: "CORP\\Ana",
    Protocol: "tcp",
    Initiated: "true",
    SourceIp: "10.0.0.5",
    SourcePort: "50001",
    DestinationIp: "198.51.100.7",
    DestinationPort: "443",
    DestinationHostname: "reverse-198-51-100-7.cloud.example",
    ...changes,
  });
}

/** Event 22: that cmd.exe asks for a name, with `changes`. */
export function query(changes: Fields = {}): WindowsEvent {
  return sysmon(22, {
    ProcessGuid: "{11111111-6250-6633-0100-000000000100}",
    ProcessId: "4004",
    Image: "C:\\Windows\\System32\\cmd.exe",
    QueryName: "files.corp.example.",
    QueryResults: "type:  5 cdn.corp.example;::ffff:198.51.100.7;",
    ...changes,
  });
}

/** Who created a process of the security log: a service. */
export const system: Fields = {
  SubjectUserName: "PC1$",
  SubjectDomainName: "CORP",
  SubjectUserSid: "S-1-5-18",
};

/** Event 5156: svchost.exe connects. */
export const filtered: Fields = {
  ProcessId: "4004",
  Application: "\\device\\harddiskvolume3\\windows\\system32\\svchost.exe",
  Direction: "%%14593",
  Protocol: "6",
  SourceAddress: "10.0.0.5",
  SourcePort: "50002",
  DestAddress: "198.51.100.7",
  DestPort: "443",
};
