import { expect, test } from "vitest";
import { expectRefusal, rowsOf } from "../../support/engine.ts";

// Rows in the numbers that Microsoft's example tells of; what is not frequent there is spread over many values.
const storms = `datatable(n:long, Type:string, Damage:string, DamageCrops:long)[
  2278, 'Hail', 'NO', 0, 1100, 'Thunderstorm Wind', 'NO', 0, 1196, '', 'NO', 0,
  93, 'Hail', 'YES', 0, 97, 'Hail', 'YES', 7, 179, 'Thunderstorm Wind', 'YES', 0,
  12, 'Thunderstorm Wind', 'YES', 5, 829, '', 'YES', 0, 100, '', 'YES', 1]
| mv-expand i = range(1, n) to typeof(long)
| project State = strcat('S', i % 67), EventType = iff(Type == '', strcat('E', i % 40), Type), Damage, DamageCrops
`;

test("finds what Microsoft's example finds, in its order", async () => {
  const rows = await rowsOf(
    `${storms} | evaluate basket(0.2) | extend Percent = round(Percent, 1)`,
  );
  expect(rows).toEqual([
    [0, 4574, 77.7, "", "", "NO", 0],
    [1, 2278, 38.7, "", "Hail", "NO", 0],
    [2, 5675, 96.4, "", "", "", 0],
    [3, 2371, 40.3, "", "Hail", "", 0],
    [4, 1279, 21.7, "", "Thunderstorm Wind", "", 0],
    [5, 2468, 41.9, "", "Hail", "", null],
    [6, 1310, 22.3, "", "", "YES", null],
    [7, 1291, 21.9, "", "Thunderstorm Wind", "", null],
  ]);
});

test("shows wildcards of the column's type where a pattern says nothing", async () => {
  const rows = await rowsOf(
    `${storms} | evaluate basket(0.2, '~', '~', '*', long(-1)) | where SegmentId in (4, 5) | project-away Percent`,
  );
  expect(rows).toEqual([
    [4, 1279, "*", "Thunderstorm Wind", "*", 0],
    [5, 2468, "*", "Hail", "*", -1],
  ]);
});

test("a threshold is reached by the part that it names", async () => {
  const kql = "range x from 1 to 20 step 1 | project x = x <= 19 | evaluate basket()";
  expect(await rowsOf(kql)).toEqual([
    [0, 19, 95, true],
    [1, 1, 5, false],
  ]);
});

test("values come back in their types, null and the empty text among them", async () => {
  const kql = `datatable(t:datetime, g:guid, r:real, p:timespan, m:decimal, n:long, s:string)[
    datetime(2024-01-01), guid(74be27de-1e4e-49d9-b579-fe0b331d3642), 2.5, 1h, decimal(1.5), 9223372036854775807, '"a"',
    datetime(null), guid(null), real(null), timespan(null), decimal(null), long(null), '']
  | evaluate basket('~', '~', 7) | project-away SegmentId | sort by n asc`;
  expect(await rowsOf(kql)).toEqual([
    [1, 50, null, null, null, null, null, null, ""],
    [1, 50, "2024-01-01T00:00:00.0000000Z", "74be27de-1e4e-49d9-b579-fe0b331d3642", 2.5, "01:00:00.0000000", "1.5", "9223372036854775807", '"a"'], // oxfmt-ignore
  ]);
});

test("no rows have no patterns", async () => {
  expect(await rowsOf("datatable(s:string, x:long)[] | evaluate basket()")).toEqual([]);
});

const wide = "datatable(a:long, b:long, c:long, d:long, e:long, f:long)[1, 2, 3, 4, 5, 6]";

test.each([
  `${wide} | evaluate basket()`,
  `${wide} | evaluate basket(0.1, '~', 5)`,
  `${wide} | evaluate basket(0.1, a, 6)`,
  `${wide} | evaluate basket(0.01, '~', 6)`,
  `${wide} | evaluate basket(1.5, '~', 6)`,
  "print d = dynamic([1]) | evaluate basket()",
  "print Count = 1 | evaluate basket()",
  `print ${Array.from({ length: 17 }, (_, at) => `c${at} = ${at}`).join(", ")} | evaluate basket('~', '~', 17)`,
])("%s is refused", async (kql) => {
  await expectRefusal(kql, "KT0257");
});
