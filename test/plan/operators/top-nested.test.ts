import { test } from "vitest";
import { expectRefusal, expectRows } from "../../support/engine.ts";

const sales =
  "datatable(reg:string, cat:string, v:long)['n', 'a', 10, 'n', 'b', 20, 's', 'a', 30, 's', 'c', 5, 's', 'b', 15, 'w', 'a', 1]";

// oxfmt-ignore
const cases: readonly (readonly [kql: string, rows: readonly (readonly unknown[])[]])[] = [
  [`${sales} | top-nested 2 of reg by sum(v)`, [["s", 50], ["n", 30]]],
  [`${sales} | top-nested 1 of reg by total = sum(v) asc`, [["w", 1]]],
  // The groups of each level are chosen within those of the level in front.
  [`${sales} | top-nested 2 of reg by sum(v), top-nested 1 of cat by sum(v) | sort by aggregated_reg desc`, [["s", 50, "a", 30], ["n", 30, "b", 20]]],
  [`${sales} | top-nested 1 of reg by sum(v), top-nested of cat by count(), top-nested 1 of v by max(v) | sort by cat asc`, [["s", 50, "a", 1, 30, 30], ["s", 50, "b", 1, 15, 15], ["s", 50, "c", 1, 5, 5]]],
  [`${sales} | top-nested 1 of Half = v / 20 by count(), top-nested 1 of Reg = toupper(reg) by max(v)`, [[0, 4, "S", 15]]],
  [`${sales} | top-nested 1 of reg with others='rest' by sum(v)`, [["s", 50], ["rest", 31]]],
  [`${sales} | top-nested 3 of reg with others='rest' by sum(v) | count`, [[3]]],
];

test.each(cases)("%s", (kql, rows) => expectRows(kql, rows as never));

test.each([
  [`${sales} | top-nested 2 of reg with others='rest' by sum(v), top-nested 1 of cat by sum(v)`],
  [`${sales} | top-nested 2 of toupper(reg) by sum(v)`],
])("refused: %s", (kql) => expectRefusal(kql, "KT0243"));
