import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderOperators } from "../../src/plan/document.ts";

test("docs/operators.md is what the registry says: `npm run build && npm run docs` writes it", () => {
  const file = new URL("../../docs/operators.md", import.meta.url);
  expect(readFileSync(file, "utf8")).toBe(renderOperators());
});
