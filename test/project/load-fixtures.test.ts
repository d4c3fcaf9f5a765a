import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadInputs } from "../../src/project/inputs.ts";
import { loadProject } from "../../src/project/project.ts";
import { runSuite } from "../../src/run/suite.ts";
import { scenarioFromRows } from "../../src/scenario/from-rows.ts";
import { tempFolder } from "../support/temp-project.ts";

const files: Readonly<Record<string, string>> = {
  "fixtures/README.md": "What our rules look up.",
  "fixtures/watchlists/vips.csv": "SearchKey,Owner\nh1,alice\n",
  "fixtures/functions/FileProfile.csv": "SHA1,GlobalPrevalence\ns1,5\n",
  "fixtures/externaldata.yaml": "- { url: 'https://a.example/*', file: lists/a.csv }\n",
  "fixtures/lists/a.csv": "x,1\n",
  "fixtures/tables.yaml": "- { table: workspace('soc').SigninLogs, file: lists/s.csv }\n",
  "fixtures/lists/s.csv":
    "TimeGenerated,UserPrincipalName,ConditionalAccessPolicies\n2025-01-01,bob,[1]\n",
  "fixtures/geo-ip.csv": "network,country,latitude\n203.0.113.0/24,Russia,55.75\n",
};

test("the folder's files are the project's fixtures", () => {
  const { fixtures } = loadInputs(tempFolder(files));
  expect(fixtures).toMatchObject({
    watchlists: { vips: { rows: [{ SearchKey: "h1", Owner: "alice" }] } },
    functions: { FileProfile: { rows: [{ SHA1: "s1", GlobalPrevalence: 5 }] } },
    externalData: [{ url: "https://a.example/*", text: "x,1\n" }],
    places: {
      'workspace("soc").SigninLogs': {
        rows: [
          { TimeGenerated: "2025-01-01", UserPrincipalName: "bob", ConditionalAccessPolicies: [1] },
        ],
      },
    },
    geoIp: [{ network: "203.0.113.0/24", country: "Russia", latitude: 55.75 }],
  });
});

test("a project without the folder has none", () => {
  expect(loadInputs(tempFolder({})).fixtures).toBeUndefined();
});

test.each([
  [
    { "fixtures/watchlist/vips.csv": "a\n" },
    "fixtures/watchlist/vips.csv KT0728 nothing reads this file",
  ],
  [
    { "fixtures/externaldata.yaml": "- { url: x, file: lists/b.csv }\n" },
    "fixtures/externaldata.yaml:1:19 KT0729 there is no file `lists/b.csv`",
  ],
  [
    { "fixtures/externaldata.yaml": "- { url: x, file: ../../secret }\n" },
    "KT0729 there is no file `../../secret`",
  ],
  [{ "fixtures/externaldata.yaml": "- { url: x }\n" }, "KT0724 `0` lacks the key `file`"],
  [
    { "fixtures/tables.yaml": "- { table: SigninLogs, file: lists/s.csv }\n" },
    "tables.yaml:1:12 KT0724 `0.table` must be a table",
  ],
  [{ "fixtures/geo-ip.csv": "network\n203.0.113/24\n" }, "KT0726 `203.0.113/24` is no network"],
  [{ "fixtures/geo-ip.csv": "cidr\n203.0.113.0/24\n" }, "KT0724 unknown column `cidr`"],
  [
    { "fixtures/watchlists/vips.yaml": "- { SearchKey: h1 }\n" },
    "fixtures/watchlists/vips.yaml KT0722 `vips` is in another file",
  ],
  [
    { "fixtures/functions/FileProfile.csv": "SHA1,GlobalPrevalence\ns1,many\n" },
    "FileProfile.csv:2:1 KT0724 `many` in `GlobalPrevalence` is no int",
  ],
] as readonly (readonly [Readonly<Record<string, string>>, string])[])(
  "%j is a mistake",
  (changes, message) => {
    expect(() => loadInputs(tempFolder({ ...files, ...changes }))).toThrow(message);
  },
);

test("a link out of the project is not followed", () => {
  const outside = tempFolder({ "secret.csv": "SearchKey\nsecret\n" });
  const root = tempFolder({});
  mkdirSync(join(root, "fixtures/watchlists"), { recursive: true });
  symlinkSync(join(outside, "secret.csv"), join(root, "fixtures/watchlists/vips.csv"));
  expect(() => loadInputs(root)).toThrow("KT0707 the path leads out of the project");
});

test("a rule looks things up, in the project's fixtures and in a scenario's own", async () => {
  const root = tempFolder({
    ...files,
    "rules/vips.kql":
      "DeviceLogonEvents | join kind=inner (_GetWatchlist('vips')) on $left.DeviceName == $right.SearchKey | project DeviceName, Owner",
    "scenarios/T1/x.yaml": "version: 1\ntitle: x\ntruth: benign\ntimeline:\n  - process: cmd.exe\n",
    "expected/vips/T1/x.yaml": "verdict: true-negative\n",
  });
  const rows = { DeviceLogonEvents: [{ DeviceName: "h1" }, { DeviceName: "h2" }] };
  const own = {
    columns: [{ name: "SearchKey", type: "string" as const }],
    rows: [{ SearchKey: "h2" }],
  };
  const scenarios = [
    scenarioFromRows({ id: "a", truth: "malicious", rows }),
    scenarioFromRows({
      id: "b",
      truth: "malicious",
      rows,
      fixtures: { watchlists: { vips: own } },
    }),
  ];
  const { checks } = await runSuite({
    project: { ...(await loadProject(root)), scenarios, expectations: [] },
  });
  expect(checks.map((check) => check.rows.map(({ row }) => row))).toEqual([
    [{ DeviceName: "h1", Owner: "alice" }],
    [
      { DeviceName: "h1", Owner: "alice" },
      { DeviceName: "h2", Owner: "" },
    ],
  ]);
});

test("what is not declared is refused, or answered with nothing", async () => {
  const project = await loadProject(
    tempFolder({
      "rules/x.kql": "_GetWatchlist('vips') | project Owner",
      "scenarios/a.yaml": "version: 1\ntitle: x\ntruth: benign\ntimeline:\n  - process: cmd.exe\n",
      "expected/x/a.yaml": "verdict: true-negative\n",
    }),
  );
  const { errors } = await runSuite({ project });
  expect(errors).toMatchObject([{ rule: "x", diagnostics: [{ code: "KT0250" }] }]);
  const { checks } = await runSuite({ project, missingFixtures: "empty" });
  expect((await runSuite({ project, outside: "empty" })).checks).toEqual(checks);
  expect(checks.map(({ verdict }) => verdict)).toEqual(["true-negative"]);
});

const scenario = `version: 1
title: Somebody logs on to a server that counts
truth: malicious
fixtures:
  watchlists:
    vips:
      - { SearchKey: srv-9 }
  functions:
    FileProfile:
      - { SHA1: s9, GlobalPrevalence: 3 }
  externaldata:
    - { url: "https://b.example/*", text: "one,1" }
    - { url: "https://c.example/x.txt", file: list.txt }
  geo-ip:
    - { network: 198.51.100.0/24, country: Chile }
  tables:
    - { table: workspace('soc').SigninLogs, rows: [{ UserPrincipalName: eve }] }
timeline:
  - row: DeviceLogonEvents
    columns: { DeviceName: srv-9, RemoteIP: 198.51.100.7 }
`;

/** A rule that reads a fixture of each kind, and gives a row where all of them answer. */
const rule = `let list = externaldata(a:string, n:int)["https://b.example/x.csv"];
let more = externaldata(a:string)["https://c.example/x.txt"];
DeviceLogonEvents
| where DeviceName in ((_GetWatchlist('vips') | project SearchKey))
| extend Country = tostring(geo_info_from_ip_address(RemoteIP).country), SHA1 = "s9"
| invoke FileProfile(SHA1)
| extend User = toscalar(workspace("soc").SigninLogs | where UserPrincipalName != "bob" | project UserPrincipalName)
| extend Number = toscalar(list | project n), Word = toscalar(more | project a)
| project DeviceName, Country, GlobalPrevalence, User, Number, Word
`;

test("a scenario file has fixtures of its own, of every kind", async () => {
  const root = tempFolder({
    ...files,
    "rules/all.kql": rule,
    "scenarios/T1/x.yaml": scenario,
    "scenarios/T1/list.txt": "word\n",
    "expected/all/T1/x.yaml":
      "verdict: true-positive\nrows:\n  - { DeviceName: srv-9, Country: Chile, GlobalPrevalence: 3, User: eve, Number: 1, Word: word }\n",
  });
  const { checks } = await runSuite({ root, cache: false });
  expect(checks.map(({ status, findings }) => [status, findings])).toEqual([["passed", []]]);
});

test.each([
  ["- { SearchKey: srv-9 }", "- srv-9", "x.yaml:7:9 KT0501"],
  [
    "GlobalPrevalence: 3",
    "GlobalPrevalence: few",
    'x.yaml:10:39 KT0724 `"few"` in `GlobalPrevalence` is no int',
  ],
  ["file: list.txt", "file: missing.txt", "x.yaml:13:47 KT0729 there is no file `missing.txt`"],
  ["198.51.100.0/24", "somewhere", "KT0501 `fixtures.geo-ip.0.network` must be a network"],
  ["workspace('soc').SigninLogs", "SigninLogs", "KT0501 `fixtures.tables.0.table` must be a table"],
])("a mistake in a scenario's fixtures has its place: %s", async (from, to, message) => {
  const root = tempFolder({
    ...files,
    "rules/all.kql": rule,
    "scenarios/T1/x.yaml": scenario.replace(from, to),
    "scenarios/T1/list.txt": "word\n",
    "expected/all/T1/x.yaml": "verdict: true-positive\n",
  });
  await expect(loadProject(root)).rejects.toThrow(message);
});
