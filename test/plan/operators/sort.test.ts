import { test } from "vitest";
import { expectRefusal, expectRows } from "../../support/engine.ts";

const reals = "datatable(a:real)[3.0, real(null), real(nan), 1.0, real(-inf), real(+inf)]";

// NaN stands beside null, whichever end that is.
test.each([
  ["sort by a", ["Infinity", 3, 1, "-Infinity", "NaN", null]],
  ["sort by a asc", [null, "NaN", "-Infinity", 1, 3, "Infinity"]],
  ["sort by a asc nulls last", ["-Infinity", 1, 3, "Infinity", "NaN", null]],
  ["sort by a desc nulls first", [null, "NaN", "Infinity", 3, 1, "-Infinity"]],
  ["top 2 by a", ["Infinity", 3]],
  ["top 3 by a asc", [null, "NaN", "-Infinity"]],
  ["sort by a asc | extend b = row_number() | where b == 2 | project a", ["NaN"]],
] as const)("%s", async (operator, values) => {
  await expectRows(
    `${reals} | ${operator}`,
    values.map((value) => [value]),
  );
});

test.each([
  "datatable(b:bool)[true] | where b == 'true'",
  "datatable(t:datetime)[datetime(2024-01-01)] | where t == '2024-01-01'",
  "datatable(d:timespan)[1h] | where d != '1h'",
  "print guid(01234567-89ab-cdef-0123-456789abcdef) == '01234567-89AB-CDEF-0123-456789ABCDEF'",
])("refuses %s: which text is meant is not known", async (kql) => {
  await expectRefusal(kql, "KT0220");
});

test.each([
  ["datatable(b:bool)[true] | where b == 'True' | count", [[1]]],
  ["datatable(n:int)[5] | where n == '5' | count", [[1]]],
  ["datatable(s:string)['0'] | where s == 0 | count", [[1]]],
  [
    "print guid(01234567-89ab-cdef-0123-456789abcdef) == '01234567-89ab-cdef-0123-456789abcdef'",
    [[true]],
  ],
] as const)("%s", async (kql, rows) => {
  await expectRows(kql, rows);
});
