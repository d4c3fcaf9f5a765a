import { describe, expect, test } from "vitest";
import { stepKinds } from "../../src/scenario/steps/index.ts";
import { bundledCatalog } from "../../src/schema/tables.ts";
import type { Value } from "../../src/schema/types.ts";
import { fits } from "./column-types.ts";
import { around, eventsOf, text } from "./scenarios.ts";

const people =
  "domain: contoso.example\nusers:\n  alice:\n    name: alice\n    sid: S-1-5-21-1-2-3-1105\n    upn: alice@contoso.example\n";
const device = "devices:\n  laptop:\n    name: laptop\n    ip: 10.0.0.9\n";
const powershell = "- id: shell\n  process: powershell.exe\n";

// What stands in a file is told of in `rows.test.ts`.
describe.each(
  stepKinds.filter(({ name }) => name !== "rows").map((kind) => [kind.name, kind] as const),
)("%s", (_, kind) => {
  const events = eventsOf(around(kind.example, people + device));

  test("gives rows of columns that exist, with values of their types", () => {
    expect(events.length).toBeGreaterThan(0);
    for (const { table, row } of events) {
      const catalog = bundledCatalog("defender-xdr").has(table) ? "defender-xdr" : "sentinel";
      const columns = bundledCatalog(catalog).get(table)?.columns ?? [];
      for (const [name, value] of Object.entries(row)) {
        const type = columns.find((column) => column.name === name)?.type;
        const isRight = type !== undefined && fits[type](value);
        expect([table, name, value, isRight]).toEqual([table, name, value, true]);
      }
    }
  });

  test("gives every row an id of its own", () => {
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });
});

test.each<[step: string, rows: readonly (readonly [string, Readonly<Record<string, Value>>])[]]>([
  [
    "- id: q\n  dns: Pastebin.com\n  by: shell\n  answers: [172.67.34.170, '2606:4700::1']\n  inspected: true",
    [
      [
        "q",
        {
          ActionType: "DnsQueryResponse",
          InitiatingProcessFileName: "powershell.exe",
          AdditionalFields:
            '{"DnsQueryString":"Pastebin.com","DnsQueryResult":[{"DnsQueryType":"A","Result":"172.67.34.170"},{"DnsQueryType":"AAAA","Result":"2606:4700::1"}]}',
        },
      ],
      [
        "q-wire",
        {
          ActionType: "DnsConnectionInspected",
          Protocol: "Udp",
          RemotePort: 53,
          RemoteIP: "10.0.0.2",
          InitiatingProcessId: 0,
          AdditionalFields:
            '{"direction":"Out","query":"Pastebin.com","qtype_name":"A","rcode_name":"NOERROR","answers":"[\\"172.67.34.170\\",\\"2606:4700::1\\"]"}',
        },
      ],
    ],
  ],
  [
    "- id: f\n  file: C:\\Users\\{user}\\a.docx\n  by: shell\n  action: renamed\n  from: a.tmp",
    [
      [
        "f",
        {
          ActionType: "FileRenamed",
          FileName: "a.docx",
          FolderPath: "C:\\Users\\alice\\a.docx",
          PreviousFileName: "a.tmp",
          PreviousFolderPath: "C:\\Users\\alice\\a.tmp",
          RequestProtocol: "Local",
          RequestAccountName: "alice",
          RequestAccountDomain: "CONTOSO",
          RequestAccountSid: "S-1-5-21-1-2-3-1105",
        },
      ],
    ],
  ],
  [
    "- id: r\n  registry: hkcu\\Software\\Run\n  value: X\n  data: '{user}.exe'\n  previous: old\n  by: shell",
    [
      [
        "r",
        {
          ActionType: "RegistryValueSet",
          RegistryKey: "HKEY_CURRENT_USER\\Software\\Run",
          RegistryValueType: "String",
          RegistryValueName: "X",
          RegistryValueData: "alice.exe",
          PreviousRegistryValueName: "X",
          PreviousRegistryValueData: "old",
        },
      ],
    ],
  ],
  [
    "- id: r\n  registry: HKLM\\SOFTWARE\\X\n  value: V\n  data: d\n  action: deleted\n  by: shell",
    [
      [
        "r",
        {
          ActionType: "RegistryValueDeleted",
          PreviousRegistryKey: "HKEY_LOCAL_MACHINE\\SOFTWARE\\X",
          PreviousRegistryValueName: "V",
          PreviousRegistryValueData: "d",
        },
      ],
    ],
  ],
  [
    "- id: i\n  image: C:\\Temp\\Evil.dll\n  by: WINWORD.EXE",
    [
      [
        "i",
        {
          ActionType: "ImageLoaded",
          FileName: "Evil.dll",
          FolderPath: "C:\\Temp\\Evil.dll",
          InitiatingProcessFileName: "winword.exe",
        },
      ],
    ],
  ],
  [
    "- id: s\n  script: iex {user}\n  action: AmsiScriptContent\n  by: shell",
    [["s", { ActionType: "AmsiScriptContent", AdditionalFields: '{"ScriptContent":"iex alice"}' }]],
  ],
  [
    "- id: s\n  script: Get-Process\n  by: shell",
    [["s", { ActionType: "PowerShellCommand", AdditionalFields: '{"Command":"Get-Process"}' }]],
  ],
  [
    "- id: l\n  listen: 4444\n  by: shell",
    [
      [
        "l",
        {
          ActionType: "ListeningConnectionCreated",
          LocalIP: "10.0.0.9",
          LocalPort: 4444,
          Protocol: "Tcp",
        },
      ],
    ],
  ],
  [
    "- id: c\n  inbound: 203.0.113.9\n  port: 3389\n  by: svchost.exe -k NetworkService",
    [
      [
        "c",
        {
          ActionType: "InboundConnectionAccepted",
          RemoteIP: "203.0.113.9",
          RemoteIPType: "Public",
          LocalPort: 3389,
          InitiatingProcessFileName: "svchost.exe",
          InitiatingProcessAccountName: "system",
        },
      ],
    ],
  ],
  [
    "- id: l\n  logon: Network\n  as: alice\n  from: laptop\n  result: failed",
    [
      [
        "l",
        {
          ActionType: "LogonFailed",
          LogonType: "Network",
          AccountName: "alice",
          AccountDomain: "contoso",
          FailureReason: "InvalidUserNameOrPassword",
          RemoteIP: "10.0.0.9",
          RemoteIPType: "Private",
          RemoteDeviceName: "laptop.contoso.example",
          InitiatingProcessFileName: "lsass.exe",
        },
      ],
    ],
  ],
  [
    "- id: m\n  mail: Hi {user}\n  from: x@fabrikam.example\n  to: [alice, y@contoso.example]\n  urls: [https://a.example/b]\n  attachments: [a.docm]\n  threats: [Phish]",
    [
      [
        "m",
        {
          EmailDirection: "Inbound",
          SenderFromDomain: "fabrikam.example",
          RecipientEmailAddress: "alice@contoso.example",
          Subject: "Hi alice",
          UrlCount: 1,
          AttachmentCount: 1,
          DeliveryAction: "Delivered",
          DeliveryLocation: "Inbox/folder",
          ThreatTypes: "Phish",
        },
      ],
      ["m-to-2", { RecipientEmailAddress: "y@contoso.example", EmailDirection: "Inbound" }],
      ["m-url-1", { Url: "https://a.example/b", UrlDomain: "a.example", UrlLocation: "Body" }],
      [
        "m-file-1",
        { FileName: "a.docm", FileType: "docm", SenderFromAddress: "x@fabrikam.example" },
      ],
      ["m-file-1-to-2", { RecipientEmailAddress: "y@contoso.example" }],
    ],
  ],
  [
    "- id: m\n  mail: Hi\n  from: alice\n  to: [x@fabrikam.example]",
    [["m", { EmailDirection: "Outbound", SenderFromAddress: "alice@contoso.example" }]],
  ],
  [
    "- id: s\n  signIn: Azure Portal\n  as: alice\n  from: 203.0.113.9\n  country: NL\n  error: 50126",
    [
      [
        "s",
        {
          Application: "Azure Portal",
          ApplicationId: "c44b4083-3bb0-49c1-b47d-974e53cbdf3c",
          LogonType: '["interactiveUser"]',
          ErrorCode: 50_126,
          AccountUpn: "alice@contoso.example",
          IPAddress: "203.0.113.9",
          Country: "NL",
        },
      ],
      ["s-entra", { ErrorCode: 50_126, AccountUpn: "alice@contoso.example" }],
      [
        "s-log",
        {
          ResultType: "50126",
          ResultDescription: "Invalid username or password.",
          UserPrincipalName: "alice@contoso.example",
          LocationDetails: { city: "", countryOrRegion: "NL" },
          IsInteractive: true,
        },
      ],
    ],
  ],
])("%s", (step, expected) => {
  const events = eventsOf(around(powershell + step, people + device)).slice(1);
  expect(events.map(({ id }) => id)).toEqual(expected.map(([id]) => id));
  events.forEach(({ row }, index) => expect(row).toMatchObject(expected[index]?.[1] ?? {}));
});

test("what is told of one thing in several tables agrees", () => {
  const timeline = `${powershell}- id: look
  dns: pastebin.com
  by: shell
- id: connect
  connection: pastebin.com
  by: shell
- id: write
  file: C:\\Temp\\stage.exe
  by: shell
- id: start
  process: C:\\Temp\\stage.exe
  parent: shell
- id: desk
  logon: Interactive
- id: lure
  mail: Hi
  from: x@fabrikam.example
  to: [alice]
- id: open
  click: https://a.example
  mail: lure`;
  const rows = new Map(
    eventsOf(around(timeline, people + device)).map(({ id, row }) => [id, row] as const),
  );
  const row = (id: string): Readonly<Record<string, Value>> => rows.get(id) ?? {};
  const shell = row("shell");
  for (const id of ["look", "connect", "write", "start"]) {
    expect(row(id)["InitiatingProcessId"]).toBe(shell["ProcessId"]);
    expect(row(id)["InitiatingProcessUniqueId"]).toBe(shell["ProcessUniqueId"]);
  }
  const { DnsQueryResult: answers } = JSON.parse(text(row("look"), "AdditionalFields")) as {
    DnsQueryResult: readonly { Result: string }[];
  };
  expect(answers[0]?.Result).toBe(row("connect")["RemoteIP"]);
  expect(row("write")["SHA256"]).toBe(row("start")["SHA256"]);
  expect(row("desk")["LogonId"]).toBe(shell["LogonId"]);
  expect(row("open")["NetworkMessageId"]).toBe(row("lure")["NetworkMessageId"]);
});
