import { describe, expect, test } from "vitest";
import { plainText } from "../../../src/base/source.ts";
import { compileQuery } from "../../../src/engine/compile-query.ts";
import { evaluateBatch } from "../../../src/engine/evaluate.ts";
import type { ScenarioEvent } from "../../../src/scenario/model/types.ts";
import { parseInstant } from "../../../src/schema/time.ts";
import { bundledCatalog } from "../../../src/schema/tables.ts";
import { expectRefusal, expectRows, sharedEngine, testNow } from "../../support/engine.ts";

const bags = `datatable(i:long, d:dynamic)[1, dynamic({"b": "x", "a": 1, "c": [1]}), 2, dynamic({"a": 2, "b": "y"}), 3, dynamic(null)] |`;

async function typed(kql: string): Promise<string> {
  const { columns } = await (await sharedEngine()).query(kql);
  return columns.map(({ name, type }) => `${name}:${type}`).join(" ");
}

describe("bag_unpack", () => {
  test.each([
    ["evaluate bag_unpack(d)", "i:long a:long b:string c:dynamic"],
    ["evaluate bag_unpack(d, 'p_')", "i:long p_a:long p_b:string p_c:dynamic"],
    ["evaluate bag_unpack(d, ignoredProperties=dynamic(['a', 'c']))", "i:long b:string"],
    [
      "extend b = 0 | evaluate bag_unpack(d, columnsConflict='keep_source')",
      "i:long a:long b:long c:dynamic",
    ],
    [
      "extend b = 0 | evaluate bag_unpack(d, columnsConflict='replace_source')",
      "i:long a:long b:string c:dynamic",
    ],
    ["where false | evaluate bag_unpack(d)", "i:long"],
    ["evaluate bag_unpack(d) : (*, a:real)", "i:long a:real"],
    ["evaluate bag_unpack(d) : (b:string)", "b:string"],
  ])("%s gives %s", async (kql, columns) => {
    expect(await typed(`${bags} ${kql}`)).toBe(columns);
  });

  test.each([
    [
      "evaluate bag_unpack(d) | project a, b",
      [
        [1, "x"],
        [2, "y"],
        [null, ""],
      ],
    ],
    ["evaluate bag_unpack(d) | where a == 2 | project i", [[2]]],
    ["evaluate bag_unpack(d) : (*, a:string) | project a", [["1"], ["2"], [""]]],
    ["evaluate bag_unpack(d) | project Missing", [[null], [null], [null]]],
    [
      "evaluate bag_unpack(d) | project i, e = c | mv-expand e to typeof(long) | project e",
      [[1], [null], [null]],
    ],
  ] as const)("%s", async (kql, rows) => {
    await expectRows(`${bags} ${kql}`, rows);
  });

  test("a property that is called like the bag takes its place", async () => {
    expect(
      await typed(`print d = dynamic({"a": 1, "d": 1.5}), z = 1 | evaluate bag_unpack(d)`),
    ).toBe("d:real z:long a:long");
  });

  test("values of several types are dynamic", async () => {
    const kql = `datatable(d:dynamic)[dynamic({"a": 1}), dynamic({"a": "x"})] | evaluate bag_unpack(d)`;
    expect(await typed(kql)).toBe("a:dynamic");
    await expectRows(kql, [[1], ["x"]]);
  });

  test("one behind the other", async () => {
    const kql = `print d = dynamic({"e": {"f": 7}}) | evaluate bag_unpack(d) | evaluate bag_unpack(e) | project g = f + 1`;
    await expectRows(kql, [[8]]);
  });

  test("in a function that is called again, where the columns are the same", () =>
    expectRows(
      `let f = (T:(d:dynamic)) { T | evaluate bag_unpack(d) | project a = a + 1 };
       union (print d = dynamic({'a':1}) | invoke f()), (print d = dynamic({'a':2}) | invoke f()), (print d = dynamic(null) | take 0 | invoke f()) | sort by a asc`,
      [[2], [3]],
    ));

  test("in a function that is called once", () =>
    expectRows(
      `let f = (T:(k:string, d:dynamic)) { T | evaluate bag_unpack(d) | evaluate pivot(k, count()) };
       let R = datatable(k:string, d:dynamic)['q', dynamic({'a':1}), 'w', dynamic({'b':'x'})] | invoke f();
       R | extend c = tolong(q) + w | sort by a asc`,
      [
        [null, "x", 0, 1, 1],
        [1, "", 1, 0, 1],
      ],
    ));

  test("a mistake behind it is told at its place", async () => {
    const kql = `print d = dynamic({"a": 1}) | evaluate bag_unpack(d) | where strlen(a) > 0`;
    const at = kql.indexOf("a) > 0");
    await expect((await sharedEngine()).query(kql)).rejects.toMatchObject({
      diagnostics: [expect.objectContaining({ code: "KT0101", span: { start: at, end: at + 1 } })],
    });
  });

  test.each([
    [`print d = dynamic({"z": 1}), z = 1 | evaluate bag_unpack(d)`, "KT0260"],
    [
      `let f = (T:(d:dynamic)) { T | evaluate bag_unpack(d) }; union (print d = dynamic({'a':1}) | invoke f()), (print d = dynamic({'b':1}) | invoke f())`,
      "KT0258",
    ],
    [`print d = dynamic([{}]) | mv-apply e = d on (evaluate bag_unpack(e))`, "KT0258"],
    [`print d = dynamic({}) | evaluate bag_unpack(parse_json(tostring(d)))`, "KT0101"],
  ])("refuses %s", async (kql, code) => {
    await expectRefusal(kql, code);
  });
});

describe("pivot", () => {
  const sales =
    "datatable(s:string, k:string, n:long)['a', 'x', 1, 'a', 'y', 2, 'a', 'x', 4, 'b', 'x', 5] |";

  test.each([
    [
      "evaluate pivot(k, sum(n)) | sort by s asc",
      [
        ["a", 5, 2],
        ["b", 5, 0],
      ],
    ],
    [
      "evaluate pivot(k, count(), s) | sort by s asc",
      [
        ["a", 2, 1],
        ["b", 1, 0],
      ],
    ],
    [
      "evaluate pivot(k, max(n), s) | sort by s asc",
      [
        ["a", 4, 2],
        ["b", 5, null],
      ],
    ],
    [
      "project s, k | evaluate pivot(k) | sort by s asc",
      [
        ["a", 2, 1],
        ["b", 1, 0],
      ],
    ],
    [
      "evaluate pivot(k, sum(n)) : (s:string, y:long) | sort by s asc",
      [
        ["a", 2],
        ["b", 0],
      ],
    ],
    ["where false | evaluate pivot(k, sum(n))", []],
  ] as const)("%s", async (kql, rows) => {
    await expectRows(`${sales} ${kql}`, rows);
  });
});

test("narrow gives a row for each cell", async () => {
  await expectRows("datatable(s:string, n:long)['a', 1, 'b', 2] | evaluate narrow()", [
    [0, "s", "a"],
    [0, "n", "1"],
    [1, "s", "b"],
    [1, "n", "2"],
  ]);
});

describe("ipv4_lookup", () => {
  const lookup =
    "let N = datatable(net:string, who:string)['10.1.0.0/16', 'us', '9.9.9.9', 'dns']; datatable(ip:string)['10.1.2.3', '8.8.8.8'] | evaluate ipv4_lookup(N, ip, net";

  test.each([
    [")", [["10.1.2.3", "10.1.0.0/16", "us"]]],
    [
      ", return_unmatched = true)",
      [
        ["10.1.2.3", "10.1.0.0/16", "us"],
        ["8.8.8.8", "", ""],
      ],
    ],
  ] as const)("%s", async (end, rows) => {
    await expectRows(lookup + end, rows);
  });
});

describe("geo_polygon_lookup", () => {
  const lookup =
    "let T = datatable(who:string, area:dynamic)['west', dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,0]]]})]; datatable(x:long, y:real)[1, 0.5, 5, 0.5] | evaluate geo_polygon_lookup(T, area, x, y";

  test.each([
    [")", [[1, 0.5, "west"]]],
    [
      ", radius = 400000)",
      [
        [1, 0.5, "west"],
        [5, 0.5, "west"],
      ],
    ],
    [
      ", 100, true)",
      [
        [1, 0.5, "west"],
        [5, 0.5, ""],
      ],
    ],
    [
      ", return_unmatched = true, return_lookup_key = true) | project area.type",
      [["Polygon"], [null]],
    ],
  ] as const)("%s", async (end, rows) => {
    await expectRows(lookup + end, rows);
  });
});

describe("geo_line_lookup", () => {
  const lookup =
    "let T = datatable(who:string, way:dynamic)['equator', dynamic({'type':'LineString','coordinates':[[0,0],[2,0]]})]; datatable(x:real, y:real)[1, 0.001, 1, 1] | evaluate geo_line_lookup(T, way, x, y";

  test.each([
    [", 1000)", [[1, 0.001, "equator"]]],
    [
      ", 1000, return_unmatched = true)",
      [
        [1, 0.001, "equator"],
        [1, 1, ""],
      ],
    ],
  ] as const)("%s", async (end, rows) => {
    await expectRows(lookup + end, rows);
  });
});

test("a plugin that is unknown", async () => {
  await expectRefusal("DeviceInfo | evaluate autocluster()", "KT0257");
});

function event(DeviceId: string, AdditionalFields: string): ScenarioEvent {
  return { id: DeviceId, table: "DeviceEvents", row: { DeviceId, AdditionalFields } };
}

test("columns that depend on data are found out for each scenario", async () => {
  const catalog = bundledCatalog("defender-xdr");
  const text = plainText(
    "query",
    "DeviceEvents | extend d = parse_json(AdditionalFields) | project DeviceId, d | evaluate bag_unpack(d)",
  );
  const fields = ['{"a":1}', '{"b":"x"}', undefined];
  const scenarios = fields.map((AdditionalFields, index) => ({
    id: String(index),
    events: AdditionalFields === undefined ? [] : [event(String(index), AdditionalFields)],
  }));
  const { columns, rows } = await evaluateBatch(compileQuery(text, catalog), scenarios, {
    now: parseInstant(testNow) ?? 0n,
    recompile: (insertions) => compileQuery(text, catalog, { insertions }),
  });
  expect(columns.map(({ name }) => name)).toEqual(["DeviceId", "a", "b"]);
  expect(rows.map(({ scenario, values }) => [scenario, ...values])).toEqual([
    [0, "0", 1, null],
    [1, "1", null, "x"],
  ]);
});
