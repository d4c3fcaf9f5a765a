import { test } from "vitest";
import { expectRefusal, expectRows } from "../../support/engine.ts";

const rows = "datatable(g:string, v:long)['a', 1, 'a', 2, 'b', 3, 'c', 4, 'c', 5, 'c', 6]";

// oxfmt-ignore
const cases: readonly (readonly [kql: string, rows: readonly (readonly unknown[])[]])[] = [
  [`${rows} | sample 2 | count`, [[2]]],
  [`${rows} | sample 9 | count`, [[6]]],
  [`${rows} | sample-distinct 2 of g`, [["a"], ["b"]]],
  [`${rows} | sample-distinct 9 of v`, [[1], [2], [3], [4], [5], [6]]],
  [`${rows} | top-hitters 1 of g`, [["c", 3]]],
  [`${rows} | top-hitters 2 of g by v + 1 | sort by g asc | project g`, [["a"], ["c"]]],
  [`${rows} | where v > 9 | top-hitters 1 of g`, []],
];

test.each(cases)("%s", (kql, expected) => expectRows(kql, expected as never));

test.each([
  [`${rows} | fork (count) (take 1)`, "KT0245"],
  [`${rows} | facet by g`, "KT0245"],
  [`${rows} | reduce by g`, "KT0245"],
])("refused: %s", (kql, code) => expectRefusal(kql, code));
