import { test } from "vitest";
import { expectRefusal, expectRows } from "../../support/engine.ts";

const T = "datatable(s:string, n:long)['alpha apple', 1, 'Beta banana', 22, 'gamma', 333] |";

test.each([
  ["a term in a text", `${T} search 'apple'`, [["search_arg0", "alpha apple", 1]]],
  ["a term ignores case", `${T} search 'BETA' | project s`, [["Beta banana"]]],
  ["unless it must not", `${T} search kind=case_sensitive 'beta' | count`, [[0]]],
  ["a term is a whole word", `${T} search 'banan' | count`, [[0]]],
  ["a star behind it lets it go on", `${T} search 'banan*' | count`, [[1]]],
  ["a star before it lets it begin earlier", `${T} search '*nana' | count`, [[1]]],
  ["two stars take any part", `${T} search '*lph*' | count`, [[1]]],
  ["a number is searched as its text", `${T} search '22' | project s`, [["Beta banana"]]],
  ["a star alone is everything", `${T} search * | count`, [[3]]],
  [
    "terms and conditions",
    `${T} search 'gamma' and n > 300 or s startswith 'alpha' | project n`,
    [[1], [333]],
  ],
  ["a term that must not be", `${T} search not('apple') | project n`, [[22], [333]]],
  ["a term in one column", `${T} search s:'gamma' | project n`, [[333]]],
  [
    "a star stands for every column",
    `${T} where * has 'apple' or * has '333' | project n`,
    [[1], [333]],
  ],
  ["a negated operator holds for all", `${T} where * !contains 'a' | count`, [[0]]],
  [
    "the table has its name",
    "search in (AlertInfo, AlertEvidence) 'x' | summarize count() by $table",
    [],
  ],
  ["a wildcard in the list", "search in (Alert*) Title:'x*' | count", [[0]]],
  ["all tables", "search 'x' | summarize count() by $table", []],
] as const)("%s", async (_, kql, rows) => {
  await expectRows(kql, rows);
});

test("views are searched, and no table without the column that is asked for", async () => {
  const views =
    "let R1 = view () { range Own from 1 to 9 step 1 }; let R2 = view () { range Own from 5 to 6 step 1 };";
  await expectRows(`${views} search Own == 5`, [
    ["R1", 5],
    ["R2", 5],
  ]);
});

test.each([
  ["DeviceInfo | search '2025-01'", "KT0255"],
  ["DeviceInfo | search 'a*b'", "KT0255"],
  ["DeviceInfo | search not(strcat('a', 'b'))", "KT0101"],
])("refuses %s", async (kql, code) => {
  await expectRefusal(kql, code);
});
