import { expect, test } from "vitest";
import { expectRefusal, expectRows, sharedEngine } from "../../support/engine.ts";

const numbers = "datatable(x:long, y:long)[1, 2, 2, 4, long(null), 6] |";

test("count of a column counts rows, nulls and all, and its name tells the column", async () => {
  const engine = await sharedEngine();
  const { columns, rows } = await engine.query(`${numbers} summarize count(x), count() by y > 2`);
  expect(columns.map(({ name }) => name)).toEqual(["Column1", "count_x", "count_"]);
  expect(rows).toEqual([
    [false, 1, 1],
    [true, 2, 2],
  ]);
});

test("a covariance has a name after both columns", async () => {
  const engine = await sharedEngine();
  const { columns } = await engine.query(
    `${numbers} summarize covariance(x, y), sum(x), covariancepif(x, y, y > 1)`,
  );
  expect(columns.map(({ name }) => name)).toEqual(["covariance_x_y", "sum_x", "covariancepif_x_y"]);
});

test.each([
  "summarize covariance(x, y) | where covariance_x > 1",
  "summarize covariance(x, y + 1)",
])("whose name is not known: %s", async (kql) => {
  await expectRefusal(`${numbers} ${kql}`, "KT0210");
});

test("percentiles of one rank are one column", async () => {
  await expectRows(`${numbers} summarize p = percentiles(y, 50)`, [[4]]);
});

test("a value may have a comment before it", async () => {
  await expectRows(
    "datatable(x:long)[1, // one\n2 // two\n] | where x in (1, // one\n2) | summarize sum(x)",
    [[3]],
  );
});

test("several columns of the row with an extreme time are of one row, whose values may be nothing", async () => {
  const rows =
    "datatable(g:string, t:datetime, s:string, n:long)['a', datetime(2024-01-02), '', long(null), 'a', datetime(2024-01-01), 'x', 1, 'b', datetime(null), 'y', 2, 'b', datetime(null), 'z', 3]";
  await expectRows(`${rows} | summarize arg_max(t, *), n2 = count() by g | sort by g asc`, [
    ["a", "2024-01-02T00:00:00.0000000Z", "", null, 2],
    ["b", null, "y", 2, 2],
  ]);
  await expectRows(
    `${rows} | summarize arg_min(t, s, n, m = n + 1) by g | where g == 'a' | project s, n`,
    [["x", 1]],
  );
});
