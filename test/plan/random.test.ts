import { expect, test } from "vitest";
import { openEngine } from "../../src/engine/duckdb.ts";
import { evaluateBatch } from "../../src/engine/evaluate.ts";
import { isolate } from "../../src/plan/passes/isolate/isolate.ts";
import { parseInstant } from "../../src/schema/time.ts";
import { compile, expectRefusal, rowsOf, testNow } from "../support/engine.ts";

const drawn = "range x from 1 to 1000 step 1 | extend r = rand(), g = new_guid(), n = rand(3)";

test("the same query at the same instant draws the same values, at another one others", async () => {
  const rows = await rowsOf(drawn);
  expect(await rowsOf(drawn)).toEqual(rows);
  const engine = await openEngine({ now: "2025-01-16T12:00:00Z" });
  expect((await engine.query(drawn)).rows).not.toEqual(rows);
  await engine.close();
});

test("values are spread evenly and within their range, and differ by row and by call", async () => {
  const rows = await rowsOf(`${drawn}, other = rand()`);
  const numbers = rows.map(([, r]) => Number(r));
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(new Set(numbers).size).toBe(1000);
  const mean = numbers.reduce((sum, number) => sum + number, 0) / 1000;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
  expect(new Set(rows.map(([, , , n]) => n))).toEqual(new Set([0, 1, 2]));
  expect(rows.filter(([, r, , , other]) => r === other)).toEqual([]);
  const guid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/;
  expect(rows.every(([, , g]) => typeof g === "string" && guid.test(g))).toBe(true);
});

test("two calls of one function draw by the rows they stand over", async () => {
  const [first, second] = await rowsOf(
    "let f = () { rand() }; range x from 1 to 2 step 1 | project a = f()",
  );
  expect(first).not.toEqual(second);
});

test("`let` names a calculation: each use draws anew, each row too", async () => {
  const rows = await rowsOf(
    "let r = rand(); let q = r; let f = () { rand() }; range x from 1 to 2 step 1 | project r, again = r, q, f(), f()",
  );
  expect(new Set(rows.flat()).size).toBe(10);
  const [printed = []] = await rowsOf(
    "let r = rand(); let f = () { rand() }; print r, r, f(), f()",
  );
  expect(new Set(printed).size).toBe(4);
});

test("a name that a function declares draws by the rows of its use, over its own scope", async () => {
  const kql =
    "let count = 1; let f = (T:(x:long)) { let n = rand(toscalar(T | count)); T | extend r = n }; " +
    "range x from 1 to 200 step 1 | invoke f() | summarize dcount(r) > 50, min(r) >= 0, max(r) < 200";
  expect(await rowsOf(kql)).toEqual([[true, true, true]]);
});

test("`toscalar` draws once", async () => {
  const rows = await rowsOf(
    "let g = toscalar(new_guid()); range x from 1 to 3 step 1 | project g, r = toscalar(rand()), again = g, other = new_guid()",
  );
  expect(new Set(rows.map(([g]) => g)).size).toBe(1);
  expect(new Set(rows.map(([, r]) => r)).size).toBe(1);
  expect(rows.every(([g, , again]) => g === again)).toBe(true);
  expect(new Set(rows.map(([, , , other]) => other)).size).toBe(3);
});

test("a table inside of `toscalar` draws for each of its rows", async () => {
  const kql =
    "print n = toscalar(range x from 1 to 9 step 1 | extend r = rand() | summarize dcount(r))";
  expect(await rowsOf(kql)).toEqual([[9]]);
});

test.each([
  "range x from 1 to 5 step 1 | sort by rand()",
  "range x from 1 to 5 step 1 | summarize sum(rand())",
  "let r = rand(); range x from 1 to 5 step 1 | summarize by r",
  "print toscalar(range x from 1 to 4 step 1 | summarize count() by rand())",
])("refuses %s, where no row has a number", async (kql) => {
  await expectRefusal(kql, "KT0240");
});

test("a rule that draws gives a scenario the same rows alone and beside others", async () => {
  const program = compile("DeviceInfo | where rand() < 0.5 | project DeviceId, g = new_guid()");
  expect(isolate(program)).toBeUndefined();
  const scenario = (name: string): Parameters<typeof evaluateBatch>[1][number] => ({
    id: name,
    events: Array.from({ length: 20 }, (_, id) => ({
      id: `${name}${id}`,
      table: "DeviceInfo",
      row: { DeviceId: `${name}${id}` },
    })),
  });
  const options = { now: parseInstant(testNow) ?? 0n };
  const both = await evaluateBatch(program, [scenario("a"), scenario("b")], options);
  const alone = await evaluateBatch(program, [scenario("b")], options);
  const second = both.rows.filter((row) => row.scenario === 1);
  expect(second.length).toBeGreaterThan(0);
  expect(second.map(({ values }) => values)).toEqual(alone.rows.map(({ values }) => values));
});
