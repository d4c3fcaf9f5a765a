import { test } from "vitest";
import { expectRefusal, expectRows, rowsOf } from "../../support/engine.ts";
import { expect } from "vitest";

const A = "let A = datatable(x:long, s:string)[1, 'a'];";
const B = "let B = datatable(x:long, t:string)[2, 'b'];";
const views =
  "let View_1 = view () { print x = 1 }; let View_2 = view () { print x = toint(2) }; let Other = view () { print x = 3 };";

test.each([
  [
    "a column that a table lacks is null",
    `${A} ${B} union A, B`,
    [
      [1, "a", ""],
      [2, "", "b"],
    ],
  ],
  ["in a pipe the table before it is the first", `${A} ${B} A | union B | project x`, [[1], [2]]],
  ["kind=outer is the default", `${A} ${B} union kind=outer A, B | count`, [[2]]],
  ["tables of one shape have a common kind=inner", `${A} union kind=inner A, A | count`, [[2]]],
  [
    "a name with two types is two columns, side by side",
    "union (print x = 1, y = 2), (print x = 'a', z = 3)",
    [
      [1, "", 2, null],
      [null, "a", null, 3],
    ],
  ],
  [
    "a name with two types is two columns",
    "union (print x = 1), (print x = 'a')",
    [
      [1, ""],
      [null, "a"],
    ],
  ],
  [
    "the name of the source column may stand in quotes",
    "union withsource='S' (print x = 1), (print x = 2) | project S",
    [["union_arg0"], ["union_arg1"]],
  ],
  [
    "a table of its own name counts by its place",
    `${A} ${B} union withsource=S A, B | project S`,
    [["union_arg0"], ["union_arg1"]],
  ],
  [
    "the table before the pipe counts too",
    `${A} ${B} A | union withsource=S B | project S`,
    [["union_arg0"], ["union_arg1"]],
  ],
  [
    "a view has its name",
    `${views} union withsource=S View_1, Other | project S, x`,
    [
      ["View_1", 1],
      ["Other", 3],
    ],
  ],
  [
    "as gives a name",
    "union withsource=S (print x = 1 | as T1), (print x = 2 | as T2) | project S",
    [["T1"], ["T2"]],
  ],
  [
    "a column that is called like the source",
    "union with_source=S (print x = 1), (print x = 2) | count",
    [[2]],
  ],
  ["a wildcard takes views", `${views} union View_*, Other | count`, [[3]]],
  [
    "a fuzzy union skips what does not exist",
    `${A} union isfuzzy=true A, Missing_CL | project x`,
    [[1]],
  ],
  [
    "and what is made of it",
    `${A} union isfuzzy=true (Missing_CL | where y == 1 | extend z = 2), A`,
    [[1, "a"]],
  ],
  ["and a wildcard without a table", `${A} union isfuzzy=true Nothing_*, A | count`, [[1]]],
  [
    "and a function that does not exist",
    `${A} union isfuzzy=true A, missing_function(1) | count`,
    [[1]],
  ],
] as const)("%s", async (_, kql, rows) => {
  await expectRows(kql, rows);
});

test("a clash yields to a column that has the name already", async () => {
  const kql =
    "union (print x = 1 | as T1), (print x = toint(2) | as T2), (print x_long = 3 | as T3) | getschema | project ColumnName";
  await expectRows(kql, [["x_long1"], ["x_int"], ["x_long"]]);
});

test("kind=inner keeps the columns that all have", async () => {
  await expectRows("union kind=inner withsource=t (print x = 1, y = 2), (print z = 5, y = 3)", [
    ["union_arg0", 2],
    ["union_arg1", 3],
  ]);
});

test("a wildcard takes the tables of the catalog", async () => {
  expect(await rowsOf("union withsource=S Alert* | summarize count() by S")).toEqual([]);
});

test.each([
  ["union kind=inner (print x = 1), (print y = 2)", "KT0254"],
  ["union kind=inner (print x = 1), (print x = 'a')", "KT0254"],
  ["union kind=inner (print x = 1, y = 2), (print x = 3) | project y", "KT0206"],
  ["union isfuzzy=true Missing_1, Missing_2", "KT0250"],
  ["union Missing_1, DeviceInfo", "KT0101"],
])("refuses %s", async (kql, code) => {
  await expectRefusal(kql, code);
});
