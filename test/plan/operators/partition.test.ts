import { test } from "vitest";
import { expectRefusal, expectRows } from "../../support/engine.ts";

const rows =
  "datatable(k:string, v:long)['a', 3, 'b', 10, 'a', 1, 'b', 30, 'c', 7, 'a', 2] | partition hint.strategy=native by k";

// oxfmt-ignore
const cases: readonly (readonly [subquery: string, rows: readonly (readonly unknown[])[]])[] = [
  ["(top 1 by v)", [["a", 3], ["b", 30], ["c", 7]]],
  ["(sort by v asc | take 2 | project v)", [[1], [2], [10], [30], [7]]],
  // The key is in the result where the subquery says so alone.
  ["(summarize s = sum(v)) | sort by s asc", [[6], [7], [40]]],
  ["(where v > 5 | summarize n = count(), k = take_any(k)) | sort by n asc, k asc", [[0, ""], [1, "c"], [2, "b"]]],
  ["(summarize n = count() by odd = v % 2 == 1) | sort by odd asc, n asc", [[1, false], [2, false], [1, true], [2, true]].map(([n, odd]) => [odd, n])],
  ["(sort by v desc | extend rn = row_number(), d = v - prev(v)) | where k == 'a'", [["a", 3, 1, null], ["a", 2, 2, -1], ["a", 1, 3, -1]]],
  ["(extend v = v * 2 | distinct k)", [["a"], ["b"], ["c"]]],
  ["(top-nested 1 of v by max(v)) | sort by v asc | project v", [[3], [7], [30]]],
  ["(where false)", []],
];

test.each(cases)("%s", (subquery, expected) =>
  expectRows(`${rows} ${subquery}`, expected as never),
);

test.each([
  ["datatable(k:long)[1, 2] | partition by k { print x = 1 }", "KT0244"],
  [`${rows} (union (print v = 1))`, "KT0244"],
])("refused: %s", (kql, code) => expectRefusal(kql, code));
