import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderFunctions } from "../../src/sql/document.ts";

test("docs/functions.md is what the registry says: `npm run build && npm run docs` writes it", () => {
  const file = new URL("../../docs/functions.md", import.meta.url);
  expect(readFileSync(file, "utf8")).toBe(renderFunctions());
});
