import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderTableTypes } from "../../src/schema/document.ts";

test("the committed types are the ones that the tables make: `npm run docs`", () => {
  const file = new URL("../../src/schema/table-types.ts", import.meta.url);
  expect(readFileSync(file, "utf8")).toBe(renderTableTypes());
});
