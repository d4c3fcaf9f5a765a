import { test } from "vitest";
import { expectRows } from "../../support/engine.ts";

const tables = `let L = datatable(k:long, v:string)[1, "a", 1, "b", 2, "c"];
let R = datatable(k:long, w:string)[1, "x", 2, "y"];`;

test.each([
  [
    "L | join R on k | project k, v, w",
    [
      [1, "a", "x"],
      [2, "c", "y"],
    ],
  ],
  ["L | join R on k | where v == 'b' | project k, v", [[1, "b"]]],
  [
    "L | join kind=innerunique R on k | extend z = v | where z != 'a' and w == 'x' | project v",
    [["b"]],
  ],
  ["L | join R on k | where strcat(v, w) == 'bx' | project v", []],
  ["L | join R on k | summarize take_any(v) by k | where v == 'b'", []],
] as const)("%s", async (kql, rows) => {
  // oxfmt-ignore
  await expectRows(`${tables} ${kql}`, rows);
});
