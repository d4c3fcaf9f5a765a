import { expect, test } from "vitest";
import { rowsOf, sharedEngine } from "../../support/engine.ts";

test.each([
  ["render timechart", { chart: "timechart", properties: {} }],
  [
    "render columnchart kind=stacked title='a b'",
    { chart: "columnchart", properties: { kind: "stacked", title: "a b" } },
  ],
  [
    'render areachart with (kind=stacked100, title="x", xcolumn=t, ycolumns=n, ymin=0)',
    {
      chart: "areachart",
      properties: { kind: "stacked100", title: "x", xcolumn: "t", ycolumns: "n", ymin: "0" },
    },
  ],
])("%s is said of the rows, which stay what they are", async (render, visualization) => {
  const query = "print t = datetime(2025-01-01), n = 1";
  const answer = await (await sharedEngine()).query(`${query} | ${render}`);
  expect(answer.visualization).toEqual(visualization);
  expect(answer.rows).toEqual(await rowsOf(query));
});

test("only the last operator draws", async () => {
  const answer = await (await sharedEngine()).query("let T = print n = 1; T | where n == 1");
  expect(answer).not.toHaveProperty("visualization");
});
