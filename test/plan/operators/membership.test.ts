import { test } from "vitest";
import { expectRefusal, expectRows } from "../../support/engine.ts";

const texts = "datatable(s:string)['a-b', 'bc', 'B c', ''] | project s";

test.each([
  // What a table's first column holds are terms, not whole values.
  [`let L = datatable(w:string)['b', 'x']; ${texts} | where s has_any (L)`, [["a-b"], ["B c"]]],
  [`let L = datatable(s:string)['b']; ${texts} | where s has_any (L)`, [["a-b"], ["B c"]]],
  [`let L = datatable(w:string)['b', 'x']; ${texts} | where not(s has_any (L))`, [["bc"], [""]]],
  [`let L = datatable(w:string)['b', 'c']; ${texts} | where s has_all (L)`, [["B c"]]],
  [`let L = datatable(w:string)['b', 'x']; ${texts} | where s has_all (L)`, []],
  [`let L = datatable(w:string)[]; ${texts} | where s has_any (L) or s has_all (L) | count`, [[4]]],
  [`let L = datatable(w:dynamic)[dynamic('b')]; ${texts} | where s has_any (L) | count`, [[2]]],
  [
    `let L = datatable(w:string, v:long)['c', 1]; ${texts} | where strcat(s, ' d') has_any ((L | project w))`,
    [["B c"]],
  ],
  [`${texts} | where s has_any ((datatable(w:string)['b', 'c'] | where w == 'c'))`, [["B c"]]],
  ["print 'x a' has_any (dynamic('a')), 'x a' has_any ('b', dynamic(['a']))", [[true, true]]],
  ["print 'A' in~ (datatable(w:string)['a']), 'A' !in (datatable(w:string)['a'])", [[true, true]]],
  // A dynamic value is compared in the type of the other side, and numbers in the wider type.
  ["let L = datatable(w:string)['a']; print parse_json('{\"x\":\"a\"}').x in (L)", [[true]]],
  ["let L = datatable(w:dynamic)[dynamic('a')]; print 'a' in (L), 'b' in (L)", [[true, false]]],
  [
    "let L = datatable(w:long)[1, 2]; print 1.0 in (L), 1.5 in (L), '2' in (L)",
    [[true, false, true]],
  ],
  ["let L = datatable(w:long)[1]; print parse_json('[1]')[0] in (L)", [[true]]],
] as const)("%s", async (kql, rows) => {
  await expectRows(kql, rows);
});

test("of a table of several columns the first is compared, in a type of its own", async () => {
  await expectRefusal("let L = datatable(t:datetime, s:string)[]; print 'a' in (L)", "KT0221");
});
