import { describe, expect, test } from "vitest";
import { expectRefusal, rowsOf } from "../../support/engine.ts";

const visits = `datatable(User:string, Day:long, Site:string)[
  'a', 1, 'x', 'b', 1, 'x', 'a', 2, 'y', 'c', 3, 'x', 'c', 3, 'y', 'a', 5, 'x', 'd', 9, 'x'] |`;

/** Rows in the order of their values: a plugin's answer has none. */
async function sorted(kql: string): Promise<readonly (readonly unknown[])[]> {
  const keys = (row: readonly unknown[]): string => JSON.stringify(row);
  return (await rowsOf(kql)).toSorted((a, b) => (keys(a) < keys(b) ? -1 : 1));
}

describe("sliding_window_counts", () => {
  test("counts rows and ids of a bin and of those that it looks back on, from start to end", async () => {
    expect(await sorted(`${visits} evaluate sliding_window_counts(User, Day, 2, 5, 2, 1)`)).toEqual(
      [
        [2, 3, 2],
        [3, 3, 2],
        [4, 2, 1],
        [5, 1, 1],
      ],
    );
  });

  test("counts by dimensions", async () => {
    expect(
      await sorted(`${visits} evaluate sliding_window_counts(User, Day, 1, 3, 1, 1, Site)`),
    ).toEqual([
      [1, "x", 2, 2],
      [2, "y", 1, 1],
      [3, "x", 1, 1],
      [3, "y", 1, 1],
    ]);
  });
});

describe("activity_counts_metrics", () => {
  test("tells rows, ids, new ids and all ids so far for each window", async () => {
    expect(await sorted(`${visits} evaluate activity_counts_metrics(User, Day, 1, 6, 2)`)).toEqual([
      [1, 3, 2, 2, 2],
      [3, 2, 1, 1, 3],
      [5, 1, 1, 0, 3],
    ]);
  });

  test("an id is new in each value of a dimension", async () => {
    expect(
      await sorted(`${visits} evaluate activity_counts_metrics(User, Day, 1, 6, 2, Site)`),
    ).toEqual([
      [1, "x", 2, 2, 2, 2],
      [1, "y", 1, 1, 1, 1],
      [3, "x", 1, 1, 1, 3],
      [3, "y", 1, 1, 1, 2],
      [5, "x", 1, 1, 0, 3],
    ]);
  });
});

describe("rolling_percentile", () => {
  const values = "range i from 0 to 7 step 1 | extend v = i * 10 |";

  test("is of the last bins, the own one included", async () => {
    expect(await sorted(`${values} evaluate rolling_percentile(v, 50, i, 2, 2)`)).toEqual([
      [0, 0],
      [2, 10],
      [4, 30],
      [6, 50],
    ]);
  });

  test("of bins without rows is refused", async () => {
    await expectRefusal(`${values} where i != 3 | evaluate rolling_percentile(v, 50, i, 1, 2)`, "KT0249"); // oxfmt-ignore
  });
});

test("what counts which users are active is refused: its documentation disagrees with itself", async () => {
  await expectRefusal(
    `${visits} evaluate active_users_count(User, Day, 1, 5, 1, 1, 1, 1)`,
    "KT0257",
  );
});
