import { afterAll, describe, expect, test } from "vitest";
import { plainText } from "../../src/base/source.ts";
import type { BatchScenario } from "../../src/engine/batch.ts";
import { compileQuery } from "../../src/engine/compile-query.ts";
import { openEngine } from "../../src/engine/duckdb.ts";
import { evaluateBatch } from "../../src/engine/evaluate.ts";
import { environmentOf } from "../../src/kql/environment.ts";
import type { Fixtures } from "../../src/schema/fixtures.ts";
import { parseInstant } from "../../src/schema/time.ts";
import type { Column, Row, Value } from "../../src/schema/types.ts";
import { testNow } from "../support/engine.ts";

const text = (...names: readonly string[]): readonly Column[] =>
  names.map((name) => ({ name, type: "string" }));

const fixtures: Fixtures = {
  watchlists: {
    vips: {
      columns: text("SearchKey", "Owner"),
      rows: [
        { SearchKey: "h1", Owner: "alice" },
        { SearchKey: "h2", Owner: "bob" },
      ],
    },
    empty: { columns: text("SearchKey"), rows: [] },
  },
  functions: {
    FileProfile: {
      columns: [...text("SHA1", "SHA256", "Signer"), { name: "GlobalPrevalence", type: "int" }],
      rows: [
        { SHA1: "s1", SHA256: "t1", Signer: "Microsoft", GlobalPrevalence: 5000 },
        { SHA1: "s1", Signer: "someone else" },
      ],
    },
    Enrich: {
      columns: [...text("Host"), { name: "Score", type: "long" }],
      rows: [{ Host: "h1", Score: 7 }],
    },
  },
  externalData: [
    { url: "https://a.example/*.csv?x=1", file: "a.csv", text: "h1,1\nh2,2\n" },
    { url: "https://b.example/b.txt", file: "b.txt", text: "h3\n" },
  ],
  geoIp: [
    { network: "203.0.113.0/24", country: "Russia", city: "Moscow", latitude: 55.75 },
    { network: "203.0.113.128/25", country: "France", city: "Évry" },
    { network: "2001:db8::/32", country: "Chile" },
  ],
  places: {
    'workspace("soc").SigninLogs': {
      columns: text("UserPrincipalName"),
      rows: [{ UserPrincipalName: "bob" }],
    },
    'database("d").T': { columns: text("a"), rows: [{ a: "x" }] },
    'cluster("c").database("d").T': { columns: text("a"), rows: [{ a: "y" }, { a: "z" }] },
  },
};

const engine = openEngine({ now: testNow, inputs: { fixtures } });

afterAll(async () => (await engine).close());

const rows = async (kql: string): Promise<readonly (readonly Value[])[]> =>
  (await (await engine).query(kql)).rows;

describe("what is declared answers", () => {
  test.each([
    [
      "_GetWatchlist('vips') | project SearchKey, Owner",
      [
        ["h1", "alice"],
        ["h2", "bob"],
      ],
    ],
    ["let a = 'vips'; _GetWatchlist(a) | count", [[2]]],
    ["let f = (n: string) { _GetWatchlist(n) }; f('vips') | where Owner == 'bob' | count", [[1]]],
    ["_GetWatchlist('empty') | count", [[0]]],
    ["_GetWatchlist('vips') | distinct _DTItemId | count", [[2]]],
    ["print Host = 'h1' | where Host in ((_GetWatchlist('vips') | project SearchKey))", [["h1"]]],
    [
      "print SHA1 = 's1' | invoke FileProfile(SHA1, 1000) | project Signer, GlobalPrevalence, ProfileAvailability, Issuer",
      [["Microsoft", 5000, "Available", ""]],
    ],
    [
      "print SHA1 = 's2' | invoke FileProfile() | project GlobalPrevalence, ProfileAvailability",
      [[null, "Missing"]],
    ],
    ["print SHA1 = '' | invoke FileProfile('SHA1') | project ProfileAvailability", [[""]]],
    [
      "print InitiatingProcessSHA256 = 't1' | invoke FileProfile(InitiatingProcessSHA256) | project SHA1",
      [["s1"]],
    ],
    ["print Host = 'h1' | invoke Enrich(Host) | project Host, Score", [["h1", 7]]],
    ["print Name = 'h1' | invoke Enrich('Name') | project Score", [[7]]],
    ["print Host = 'h9' | invoke Enrich() | project Score", [[null]]],
    [
      "externaldata(h:string, n:int)[@'https://a.example/list.csv?x=1'] | where n > 1 | project h",
      [["h2"]],
    ],
    ["externaldata(h:string)['https://b.example/b.txt']", [["h3"]]],
    [
      "externaldata(h:string)['https://a.example/1.csv?x=1', 'https://b.example/b.txt'] with (format='csv') | count",
      [[3]],
    ],
    ["print tostring(geo_info_from_ip_address('203.0.113.9').city)", [["Moscow"]]],
    ["print tostring(geo_info_from_ip_address('203.0.113.200').city)", [["Évry"]]],
    ["print tostring(geo_info_from_ip_address('2001:db8::1').country)", [["Chile"]]],
    [
      "print geo_info_from_ip_address('203.0.113.9')",
      [[{ country: "Russia", state: "", city: "Moscow", latitude: 55.75, longitude: null }]],
    ],
    [
      "print geo_info_from_ip_address('198.51.100.1'), geo_info_from_ip_address('x')",
      [[null, null]],
    ],
    [
      "datatable(ip:string)['203.0.113.9', '203.0.113.200'] | summarize c = count() by C = tostring(geo_info_from_ip_address(ip).country) | order by C asc",
      [
        ["France", 1],
        ["Russia", 1],
      ],
    ],
    ["workspace('soc').SigninLogs | project UserPrincipalName", [["bob"]]],
    ["database('d').T | where a == 'x' | count", [[1]]],
    ["cluster('c').database('d').T | project a", [["y"], ["z"]]],
  ] as const)("%s", async (kql, expected) => {
    expect(await rows(kql)).toEqual(expected);
  });
});

test.each([
  ["_GetWatchlist('vip')", "KT0250", "`fixtures/watchlists/vip.csv`"],
  ["_GetWatchlist('vips', 'x')", "KT0730", "`_GetWatchlist('x') | where SearchKey in (…)`"],
  ["_GetWatchlist('vips') | project Owners", "KT0101", "did you mean `Owner`?"],
  ["print DeviceId = 'd' | invoke SeenBy()", "KT0250", "`fixtures/functions/SeenBy.csv`"],
  ["print x = 1 | invoke FileProfile(SHA1)", "KT0731", "no column `SHA1` for `FileProfile`"],
  ["print Host = 1 | invoke Enrich(Host)", "KT0731", "`Host` is of type"],
  ["externaldata(h:string)['https://c.example/x.csv']", "KT0250", "url: 'https://c.example/x.csv'"],
  [
    "externaldata(h:string)['https://b.example/b.txt'] with (format='parquet')",
    "KT0730",
    "format `parquet`",
  ],
  [
    "externaldata(h:string)['https://b.example/b.txt'] with (ingestionMapping='[]')",
    "KT0730",
    "property `ingestionmapping`",
  ],
  ["workspace('x').SigninLogs | count", "KT0250", "table: 'workspace(\"x\").SigninLogs'"],
] as const)("%s is refused, and told how to declare it", async (kql, code, words) => {
  const error = await rows(kql).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ diagnostics: [expect.objectContaining({ code })] });
  expect(String(error)).toContain(words);
});

test("places of addresses that nobody declared are refused", async () => {
  const bare = await openEngine({ now: testNow, inputs: { fixtures: {} } });
  const query = bare.query("print geo_info_from_ip_address('1.1.1.1')");
  await expect(query).rejects.toThrow("network,country,state,city,latitude,longitude");
  await bare.close();
});

const declared = {
  columns: text("SearchKey", "Owner"),
  rows: [{ SearchKey: "h3", Owner: "carol" }],
};

/** Scenarios in which the same three hosts start a program; some have fixtures of their own. */
const scenarios: readonly BatchScenario[] = [
  { id: "plain", events: hosts() },
  { id: "own list", events: hosts(), fixtures: { watchlists: { vips: declared } } },
  { id: "other", events: hosts(), fixtures: { functions: { FileProfile: profile("s2", 3) } } },
  { id: "plain too", events: hosts() },
];

function hosts(): BatchScenario["events"] {
  return ["h1", "h2", "h3"].map((DeviceName, index) => ({
    id: DeviceName,
    table: "DeviceProcessEvents",
    row: { DeviceName, SHA1: `s${index + 1}`, Timestamp: "2025-01-15T11:00:00Z" } satisfies Row,
  }));
}

function profile(sha1: string, prevalence: number): NonNullable<Fixtures["functions"]>[string] {
  return {
    columns: [...text("SHA1"), { name: "GlobalPrevalence", type: "int" }],
    rows: [{ SHA1: sha1, GlobalPrevalence: prevalence }],
  };
}

const rules = [
  "DeviceProcessEvents | join kind=inner (_GetWatchlist('vips')) on $left.DeviceName == $right.SearchKey | project DeviceName, Owner",
  "DeviceProcessEvents | where DeviceName in ((_GetWatchlist('vips') | project SearchKey)) | summarize Hosts = count()",
  "DeviceProcessEvents | invoke FileProfile(SHA1) | where GlobalPrevalence < 100 | project DeviceName",
  "DeviceProcessEvents | where DeviceName !in ((_GetWatchlist('vips') | project SearchKey)) | take 1 | project DeviceName",
  "union (_GetWatchlist('vips') | project X = SearchKey), (DeviceProcessEvents | project X = DeviceName) | summarize count() by X | sort by X asc",
];

const evaluate = (
  kql: string,
  batch: readonly BatchScenario[],
): ReturnType<typeof evaluateBatch> => {
  const environment = environmentOf("defender-xdr", { fixtures });
  const program = compileQuery(plainText("rule", kql), environment.catalog, environment);
  return evaluateBatch(program, batch, { now: parseInstant(testNow) ?? 0n, fixtures });
};

describe("scenarios have fixtures of their own", () => {
  test("the rows of a scenario's watchlist are there in it alone, the project's in all", async () => {
    const { rows: found } = await evaluate(rules[0] ?? "", scenarios);
    expect(found).toEqual([
      ...both(0),
      ...both(1),
      { scenario: 1, events: [2], values: ["h3", "carol"] },
      ...both(2),
      ...both(3),
    ]);
  });

  test("a scenario's answer for a key goes before the project's", async () => {
    const { rows: found } = await evaluate(rules[2] ?? "", scenarios);
    expect(found).toEqual([{ scenario: 2, events: [1], values: ["h2"] }]);
  });

  test.each(rules)("all at once and one by one give the same: %s", async (kql) => {
    const { rows: batched } = await evaluate(kql, scenarios);
    const alone = await Promise.all(
      scenarios.map(async (scenario, index) => {
        const { rows: found } = await evaluate(kql, [scenario]);
        return found.map((row) => ({ ...row, scenario: index }));
      }),
    );
    expect(batched).toEqual(alone.flat());
  });

  test("a scenario that lacks what the rule reads is named", async () => {
    const lists = { vips: declared };
    const environment = environmentOf("defender-xdr", { fixtures: { watchlists: lists } });
    const program = compileQuery(
      plainText("rule", "_GetWatchlist('vips')"),
      environment.catalog,
      environment,
    );
    const batch: readonly BatchScenario[] = [
      { id: "with", events: [], fixtures: { watchlists: lists } },
      { id: "without", events: [] },
    ];
    const run = (missingFixtures: "error" | "empty"): ReturnType<typeof evaluateBatch> =>
      evaluateBatch(program, batch, { now: 0n, missingFixtures });
    await expect(run("error")).rejects.toThrow("KT0727 scenario `without` has no watchlist `vips`");
    expect((await run("empty")).rows.map(({ scenario }) => scenario)).toEqual([0]);
  });
});

function both(scenario: number): readonly unknown[] {
  return [
    { scenario, events: [0], values: ["h1", "alice"] },
    { scenario, events: [1], values: ["h2", "bob"] },
  ];
}
