import { missingFixturesOf } from "../../src/kql/functions/missing-fixtures.ts";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { openEngine } from "../../src/engine/duckdb.ts";
import { testNow } from "../support/engine.ts";

/** Queries that read what no table holds, and the rows that they have without it. */
const cases = [
  ["externaldata(a:string)['https://example.org/x.csv'] with (format='csv') | count", [[0]]],
  ["_GetWatchlist('vips') | project SearchKey, Owner", []],
  ["DeviceInfo | where DeviceName in ((_GetWatchlist('vips') | project SearchKey)) | count", [[0]]],
  ["print x = 'a' | where x !in ((_GetWatchlist('vips') | project Name))", [["a"]]],
  [
    "print x = 'a' | join kind=leftouter (_GetWatchlist('vips')) on $left.x == $right.Name | project x, Name, Other",
    [["a", "", null]],
  ],
  [
    "print x = 'a' | join kind=leftanti (_GetWatchlist('vips')) on $left.x == $right.SearchKey",
    [["a"]],
  ],
  [
    "print SHA1 = 's' | invoke FileProfile(SHA1, 1000) | project SHA1, GlobalPrevalence, Signer",
    [["s", null, ""]],
  ],
  ["print SHA1 = 's' | invoke FileProfile('SHA1') | where GlobalPrevalence < 100 | count", [[0]]],
  ["print DeviceId = 'd' | invoke SeenBy() | project DeviceId, SeenBy", [["d", null]]],
  ["print geo = geo_info_from_ip_address('1.1.1.1').country", [[null]]],
  ["workspace('other').DeviceInfo | where DeviceName == 'x' | count", [[0]]],
  ["cluster('c').database('d').T | where a == 1 | project a", []],
  ["arg('').Resources | where type == 'x' | project id", []],
] as const;

/** The same for names that the engine has never heard of. */
const unknown = [
  ["_Im_Dns(starttime=ago(1d), responsecodename='NXDOMAIN') | summarize count() by SrcIpAddr", []],
  ["imProcessCreate | where Process has 'x' | project Process, TimeGenerated", []],
  ["Apache_CL | where Status_d > 500 | extend t = bin(TimeGenerated, 1h) | count", [[0]]],
  [
    "Apache_CL | where F == 1 | project T, U | summarize n = count() by U, bin(T, 1h) | summarize sum(n)",
    [[0]],
  ],
  ["DeviceInfo | invoke MyEnrichment(1, 'x') | where Score > 5 | project Score", []],
  ["union (print a = 'x'), (Apache_CL | where a == 'y') | where a == 'x' | project a", [["x"]]],
  ["union Apache_CL, (print a = 'x') | count", [[1]]],
  ["DeviceInfo | union Apache_CL | where DeviceName == 'x' and Status_d == 1 | count", [[0]]],
  [
    "Apache_CL | extend A = Status_d, B = strcat(Host, 'x') | project-away A | project-reorder Z | count",
    [[0]],
  ],
] as const;

const empty = openEngine({ now: testNow, missingFixtures: "empty" });
const refusing = openEngine({ now: testNow });

afterAll(async () => {
  await (await empty).close();
  await (await refusing).close();
});

test.each([...cases, ...unknown])("nothing answers: %s", async (kql, rows) => {
  expect((await (await empty).query(kql)).rows).toEqual(rows);
});

test.each(cases)("it is refused: %s", async (kql) => {
  await expect((await refusing).query(kql)).rejects.toMatchObject({
    diagnostics: [expect.objectContaining({ code: "KT0250" })],
  });
});

test.each(unknown)("an unknown name is a mistake: %s", async (kql) => {
  await expect((await refusing).query(kql)).rejects.toThrow("KT0101");
});

test("a misspelt table is not outside", async () => {
  await expect((await empty).query("DeviceProcesEvents | count")).rejects.toThrow(
    "did you mean `DeviceProcessEvents`?",
  );
});

test("the event's time is when it came in", async () => {
  const engine = await openEngine({ now: testNow, dialect: "sentinel" });
  await engine.load({ Syslog: [{ TimeGenerated: "2025-01-15T11:00:00Z", Computer: "c" }] });
  const kql = "Syslog | where ingestion_time() > ago(2h) | project Computer";
  expect((await engine.query(kql)).rows).toEqual([["c"]]);
  await engine.close();
});

describe("tables and functions of the user's own", () => {
  const own = openEngine({
    now: testNow,
    tables: { Apache_CL: { Status: "int", Host: "string" } },
    functions: {
      Errors: "{ Apache_CL | where Status >= 400 }",
      AtLeast:
        "(T:(*), least:long = 400, label:string = 'x') { T | where Status >= least | extend Label = label }",
      Twice: "(n:long) { 2 * n }",
      ErrorHosts: "{ Errors | extend Double = Twice(Status) | project Host, Double }",
      _GetWatchlist: "(name:string) { datatable(SearchKey:string)['h2'] | where name == 'hosts' }",
      FileProfile: "(T:(*), key:string = '', more:long = 0) { T | extend GlobalPrevalence = 7 }",
    },
  });

  afterAll(async () => {
    await (await own).close();
  });

  test.each([
    ["Errors | project Host", [["h2"]]],
    ["Errors() | count", [[1]]],
    ["Apache_CL | invoke AtLeast() | project Host, Label", [["h2", "x"]]],
    [
      "Apache_CL | invoke AtLeast(200, label='y') | project Host, Label",
      [
        ["h1", "y"],
        ["h2", "y"],
      ],
    ],
    ["AtLeast(Apache_CL, 201) | count", [[1]]],
    ["print Twice(4)", [[8]]],
    ["ErrorHosts", [["h2", 808]]],
    [
      "Apache_CL | where Host in ((_GetWatchlist('hosts') | project SearchKey)) | project Status",
      [[404]],
    ],
    ["print SHA1 = 's' | invoke FileProfile(SHA1, 1000) | project GlobalPrevalence", [[7]]],
    ["union isfuzzy=true Errors, Other_CL | count", [[1]]],
    ["let Errors = print mine = 1; Errors", [[1]]],
    ["table('Apache_CL') | count", [[2]]],
  ] as const)("%s", async (kql, rows) => {
    const engine = await own;
    if ((await engine.query("Apache_CL | count")).rows[0]?.[0] === 0) {
      await engine.load({
        Apache_CL: [
          { Status: 200, Host: "h1" },
          { Status: 404, Host: "h2" },
        ],
      });
    }
    expect((await engine.query(kql)).rows).toEqual(rows);
  });
});

test("the old option `outside` is still accepted, with one warning", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on("warning", note);
  onTestFinished(() => void process.off("warning", note));
  const [open, closed] = await Promise.all([
    openEngine({ now: testNow, outside: "empty" }),
    openEngine({ now: testNow, outside: "refuse" }),
  ]);
  const kql = "_GetWatchlist('vips') | count";
  expect((await open.query(kql)).rows).toEqual([[0]]);
  await expect(closed.query(kql)).rejects.toThrow("reads data outside of the tables");
  await Promise.all([open.close(), closed.close()]);
  expect(warnings).toEqual([
    expect.objectContaining({ name: "DeprecationWarning", code: "KQLTEST_OUTSIDE" }),
  ]);
});

test("`missingFixtures` goes before the old option, and alone gives no warning", () => {
  expect(missingFixturesOf({ missingFixtures: "error", outside: "empty" })).toBe("error");
  expect(missingFixturesOf({ outside: "refuse" })).toBe("error");
  expect(missingFixturesOf({ missingFixtures: "empty" })).toBe("empty");
  expect(missingFixturesOf({})).toBeUndefined();
});
