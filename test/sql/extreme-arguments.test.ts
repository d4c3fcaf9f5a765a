import { expect, test } from "vitest";
import { expectRefusal, rowsOf } from "../support/engine.ts";

const least = "(-9223372036854775807 - 1)";

// Each of these once ended in an error of the database.
test.each([
  ["toint(guid(74be27de-1e4e-49d9-b579-fe0b331d3642))", null],
  ["tolong(guid(null))", null],
  ["todouble(guid(null))", null],
  ["round(decimal(1.5), 9223372036854775807)", "1.5"],
  ["indexof_regex('abc', 'b', 9223372036854775807)", -1],
  ["indexof_regex('abc', 'b', 0, 9223372036854775807)", 1],
  ["indexof_regex('abc', 'b', 0, 3, 9223372036854775807)", -1],
  ["strcat_array(dynamic([1, 2]), real(nan))", "1NaN2"],
  [`array_rotate_right(dynamic([1, 2, 3]), ${least})`, [3, 1, 2]],
  [`array_shift_right(dynamic([1, 2]), ${least})`, [null, null]],
  ["array_shift_right(dynamic([1, 2]), long(null))", null],
])("%s", async (kql, value) => {
  expect(await rowsOf(`print ${kql}`)).toEqual([[value]]);
});

test("an array is joined by a text of its row", async () => {
  const kql =
    "datatable(s:string, d:dynamic)['-', dynamic(['a', null, 'b', 1]), '', dynamic(null)] | project strcat_array(d, s) == strcat_array(d, '-'), strcat_array(d, s)";
  expect(await rowsOf(kql)).toEqual([
    [true, "a--b-1"],
    [true, ""],
  ]);
});

test.each([
  ["make_datetime(2020.5, 1, 1)", "KT0220"],
  ["make_datetime(2020, 1, decimal(1))", "KT0220"],
  ["make_timespan(1, 12, dynamic(1), 55)", "KT0220"],
  ["around('x', now(), 1d)", "KT0220"],
  ["bin_at(now(), 1.5, now())", "KT0220"],
  ["datetime_part(1d, now())", "KT0101"],
])("%s is refused", async (kql, code) => {
  await expectRefusal(`print ${kql}`, code);
});
