import { expect, test } from "vitest";
import { expectRows, sharedEngine } from "../../support/engine.ts";

const rows = "datatable(g:string, v:long)['a', 1, 'a', 2, 'b', 3, 'c', 4, 'c', 5, 'd', 9] |";

test("the heaviest values come first", async () => {
  await expectRows(`${rows} top-hitters 1 of g by v * v`, [["d", 81]]);
  await expectRows(`${rows} where g != 'd' | top-hitters 1 of g by v`, [["c", 9]]);
});

test("equal values among those that are taken, and fewer values than are asked for, are no question", async () => {
  await expectRows(`${rows} top-hitters 2 of g by v | sort by g asc`, [
    ["c", 9],
    ["d", 9],
  ]);
  await expectRows(`${rows} top-hitters 9 of g by v | count`, [[4]]);
});

test("which of equal values has the last place is not known", async () => {
  const engine = await sharedEngine();
  await expect(engine.query(`${rows} top-hitters 3 of g by v`)).rejects.toMatchObject({
    diagnostics: [{ code: "KT0249", message: expect.stringContaining("equal values") }],
  });
});
