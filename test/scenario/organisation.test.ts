import { expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import { readScenario } from "../../src/scenario/read-scenarios.ts";
import type { ScenarioEvent } from "../../src/scenario/model/types.ts";
import { around, now } from "./scenarios.ts";

const contoso = `name: Contoso
domain: contoso.example
departments: [Finance, IT]
zone: Asia/Tokyo
users:
  alice: { department: Finance }
  bob: { name: bob, admin: true }
  svc-backup: { service: true }
devices:
  laptop: { user: alice }
  desk: { user: bob, ip: 10.9.9.9 }
  files: { role: server }
`;

function events(timeline: string, more = "", organisation = contoso): readonly ScenarioEvent[] {
  const text = around(timeline, `organisation: contoso\n${more}`);
  return readScenario({ file: "s.yaml", text }, timeline, {
    readFile: (file) =>
      file === "organisations/contoso.yaml" ? { file, text: organisation } : undefined,
  }).events({ now });
}

function problems(timeline: string, more = "", organisation = contoso): string {
  try {
    events(timeline, more, organisation);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "nothing";
}

test("people and devices are the same in every scenario, however it is called", () => {
  const columns = [
    "DeviceName",
    "DeviceId",
    "AccountName",
    "AccountSid",
    "AccountUpn",
    "AccountObjectId",
  ];
  const of = (timeline: string): unknown => {
    const [event] = events(timeline);
    return columns.map((name) => event?.row[name]);
  };
  const first = of("- process: cmd.exe\n  as: alice");
  expect(of("- process: whoami.exe\n  as: alice")).toEqual(first);
  expect(of("- process: cmd.exe\n  on: laptop")).toEqual(first);
  expect(of("- process: cmd.exe\n  as: bob")).not.toEqual(first);
});

test.each<[step: string, device: string, account: string]>([
  ["as: bob", "desk", "bob"],
  ["on: desk", "desk", "bob"],
  ["as: svc-backup\n  on: files", "files", "svc-backup"],
  ["as: bob\n  on: files", "files", "bob"],
])("a process `%s` runs on %s as %s", (step, device, account) => {
  const [event] = events(`- process: cmd.exe\n  ${step}`);
  const [place] = events(`- row: DeviceInfo\n  on: ${device}`);
  expect([event?.row["DeviceName"], event?.row["AccountName"]]).toEqual([
    place?.row["DeviceName"],
    account,
  ]);
});

test("who takes part is whom a step means that names nobody", () => {
  const [event] = events("- process: cmd.exe", "users:\n  bob:\n    upn: b@fabrikam.example\n");
  expect(event?.row).toMatchObject({ AccountName: "bob", AccountUpn: "b@fabrikam.example" });
});

test("a service account has session 0 and a logon of its own", () => {
  const [event] = events("- process: C:\\Tools\\backup.exe\n  as: svc-backup\n  on: files");
  expect(event?.row).toMatchObject({
    CreatedProcessSessionId: 0,
    ProcessIntegrityLevel: "High",
    InitiatingProcessFileName: "svchost.exe",
  });
  expect(event?.row["LogonId"]).not.toBe(999);
});

test("devices have the systems of their roles", () => {
  const rows = events("- row: DeviceInfo\n  on: laptop\n- row: DeviceInfo\n  on: files");
  expect(rows.map(({ row }) => [row["OSPlatform"], row["DeviceType"]])).toEqual([
    ["Windows11", "Workstation"],
    ["WindowsServer2022", "Server"],
  ]);
});

test("the zone of the organisation is that of its people", () => {
  const [event] = events("- process: cmd.exe\n  as: alice\n  at: monday 09:00");
  expect(event?.row["ProcessCreationTime"]).toBe("2025-01-13T00:00:00.0000000Z");
});

test("an organisation may stand in the scenario", () => {
  const text = around(
    "- process: cmd.exe\n  as: alice",
    "organisation:\n  name: X\n  domain: x.example\n  users:\n    alice: { name: alice }\n",
  );
  const [event] = readScenario({ file: "s.yaml", text }, "s").events({ now });
  expect(event?.row["AccountUpn"]).toBe("alice@x.example");
});

test.each<[what: string, given: readonly [string, string?, string?], message: string]>([
  [
    "nobody named where there are many",
    ["- process: cmd.exe"],
    `s.yaml:6:5 KT0512 the step does not say on which device it happens
  6 |   - process: cmd.exe
    |     ^^^^^^^^^^^^^^^^
  hint: write \`on:\` with one of \`laptop\`, \`desk\`, \`files\`
s.yaml:6:5 KT0512 the step does not say whose process it is
  6 |   - process: cmd.exe
    |     ^^^^^^^^^^^^^^^^
  hint: write \`as:\` with one of \`alice\`, \`bob\`, \`svc-backup\`, \`system\`, \`local service\`, \`network service\``,
  ],
  [
    "somebody who is not there",
    ["- process: cmd.exe\n  as: alicia"],
    `s.yaml:7:9 KT0503 there is no user \`alicia\`
  7 |     as: alicia
    |         ^^^^^^
  hint: did you mean \`alice\`?`,
  ],
  [
    "a user of a device who is nobody",
    ["- process: cmd.exe\n  as: alice", "", contoso.replace("user: bob", "user: bop")],
    `organisations/contoso.yaml:11:17 KT0531 there is no user \`bop\`
  11 |   desk: { user: bop, ip: 10.9.9.9 }
     |                 ^^^
  hint: did you mean \`bob\`?`,
  ],
  [
    "a zone that is none",
    [
      "- process: cmd.exe\n  as: alice\n  at: working-hours",
      "",
      contoso.replace("Asia/Tokyo", "Asia/Tokio"),
    ],
    `organisations/contoso.yaml:4:7 KT0529 there is no time zone \`Asia/Tokio\`
  4 | zone: Asia/Tokio
    |       ^^^^^^^^^^
  hint: did you mean \`Asia/Tokyo\`?`,
  ],
  [
    "a department that is none",
    [
      "- process: cmd.exe\n  as: alice",
      "",
      contoso.replace("department: Finance", "department: Finanz"),
    ],
    `organisations/contoso.yaml:6:24 KT0531 there is no department \`Finanz\`
  6 |   alice: { department: Finanz }
    |                        ^^^^^^
  hint: did you mean \`Finance\`?`,
  ],
  [
    "an unknown key of the organisation",
    ["- process: cmd.exe\n  as: alice", "", `${contoso}domian: x\n`],
    `organisations/contoso.yaml:13:1 KT0501 unknown key \`domian\`
  13 | domian: x
     | ^^^^^^
  hint: did you mean \`domain\`?`,
  ],
])("says what is wrong: %s", (_, given, message) => {
  expect(problems(...given)).toBe(message);
});

test("says what is wrong: an organisation without a file", () => {
  const text = around("- process: cmd.exe", "organisation: ../secret\n");
  expect(() => readScenario({ file: "s.yaml", text }, "s")).toThrow(
    `s.yaml:4:15 KT0530 there is no organisation \`../secret\``,
  );
});
