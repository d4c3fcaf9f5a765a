import { assert, integer, property, stringMatching, record, tuple, uniqueArray } from "fast-check";
import { describe, expect, test } from "vitest";
import { replaceNames } from "../../src/recording/replace-names.ts";
import { addressType, serviceOf } from "../../src/scenario/model/address.ts";
import { deviceIdOf } from "../../src/scenario/model/device-id.ts";
import type { Row, Tables } from "../../src/schema/types.ts";
import { text } from "../scenario/scenarios.ts";

const replaced = (row: Row, table = "DeviceEvents"): Row =>
  replaceNames({ [table]: [row] })[table]?.[0] ?? {};
const commandOf = (ProcessCommandLine: string, more: Row = {}): unknown =>
  replaced({ ...more, ProcessCommandLine })["ProcessCommandLine"];

const own = { DeviceName: "pc1.corp.example", AccountName: "ana", AccountDomain: "corp" };

// oxfmt-ignore
test.each<[command: string, after: string]>([
  ["net use \\\\pc1\\c$ /user:CORP\\Ana", "net use \\\\host-1\\c$ /user:CONTOSO\\user-1"],
  ["type C:\\Users\\ana\\x.txt & banana ana_b", "type C:\\Users\\user-1\\x.txt & banana ana_b"],
  ["ping pc1.corp.example files.corp.example corp.example", "ping host-1.contoso.example host-2.contoso.example contoso.example"],
  ["curl https://files.corp.example/ana https://ana.example/ana", "curl https://host-2.contoso.example/user-1 https://ana.example/user-1"],
  ["ssh root@pc1 -l ana", "ssh root@host-1 -l user-1"],
  ["x C:\\Users\\bea\\y /home/cyd/z https://a.example/home/page", "x C:\\Users\\user-2\\y /home/user-3/z https://a.example/home/page"],
  ["ls /home/cyd/z", "ls /home/user-2/z"],
  ["icacls x S-1-5-21-1-2-3-1105 S-1-5-21-1-2-3-500 S-1-5-21-9-2-3-500 S-1-5-18 S-1-12-1-1-2-3-4", "icacls x S-1-5-21-1000000001-2000000001-3000000001-1105 S-1-5-21-1000000001-2000000001-3000000001-500 S-1-5-21-1000000002-2000000002-3000000002-500 S-1-5-18 S-1-12-1-1000000003-3-3-3"],
  ["ping 192.168.4.7 192.168.4.8 192.168.5.7 10.1.1.1 172.20.1.1 8.8.8.8 127.0.0.1", "ping 192.168.1.7 192.168.1.8 192.168.2.7 10.20.0.1 172.16.0.1 192.0.2.1 127.0.0.1"],
  ["C:\\Google\\1.3.36.102\\x.exe -v 1.2.3.4.5 \\\\10.1.1.1\\share http://10.1.1.1/x", "C:\\Google\\1.3.36.102\\x.exe -v 1.2.3.4.5 \\\\10.20.0.1\\share http://10.20.0.1/x"],
])("%s", (command, after) => {
  expect(commandOf(command, own)).toBe(after);
});

test("names of systems stay: services, built-in accounts, administrators", () => {
  const row = {
    AccountName: "system",
    AccountDomain: "nt authority",
    AccountSid: "S-1-5-18",
    InitiatingProcessAccountName: "Administrator",
    InitiatingProcessAccountDomain: "Window Manager",
    ProcessCommandLine: "x C:\\Users\\Public\\y",
  };
  expect(replaced(row)).toEqual(row);
});

test("an account that is called like a program is replaced where it can be nothing else", () => {
  const row = {
    DeviceName: "build-7",
    AccountName: "git",
    AccountDomain: "build-7",
    FileName: "git.exe",
    FolderPath: "C:\\Program Files\\Git\\bin\\git.exe",
    ProcessCommandLine: "git clone git@host.example:a/b C:\\Users\\git\\b build-7\\git",
  };
  expect(replaced(row, "DeviceProcessEvents")).toEqual({
    DeviceName: "host-1",
    AccountName: "user-1",
    AccountDomain: "host-1",
    FileName: "git.exe",
    FolderPath: "C:\\Program Files\\Git\\bin\\git.exe",
    ProcessCommandLine: "git clone user-1@host.example:a/b C:\\Users\\user-1\\b host-1\\user-1",
  });
});

test("JSON in a text is looked into, and stays JSON", () => {
  const fields = { path: "C:\\Users\\ana", ip: "10.1.1.1", list: ["CORP\\ana", 7, null] };
  const row = replaced({ ...own, AdditionalFields: JSON.stringify(fields) });
  expect(JSON.parse(text(row, "AdditionalFields"))).toEqual({
    path: "C:\\Users\\user-1",
    ip: "10.20.0.1",
    list: ["CONTOSO\\user-1", 7, null],
  });
});

describe("addresses", () => {
  const remote = (RemoteIP: string): string => text(replaced({ RemoteIP }), "RemoteIP");

  test.each([
    "10.9.8.7",
    "172.31.2.1",
    "192.168.0.9",
    "fd12::1",
    "fe80::abc",
    "8.8.8.8",
    "2a00::1",
  ])("%s stays of its type", (address) => {
    const after = remote(address);
    expect(after).not.toBe(address);
    expect(addressType(after)).toBe(addressType(address));
  });

  test.each(["127.0.0.1", "::1", "0.0.0.0", "169.254.1.1", "224.0.0.251", "255.255.255.255", ""])(
    "%j names nobody, and stays",
    (address) => {
      expect(remote(address)).toBe(address);
    },
  );

  test("a public one is of its service, as long as that has one; else it is for documentation", () => {
    const rows = Array.from({ length: 5 }, (_, index) => ({
      RemoteIP: `203.0.113.${index}`,
      RemoteUrl: "https://PASTEBIN.com/raw/x",
    }));
    const after = replaceNames({ DeviceNetworkEvents: rows })["DeviceNetworkEvents"] ?? [];
    const addresses = after.map((row) => text(row, "RemoteIP"));
    expect(addresses.slice(0, 3)).toEqual(serviceOf("pastebin.com")?.addresses);
    expect(addresses.slice(3)).toEqual(["192.0.2.1", "192.0.2.2"]);
    expect(after[0]?.["RemoteUrl"]).toBe("https://PASTEBIN.com/raw/x");
  });

  test("an IPv4 address inside an IPv6 one is the same one", () => {
    const row = replaced({ RemoteIP: "10.1.1.1", LocalIP: "::ffff:10.1.1.1" });
    expect(row["LocalIP"]).toBe(`::ffff:${text(row, "RemoteIP")}`);
  });

  test("thousands of public ones stay different, and public", () => {
    const rows = Array.from({ length: 3000 }, (_, index) => ({
      RemoteIP: `9.1.${index >> 8}.${index & 255}`,
    }));
    const after = replaceNames({ DeviceNetworkEvents: rows })["DeviceNetworkEvents"] ?? [];
    const addresses = new Set(after.map((row) => text(row, "RemoteIP")));
    expect(addresses.size).toBe(3000);
    expect([...addresses].every((address) => addressType(address) === "Public")).toBe(true);
  });
});

test("ids of devices follow from their names, and different ones stay different", () => {
  const rows = [
    { DeviceName: "a.corp.example", DeviceId: "1" },
    { DeviceName: "a.corp.example", DeviceId: "2" },
    { DeviceName: "a.corp.example", DeviceId: "1" },
    { DeviceId: "3" },
  ];
  const ids = (replaceNames({ DeviceInfo: rows })["DeviceInfo"] ?? []).map(
    (row) => row["DeviceId"],
  );
  expect(ids[0]).toBe(deviceIdOf("host-1.contoso.example"));
  expect(ids[2]).toBe(ids[0]);
  expect(new Set(ids).size).toBe(3);
});

/** Names that a recording may have of somebody or something. */
interface Names {
  readonly device: string;
  readonly other: string;
  readonly dns: string;
  readonly domain: string;
  readonly user: string;
  readonly colleague: string;
  readonly local: string;
  readonly remote: string;
  readonly machine: string;
}

/** The same story with other names. */
function story(names: Names): Tables {
  const { device, other, dns, domain, user, colleague, local, remote, machine } = names;
  const sid = `S-1-5-21-${machine}`;
  return {
    DeviceProcessEvents: [
      {
        DeviceName: `${device}.${dns}`,
        AccountName: user,
        AccountDomain: domain,
        AccountSid: `${sid}-1105`,
        FileName: "cmd.exe",
        ProcessCommandLine: `cmd /c copy C:\\Users\\${user}\\x.txt \\\\${other}.${dns}\\in & runas /user:${domain}\\${colleague} ${sid}-500 & curl http://${remote}/${user}`,
      },
    ],
    DeviceNetworkEvents: [
      {
        DeviceName: `${other}.${dns}`,
        InitiatingProcessAccountName: colleague,
        InitiatingProcessAccountUpn: `${colleague}@${dns}`,
        LocalIP: local,
        RemoteIP: remote,
        RemoteUrl: "pastebin.com",
        InitiatingProcessCommandLine: `"${user}" ${user}, (${colleague}) ${device} ${local}:80`,
        AdditionalFields: JSON.stringify({
          who: `${domain}\\${user}`,
          to: [`${user}@${dns}`, { k: `https://${device}.${dns}/${remote}` }],
        }),
      },
    ],
  };
}

test("a name becomes the same one everywhere, and different ones stay different", () => {
  const word = stringMatching(/^[a-z][a-z0-9]{5,9}$/).map((name) => `q${name}`);
  const byte = integer({ min: 1, max: 254 });
  const names = record({
    words: uniqueArray(word, { minLength: 6, maxLength: 6 }),
    local: tuple(byte, byte, byte).map((parts) => `10.${parts.join(".")}`),
    remote: tuple(byte, byte, byte).map((parts) => `93.${parts.join(".")}`),
    machine: tuple(byte, byte, byte).map((parts) => parts.join("-")),
  }).map(({ words, ...rest }): Names => {
    const [device = "", other = "", label = "", domain = "", user = "", colleague = ""] = words;
    return { device, other, dns: `${label}.example`, domain, user, colleague, ...rest };
  });
  assert(
    property(names, (before) => {
      const tables = replaceNames(story(before));
      const [started = {}] = tables["DeviceProcessEvents"] ?? [];
      const [connected = {}] = tables["DeviceNetworkEvents"] ?? [];
      const [device = "", ...dns] = text(started, "DeviceName").split(".");
      const after: Names = {
        device,
        other: text(connected, "DeviceName").split(".")[0] ?? "",
        dns: dns.join("."),
        domain: text(started, "AccountDomain"),
        user: text(started, "AccountName"),
        colleague: text(connected, "InitiatingProcessAccountName"),
        local: text(connected, "LocalIP"),
        remote: text(connected, "RemoteIP"),
        machine: text(started, "AccountSid").split("-").slice(4, 7).join("-"),
      };
      expect(tables).toEqual(story(after));
      expect(new Set(Object.values(after)).size).toBe(Object.keys(after).length);
      const left = JSON.stringify(tables);
      for (const name of Object.values(before)) expect(left).not.toContain(name);
    }),
    { numRuns: 200, seed: 7 },
  );
});
