import { test } from "vitest";
import { expectRows } from "../../support/engine.ts";

test.each([
  ["range x from 1 to 3 step 1 | as T | where x > 1 | union T | count", [[5]]],
  [
    "range x from 1 to 3 step 1 | as T | join kind=inner (T | project x, y = x * 2) on x | project y",
    [[2], [4], [6]],
  ],
] as const)("%s", async (kql, rows) => {
  await expectRows(kql, rows);
});
