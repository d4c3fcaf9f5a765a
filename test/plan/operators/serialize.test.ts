import { test } from "vitest";
import { expectRefusal, expectRows } from "../../support/engine.ts";

// oxfmt-ignore
const cases: readonly (readonly [kql: string, rows: readonly (readonly unknown[])[]])[] = [
  // Numbers, from a start, anew by a condition over the rows before.
  ["range a from 1 to 3 step 1 | sort by a desc | extend rn = row_number()", [[3, 1], [2, 2], [1, 3]]],
  ["range a from 1 to 3 step 1 | sort by a desc | extend rn = row_number(7)", [[3, 7], [2, 8], [1, 9]]],
  ["datatable(k:long, v:long)[1, 10, 1, 20, 2, 30, 2, 30] | sort by k asc, v asc | serialize rn = row_number(1, k != prev(k)) | project rn", [[1], [2], [1], [2]]],
  ["datatable(x:long)[] | serialize rn = row_number(), c = row_cumsum(x)", []],
  // The rows before and behind.
  ["datatable(g:string, v:long)['a', 1, 'a', 2, 'b', 5] | sort by g asc, v asc | serialize p = prev(v, 1, -9), n = next(v), q = prev(g)", [["a", 1, -9, 2, ""], ["a", 2, 1, 5, "a"], ["b", 5, 2, null, "a"]]],
  ["range x from 1 to 4 step 1 | serialize p = prev(x, 2), n = next(x, 2, 0)", [[1, null, 3], [2, null, 4], [3, 1, 0], [4, 2, 0]]],
  // Sums so far, in the type of what is summed.
  ["datatable(g:string, x:long)['a', 3, 'a', 5, 'b', 1] | serialize cs = row_cumsum(x, g != prev(g)), all = row_cumsum(x)", [["a", 3, 3, 3], ["a", 5, 8, 8], ["b", 1, 1, 9]]],
  ["datatable(x:real)[1.5, 2.5] | serialize s = row_cumsum(x) / row_number()", [[1.5, 1.5], [2.5, 2]]],
  ["datatable(x:long)[9223372036854775807, 1] | serialize s = row_cumsum(x) | project s < 0", [[false], [true]]],
  // Ranks go by what differs from the row before, whichever way it is sorted.
  ["datatable(s:long)[10, 20, 20, 5] | sort by s desc | serialize d = row_rank_dense(s), m = row_rank_min(s)", [[20, 1, 1], [20, 1, 1], [10, 2, 3], [5, 3, 4]]],
  ["datatable(g:string, v:long)['a', 5, 'a', 5, 'a', 8, 'b', 8, 'b', 9] | serialize d = row_rank_dense(v, g != prev(g)), m = row_rank_min(v, g != prev(g)) | project d, m", [[1, 1], [1, 1], [2, 3], [1, 1], [2, 2]]],
  // A session ends by a gap, by its length, by the condition, and at a null.
  ["range m from 0 to 20 step 4 | where m != 16 | extend t = datetime(2020-01-01) + m * 1m | serialize s = row_window_session(t, 10m, 5m) | project m, (s - datetime(2020-01-01)) / 1m", [[0, 0], [4, 0], [8, 0], [12, 12], [20, 20]]],
  ["datatable(g:string, t:datetime)['a', datetime(2020-01-01), 'a', datetime(2020-01-02), 'b', datetime(2020-01-03), 'b', datetime(null), 'b', datetime(2020-01-04)] | serialize s = row_window_session(t, 9d, 9d, g != prev(g)) | project dayofmonth(s)", [[1], [1], [3], [null], [4]]],
  // They stand wherever an operator works row by row, and see what it sees.
  ["datatable(x:long)[3, 1, 2] | sort by x asc | where row_number() == 2 or next(x) == 0", [[2]]],
  ["datatable(x:long)[3, 1, 2] | sort by x asc | project y = x * 10, before = prev(x)", [[10, null], [20, 1], [30, 2]]],
  ["datatable(x:long)[3, 1, 2] | sort by x asc | extend rn = row_number() | extend x = rn | sort by x desc | extend rn2 = row_number()", [[3, 3, 1], [2, 2, 2], [1, 1, 3]]],
  ["range x from 1 to 4 step 1 | serialize c = row_cumsum(x) | where c > 2 | serialize rn = row_number()", [[2, 3, 1], [3, 6, 2], [4, 10, 3]]],
  // The order comes through what keeps it.
  ["let S = datatable(x:long)[3, 1, 2] | sort by x asc; S | project y = x | extend rn = row_number()", [[1, 1], [2, 2], [3, 3]]],
  ["datatable(x:long)[2, 1] | sort by x asc | mv-expand y = range(1, x) to typeof(long) | extend rn = row_number()", [[1, 1, 1], [2, 1, 2], [2, 2, 3]]],
  ["datatable(x:long)[1, 3, 2] | top 2 by x | extend rn = row_number()", [[3, 1], [2, 2]]],
];

test.each(cases)("%s", (kql, rows) => expectRows(kql, rows as never));

test.each([
  ["datatable(x:long)[1] | extend rn = row_number()", "KT0241"],
  ["range x from 1 to 3 step 1 | summarize c = count() by x | extend rn = row_number()", "KT0241"],
  ["range x from 1 to 3 step 1 | summarize max(row_number())", "KT0240"],
])("refused: %s", (kql, code) => expectRefusal(kql, code));
