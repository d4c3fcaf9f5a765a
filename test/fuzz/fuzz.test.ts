import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { openLab } from "./lab.ts";
import { judgeQuery, type Verdict } from "./laws.ts";
import { queries } from "./query.ts";

const lab = await openLab();
afterAll(() => {
  lab.close();
});

const runs = 8;

test("random queries keep the laws", async () => {
  const verdicts: Verdict[] = [];
  await fc.assert(
    fc.asyncProperty(queries, async (query) => {
      const verdict = await judgeQuery(query, lab);
      verdicts.push(verdict);
      expect(verdict, `${query.lets}${query.body}`).not.toMatchObject({ kind: "broken" });
    }),
    { numRuns: runs, seed: 1102 },
  );
  // A generator whose queries do not bind would prove nothing.
  const judged = verdicts.filter(({ kind }) => kind === "holds");
  expect(judged.length).toBeGreaterThan(runs / 2);
}, 120_000);

test("a law that does not hold is found", async () => {
  const query = { lets: "", body: "Events", condition: "Id > 4", opaque: "Events | take 1" };
  expect(await judgeQuery(query, lab)).toMatchObject({
    kind: "broken",
    law: "a constant is the same as an expression of its value",
  });
});
