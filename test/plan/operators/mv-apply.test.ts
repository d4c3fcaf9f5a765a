import { expect, test } from "vitest";
import { expectRefusal, expectRows, sharedEngine } from "../../support/engine.ts";

const rows =
  "datatable(i:int, a:dynamic)[0, dynamic([5,1,3]), 1, dynamic([4,10,8,7]), 2, dynamic([]), 3, dynamic(null)]";

// oxfmt-ignore
const cases: readonly (readonly [subquery: string, rows: readonly (readonly unknown[])[]])[] = [
  ["mv-apply x = a to typeof(long) on (top 2 by x | project x)", [[0, [5, 1, 3], 5], [0, [5, 1, 3], 3], [1, [4, 10, 8, 7], 10], [1, [4, 10, 8, 7], 8], [3, null, null]]],
  ["mv-apply x = a on (take 1) | project i, x", [[0, 5], [1, 4], [3, null]]],
  ["mv-apply x = a limit 1 on (extend y = i) | project i, x, y", [[0, 5, 0], [1, 4, 1], [3, null, 3]]],
  ["mv-apply with_itemindex=k x = a to typeof(long) on (where k >= 2) | project i, k, x", [[0, 2, 3], [1, 2, 8], [1, 3, 7]]],
  // The elements of a row come in their order, and no function looks at those of another.
  ["mv-apply x = a to typeof(long) on (extend n = row_number(), p = prev(x)) | where isnotnull(x) | project i, x, n, p", [[0, 5, 1, null], [0, 1, 2, 5], [0, 3, 3, 1], [1, 4, 1, null], [1, 10, 2, 4], [1, 8, 3, 10], [1, 7, 4, 8]]],
  ["mv-apply x = a to typeof(long) on (scan declare (t:long = 0) with (step s: true => t = s.t + x;)) | where i < 1 | project x, t", [[5, 5], [1, 6], [3, 9]]],
  // Each row's elements are a table of their own.
  ["mv-apply x = a to typeof(long) on (summarize n = count(), m = max(x)) | project i, n, m", [[0, 3, 5], [1, 4, 10], [3, 1, null]]],
  ["mv-apply x = a to typeof(long) on (where x > 5 | summarize n = count(), l = make_list(x)) | project i, n, l", [[0, 0, []], [1, 3, [10, 8, 7]], [3, 0, []]]],
  ["mv-apply x = a to typeof(long) on (where x > 5 | count) | project i, Count", [[0, 0], [1, 3], [3, 0]]],
  ["mv-apply x = a to typeof(long) on (summarize n = count() by odd = x % 2 == 1 | where odd) | project i, n", [[0, 3], [1, 1]]],
  ["mv-apply x = a to typeof(long) on (sort by x asc | extend r = row_number(), before = prev(x) | where r == 2) | project i, x, before", [[0, 3, 1], [1, 7, 4]]],
  ["mv-apply x = a to typeof(long) on (sort by x asc | take 2 | summarize l = make_list(x)) | project i, l", [[0, [1, 3]], [1, [4, 7]], [3, []]]],
  ["mv-apply x = a to typeof(long) on (distinct odd = x % 2 | sort by odd asc) | where i < 2 | project i, odd", [[0, 1], [1, 0], [1, 1]]],
  ["mv-apply x = a to typeof(long) on (join kind=inner (datatable(x:long, n:string)[5, 'five', 7, 'seven']) on x | project n)", [[0, [5, 1, 3], "five"], [1, [4, 10, 8, 7], "seven"]]],
  ["mv-apply x = a to typeof(long) on (lookup (datatable(x:long, n:string)[5, 'five']) on x | where n == '' | take 1) | project i, x", [[0, 1], [1, 4], [3, null]]],
  // What the subquery gives wins over the row's column of that name.
  ["mv-apply a on (take 1 | project z = a)", [[0, 5], [1, 4], [3, null]]],
  ["mv-apply x = a to typeof(long) on (summarize i = sum(x))", [[9, [5, 1, 3]], [29, [4, 10, 8, 7]], [0, null]]],
  ["mv-apply x = a, y = a to typeof(string) on (where x == 1) | project x, y", [[1, "1"]]],
  // One after the other, and `mv-expand` inside.
  ["mv-apply x = a to typeof(long) on (top 1 by x) | mv-apply y = a to typeof(long) on (where y == x | count) | project i, x, Count", [[0, 5, 1], [1, 10, 1], [3, null, 0]]],
  ["mv-apply x = a to typeof(long) on (mv-expand z = pack_array(x, -x) to typeof(long) | take 3) | project i, z", [[0, 5], [0, -5], [0, 1], [1, 4], [1, -4], [1, 10], [3, null], [3, null]]],
  ["mv-apply x = a to typeof(long) on (where false)", []],
];

test.each(cases)("%s", (subquery, expected) =>
  expectRows(`${rows} | ${subquery}`, expected as never),
);

test("over a bag", () =>
  expectRows(
    "datatable(d:dynamic)[dynamic({'x': 1, 'y': 'z'})] | mv-apply k = bag_keys(d) to typeof(string) on (extend v = tostring(d[k]) | summarize s = make_list(v))",
    [[{ x: 1, y: "z" }, ["1", "z"]]],
  ));

// oxfmt-ignore
test.each([
  ["mv-apply x = a on (take 1)", "i:int a:dynamic x:dynamic"],
  ["mv-apply a to typeof(long) on (summarize m = max(a))", "i:int m:long"],
  ["mv-apply with_itemindex=i x = a on (take 1)", "i:int a:dynamic x:dynamic i1:long"],
  ["mv-apply split('a,b', ',') to typeof(string) on (project Column1)", "i:int a:dynamic Column1:string"],
])("columns of %s", async (subquery, columns) => {
  const engine = await sharedEngine();
  const result = await engine.query(`${rows} | ${subquery}`);
  expect(result.columns.map(({ name, type }) => `${name}:${type}`).join(" ")).toBe(columns);
});

test.each([
  ["union (print 1)", "KT0231"],
  ["join kind=rightouter (datatable(x:long)[1]) on x", "KT0231"],
  ["mv-apply y = a on (take 1)", "KT0232"],
])("refused inside: %s", (subquery, code) =>
  expectRefusal(`${rows} | mv-apply x = a to typeof(long) on (${subquery})`, code),
);
