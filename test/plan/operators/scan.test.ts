import { test } from "vitest";
import { expectRefusal, expectRows } from "../../support/engine.ts";

const events =
  "datatable(Ts:timespan, Event:string)[0m, 'A', 1m, 'Start', 2m, 'B', 3m, 'D', 4m, 'Stop', 6m, 'C', 8m, 'Start', 11m, 'E', 12m, 'Stop'] | sort by Ts asc";

// oxfmt-ignore
const cases: readonly (readonly [kql: string, rows: readonly (readonly unknown[])[]])[] = [
  ["range x from 1 to 4 step 1 | scan declare (c:long=0) with (step s: true => c = x + s.c;)", [[1, 1], [2, 3], [3, 6], [4, 10]]],
  // By its own name a declared column is its default, what is not assigned has it, and values are those of the row before.
  ["datatable(v:long)[5, 3, 9, 7] | serialize | scan declare (c:long=0, n:long=1) with (step s: true => c = iff(v == 9, 0, c + v);)", [[5, 5, 1], [3, 3, 1], [9, 0, 1], [7, 7, 1]]],
  ["range v from 1 to 3 step 1 | scan declare (a:long=0, b:long=1) with (step s: true => a = s.b, b = s.a + v;)", [[1, 1, 1], [2, 1, 3], [3, 3, 4]]],
  ["datatable(e:string)['A', '', 'B', ''] | serialize | scan declare (f:string='') with (step s: true => f = iff(isempty(e), s.f, e);)", [["A", "A"], ["", "A"], ["B", "B"], ["", "B"]]],
  // A row that matches a later step takes the sequence along; the first step begins a new one.
  [`${events} | scan with_match_id=m with (step s1: Event == 'Start'; step s2: Event != 'Start' and Event != 'Stop' and Ts - s1.Ts <= 5m; step s3: Event == 'Stop' and Ts - s1.Ts <= 5m;) | project Event, m`, [["Start", 0], ["B", 0], ["D", 0], ["Stop", 0], ["Start", 1], ["E", 1], ["Stop", 1]]],
  ["datatable(t:timespan)[0m, 1m, 32m, 36m, 75m] | serialize | scan with_match_id=m declare (start:timespan) with (step a: true => start = iff(isnull(a.start), t, a.start); step b output=none: t - a.start > 30m;) | project m, start", [[0, "00:00:00.0000000"], [0, "00:00:00.0000000"], [1, "00:32:00.0000000"], [1, "00:32:00.0000000"], [2, "01:15:00.0000000"]]],
  // A row may match several steps, the last first.
  ["range x from 1 to 3 step 1 | scan declare (s:string) with (step a: true => s = 'a'; step b: x > 1 => s = strcat(a.s, 'b');) | project x, s", [[1, "a"], [2, "ab"], [2, "a"], [3, "ab"], [3, "a"]]],
  ["range x from 1 to 3 step 1 | scan with (step a output=none: x == 1; step ['b c']: x > a.x;) | project x", [[2], [3]]],
  ["range x from 1 to 3 step 1 | scan with (step a output=none: true;)", []],
  ["datatable(x:long)[] | serialize | scan declare (c:long=0) with (step s: true => c = x;)", []],
  ["datatable(k:string, x:long)['a', 1, 'b', 2, 'a', 3] | partition hint.strategy=native by k (sort by x asc | scan declare (c:long=0) with (step s: true => c = s.c + x;)) | sort by k asc, x asc", [["a", 1, 1], ["a", 3, 4], ["b", 2, 2]]],
];

test.each(cases)("%s", (kql, rows) => expectRows(kql, rows as never));

test.each([
  ["datatable(x:long)[1] | scan with (step s: true;)", "KT0241"],
  ["range x from 1 to 3 step 1 | scan with (step s output=last: true;)", "KT0242"],
  [
    "range x from 1 to 3 step 1 | scan declare (a:long, b:long) with (step s: true => a = x, b = a;)",
    "KT0242",
  ],
])("refused: %s", (kql, code) => expectRefusal(kql, code));
