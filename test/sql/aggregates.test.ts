import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEngine } from "../../src/engine/duckdb.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { aggregateFunctions } from "../../src/sql/functions/index.ts";

const rows = 'datatable(x:long, s:string)[1, "a", 2, "b", 2, ""]';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ now: "2025-01-15T12:00:00Z" });
});
afterAll(() => engine.close());

/** The first value that `summarize` gives for `aggregate`. */
async function summarized(aggregate: string, table = rows): Promise<unknown> {
  const answer = await engine.query(`${table} | summarize value = ${aggregate}`);
  return answer.rows[0]?.[0];
}

describe("aggregates", () => {
  const examples = Object.entries(aggregateFunctions)
    .filter(([name]) => !name.startsWith("$"))
    .flatMap(([, { examples: list }]) => list);

  test.each(examples)("%s", async (kql, value) => {
    expect(await summarized(kql)).toEqual(value);
  });
});

describe("arg_max", () => {
  const table = (cells: string): string => `datatable(x:long, y:string, z:real)[${cells}]`;
  const picked = async (cells: string, aggregate: string): Promise<unknown> => {
    const { rows: answer } = await engine.query(`${table(cells)} | summarize ${aggregate}`);
    return answer[0];
  };

  test("of a group whose extremes are all null gives one of its rows", async () => {
    expect(await picked('long(null),"a",1.0, long(null),"b",2.0', "arg_max(x, y, z)")).toEqual([null, "a", 1]); // oxfmt-ignore
  });

  test("passes rows over whose extreme is null, and takes a null value with the extreme", async () => {
    expect(await picked('long(null),"a",1.0, 5,"b",real(null)', "arg_max(x, *)")).toEqual([5, "b", null]); // oxfmt-ignore
  });

  test("takes the first of equals", async () => {
    expect(await picked('5,"a",1.0, 5,"b",2.0', "arg_min(x, y)")).toEqual([5, "a"]);
  });

  test("takes NaN for the extreme", async () => {
    expect(await picked('1,"a",1.0, 2,"b",real(nan)', "arg_min(z, y)")).toEqual(["NaN", "b"]);
  });

  test("of nothing is null, and the empty text", async () => {
    const { rows: answer } = await engine.query(
      `${rows} | where x > 9 | summarize arg_max(x, s), take_any(s), min(x)`,
    );
    expect(answer).toEqual([[null, "", "", null]]);
  });
});

describe("aggregates of several columns", () => {
  test("percentiles give one for each rank", async () => {
    const answer = await engine.query(
      "range x from 1 to 100 step 1 | summarize percentiles(x, 5, 50, 95)",
    );
    expect(answer.columns.map(({ name }) => name)).toEqual(["percentile_x_5", "percentile_x_50", "percentile_x_95"]); // oxfmt-ignore
    expect(answer.rows).toEqual([[5, 50, 95]]);
  });

  test("take_any of two columns takes both from one row", async () => {
    const { rows: answer } = await engine.query(
      'datatable(a:string, b:string)["", "1", "x", ""] | summarize take_any(a, b)',
    );
    expect(answer).toEqual([["", "1"]]);
  });
});

describe("gathering", () => {
  test("make_list keeps the order of the rows, and large numbers", async () => {
    const table = "datatable(x:long)[3, 9007199254740993, 1]";
    expect(await summarized("tostring(make_list(x))", table)).toBe("[3,9007199254740993,1]");
  });

  test("a null of a dynamic column stands in the array", async () => {
    const table = "datatable(d:dynamic)[dynamic(null), dynamic([5])]";
    expect(await summarized("make_list(d)", table)).toEqual([null, 5]);
  });

  test("makeset stops at 128 values, make_set does not", async () => {
    const table = "range x from 1 to 200 step 1";
    expect(await summarized("makeset(x)", table)).toHaveLength(128);
    expect(await summarized("make_set(x)", table)).toHaveLength(200);
  });

  test("the first bag that has a key decides", async () => {
    const table = 'datatable(d:dynamic)[dynamic({"a":1}), dynamic({"a":2,"b":3}), dynamic(7)]';
    expect(await summarized("make_bag(d)", table)).toEqual({ a: 1, b: 3 });
  });
});

describe("numbers beyond their range", () => {
  test("a sum of longs wraps around, and so does its average", async () => {
    const table = "datatable(x:long)[9223372036854775807, 1]";
    expect(await summarized("sum(x)", table)).toBe("-9223372036854775808");
    expect(await summarized("avg(x)", table)).toBe(-4611686018427387904);
  });

  test.each([
    ["variance", "1e200, 3e200"],
    ["stdev", "real(+inf), 1.0"],
    ["avg", "real(nan), 1.0"],
    ["min", "real(nan), 1.0"],
    ["max", "1.0, real(nan)"],
  ])("%s of %s is NaN", async (name, values) => {
    expect(await summarized(`${name}(x)`, `datatable(x:real)[${values}]`)).toBe("NaN");
  });
});
