import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderErrors } from "../../../src/base/errors/document.ts";
import { errorCodes } from "../../../src/base/errors/index.ts";

/** The codes that the modules of `src` give, those of the table itself aside. */
function codesGiven(): ReadonlySet<string> {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.startsWith(join("base", "errors")),
  );
  const texts = files.map((file) => readFileSync(join("src", file), "utf8"));
  return new Set(Array.from(texts.join("\n").matchAll(/"(KT\d{4})"/g), ([, code = ""]) => code));
}

test("every code has a section, and no section is left over", () => {
  expect(new Set(Object.keys(errorCodes))).toEqual(codesGiven());
});

test("docs/errors.md is made from the table: `npm run build && npm run docs`", () => {
  expect(readFileSync("docs/errors.md", "utf8")).toBe(renderErrors());
});
