import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderSentinelTypes, renderTableTypes } from "../../src/schema/document.ts";

test.each([
  ["table-types.ts", renderTableTypes],
  ["sentinel-table-types.ts", renderSentinelTypes],
])("the committed %s is the one that the tables make: `npm run docs`", (name, render) => {
  const file = new URL(`../../src/schema/${name}`, import.meta.url);
  expect(readFileSync(file, "utf8")).toBe(render());
});
