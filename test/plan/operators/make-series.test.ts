import { test } from "vitest";
import { expectRefusal, expectRows } from "../../support/engine.ts";

const numbers = "datatable(t:long, v:long, g:string)[0, 1, 'a', 2, 3, 'a', 5, 5, 'b']";
const day = (number: number): string => `2020-01-0${number}T00:00:00.0000000Z`;

// oxfmt-ignore
const cases: readonly (readonly [kql: string, rows: readonly (readonly unknown[])[]])[] = [
  [`${numbers} | make-series s = sum(v), n = count() on t from 0 to 6 step 2`, [[[1, 3, 5], [1, 1, 1], [0, 2, 4]]]],
  [`${numbers} | make-series s = sum(v) on t from 0 to 6 step 2 by g | sort by g asc`, [["a", [1, 3, 0], [0, 2, 4]], ["b", [0, 0, 5], [0, 2, 4]]]],
  // What lies outside is left out, and elements count from the start.
  [`${numbers} | make-series s = sum(v) default = -1 on t from 1 to 5 step 1`, [[[-1, 3, -1, -1], [1, 2, 3, 4]]]],
  [`${numbers} | make-series s = (sum(v) * 10) default = long(null) on t from 1 to 4 step 2`, [[[30, null], [1, 3]]]],
  // Without an end it is the last element that has rows, without a start the first multiple of the step that has.
  [`${numbers} | make-series s = sum(v) on t from 1 step 3`, [[[3, 5], [1, 4]]]],
  [`${numbers} | make-series s = sum(v) on t step 2`, [[[1, 3, 5], [0, 2, 4]]]],
  [`${numbers} | where t > 0 | make-series s = sum(v) on t to 8 step 2`, [[[3, 5, 0], [2, 4, 6]]]],
  // `in range` includes its end, and its elements are multiples of the step.
  [`${numbers} | make-series s = sum(v) on t in range(1, 6, 2)`, [[[1, 3, 5, 0], [0, 2, 4, 6]]]],
  ["datatable(t:datetime, v:long)[datetime(2020-01-01 05:00), 10, datetime(2020-01-03), 20] | make-series avg(v) on t from datetime(2020-01-01) to datetime(2020-01-04) step 1d", [[[10, 0, 20], [day(1), day(2), day(3)]]]],
  ["datatable(t:timespan)[1m, 3m] | make-series count() on t from 0m to 3m step 1m", [[[0, 1, 0], ["00:00:00", "00:01:00", "00:02:00"]]]],
  ["datatable(t:real)[0.25, 0.75] | make-series count() on t from 0.0 to 1.0 step 0.5", [[[1, 1], [0, 0.5]]]],
  ["datatable(t:long)[-3, 4] | make-series count() on t in range(-3, 5, 4)", [[[1, 0, 1], [-4, 0, 4]]]],
  ["datatable(t:long)[1, long(null)] | make-series count() on t from 0 to 2 step 1", [[[0, 1], [0, 1]]]],
  // Nothing gives nothing, unless the query says otherwise.
  [`${numbers} | where v > 9 | make-series count() on t from 0 to 3 step 1`, []],
  [`${numbers} | where v > 9 | make-series kind=nonempty count(), a = avg(v) default = 1.5 on t from 0 to 2 step 1`, [[[0, 0], [1.5, 1.5], [0, 1]]]],
  // What functions of series make of them.
  [`${numbers} | make-series s = sum(v) on t from 0 to 6 step 2 | extend (low, lowAt) = series_stats(s) | project low, lowAt, series_stats_s_avg`, [[1, 0, 3]]],
  [`${numbers} | make-series s = sum(v) on t from 0 to 6 step 2 | extend (rsquare, slope) = series_fit_line(s) | project slope`, [[2]]],
  ["print s = dynamic([1, 2, 4]) | project m = series_stats(s), 5 | project m, series_stats_s_max, Column1", [[1, 4, 5]]],
];

test.each(cases)("%s", (kql, rows) => expectRows(kql, rows as never));

test.each([
  [`${numbers} | make-series kind=nonempty count() on t from 0 to 3 step 1 by g`, "KT0246"],
  [`${numbers} | make-series count() on t from 0 to 9000000 step 1`, "KT0249"],
  ["print x = strcat(series_stats(dynamic([1, 2])))", "KT0210"],
  ["print (a, b) = series_fit_line(dynamic([1, 1])) | project a", "KT0249"],
  ["print series_outliers(dynamic([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]))", "KT0249"],
  ["print series_sum(dynamic([1, null]))", "KT0249"],
  ["print series_seasonal(dynamic([1, 2, 1, 2]))", "KT0220"],
  ["print series_fit_2lines(dynamic([1, 2, 1, 2]))", "KT0220"],
])("refused: %s", (kql, code) => expectRefusal(kql, code));
