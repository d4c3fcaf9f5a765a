import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEngine } from "../../src/engine/duckdb.ts";
import type { Engine } from "../../src/engine/engine.ts";

// Texts in which something doubles at every step. None may take longer than its length explains; where one did, the
// test would not end.
const table = "datatable(x:long, y:long, s:string, t:datetime)[1, 2, 'a', datetime(2024-01-01), 4, 5, 'b', datetime(2024-02-01)]"; // oxfmt-ignore

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ now: "2025-01-15T12:00:00Z" });
});
afterAll(() => engine.close());

/** `first`, then what `next` gives for 1, 2, … up to `count`. */
function series(first: string, count: number, next: (step: number) => string): string {
  return first + Array.from({ length: count }, (_, index) => next(index + 1)).join("");
}

/** `inner` wrapped `count` times. */
function wrapped(inner: string, count: number, wrap: (text: string) => string): string {
  return Array.from({ length: count }).reduce<string>((text) => wrap(text), inner);
}

const doubled = (1n << 40n).toString();

describe("what doubles has its answer", () => {
  test.each([
    [
      "scalars of let",
      `${series("let a0 = 1;", 40, (k) => `let a${k} = a${k - 1} + a${k - 1};`)} print a40`,
      [[Number(doubled)]],
    ],
    [
      "scalars of let over a table",
      `${series(`let a0 = toscalar(${table} | summarize min(x));`, 40, (k) => `let a${k} = a${k - 1} + a${k - 1};`)} print a40`,
      [[Number(doubled)]],
    ],
    [
      "a function of itself",
      `let f = (p:long) { p + p }; ${table} | project z = ${wrapped("x", 20, (e) => `f(${e})`)}`,
      [[2 ** 20], [2 ** 22]],
    ],
    [
      "a function in an aggregate",
      `let f = (p:long) { p + p }; ${table} | summarize z = sum(${wrapped("x", 9, (e) => `f(${e})`)})`,
      [[5 * 2 ** 9]],
    ],
    [
      "a function of tables",
      `let f = (A:(x:long)) { A | union (A | where x > 1) }; ${wrapped(table, 10, (e) => `f(${e})`)} | summarize count() by x | order by x asc`,
      [
        [1, 1],
        [4, 1024],
      ],
    ],
    [
      "joins of a table with itself",
      `${series(`let T0 = ${table};`, 20, (k) => `let T${k} = T${k - 1} | join kind=inner (T${k - 1}) on x | project x, y;`)} T20 | count`,
      [[2]],
    ],
    [
      "columns, and a condition on them",
      `${table} ${"| extend x = x + x ".repeat(40)}| where x > 0 | project x`,
      [[2 ** 40], [2 ** 42]],
    ],
    [
      "texts, and a condition on them",
      `${table} ${"| extend s = strcat(s, s) ".repeat(12)}| where s startswith 'a' | project strlen(s)`,
      [[4096]],
    ],
    ["groupings", `${table} ${"| summarize x = sum(x) by y ".repeat(30)}| count`, [[2]]],
    ["partitions", `${table} ${"| partition by s (top 3 by x) ".repeat(15)}| count`, [[2]]],
    [
      "choices",
      `${table} | project z = case(${Array.from({ length: 400 }, (_, k) => `x == ${k + 3}, ${k}`).join(", ")}, -1)`,
      [[-1], [1]],
    ],
  ])("%s", async (_, kql, rows) => {
    expect((await engine.query(kql)).rows).toEqual(rows);
  });
});

describe("what would take minutes, or has no meaning, is refused with its place", () => {
  test.each([
    [
      "functions that call the one before twice",
      `${series("let f0 = (p:long) { p + p };", 20, (k) => `let f${k} = (p:long) { f${k - 1}(p) + f${k - 1}(p) };`)} ${table} | project f20(x)`,
      "KT0281",
    ],
    [
      "functions of tables that call the one before twice",
      `${series("let f0 = (A:(x:long)) { A | where x > 1 };", 20, (k) => `let f${k} = (A:(x:long)) { f${k - 1}(A) | join kind=inner (f${k - 1}(A)) on x };`)} f20(${table}) | count`,
      "KT0281",
    ],
    [
      "an expression of one function in another",
      `let f = (p:long) { p + p }; ${table} | summarize z = ${wrapped("sum(x)", 17, (e) => `f(${e})`)}`,
      "KT0280",
    ],
    [
      "unions of the one before",
      `${series(`let T0 = ${table};`, 20, (k) => `let T${k} = union T${k - 1}, T${k - 1};`)} T20 | count`,
      "KT0281",
    ],
    [
      "nested toscalar",
      `print ${wrapped("1", 20, (e) => `toscalar(${table} | where x > ${e} | summarize max(x))`)}`,
      "KT0281",
    ],
    ["nested brackets", `print ${"(".repeat(10_000)}1${")".repeat(10_000)}`, "KT0281"],
    ["a negative number of rows", `${table} | take -1`, "KT0282"],
    ...[
      "take -1",
      "top -1 by x",
      "take toint(-1)",
      "take 2 - 2 * 2",
      "take long(null)",
      "sample -1",
      "sample-distinct toint(-1) of x",
      "top-hitters -1 of x",
      "top-nested -1 of x by count()",
      "partition by x (take toint(-1))",
    ].map((operator) => ["no number of rows", `${table} | ${operator}`, "KT0282"]),
  ])("%s", async (_, kql, code) => {
    await expect(engine.query(kql)).rejects.toMatchObject({
      diagnostics: [{ code, span: expect.anything() as unknown }],
    });
  });

  test.each([
    "take toscalar(print -1)",
    "take toint('x')",
    "take 9223372036854775807 + 1",
    "partition by x (take toint('-1'))",
  ])("%s, which only a run can tell", async (operator) => {
    await expect(engine.query(`${table} | ${operator}`)).rejects.toMatchObject({
      diagnostics: [{ code: "KT0282" }],
    });
  });
});

test("a computed number of rows", async () => {
  const { rows } = await engine.query(`range x from 1 to 9 step 1 | take strlen("abc") | count`);
  expect(rows).toEqual([[3]]);
});
