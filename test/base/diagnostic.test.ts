import { expect, test } from "vitest";
import { mergeCases, renderDiagnostic, type Diagnostic } from "../../src/base/diagnostic.ts";

const at = (text: string, word: string): Diagnostic => ({
  code: "KT0001",
  message: "m",
  source: { file: "f", text },
  span: { start: text.indexOf(word), end: text.indexOf(word) + word.length },
});

test("of a line that is too long the part around the mistake is shown", () => {
  const [, line = "", marker = ""] = renderDiagnostic(
    at(`${"a".repeat(5000)}wrong${"b".repeat(5000)}`, "wrong"),
  ).split("\n");
  expect(line).toMatch(/^ {2}1 \| …a{100}wrongb+…$/);
  expect(line.length).toBeLessThan(320);
  expect(marker.indexOf("^^^^^")).toBe(line.indexOf("wrong"));
});

test("what is said twice is said once", () => {
  const one = at("x wrong", "wrong");
  expect(mergeCases([one, { ...one }, { ...one, cases: ["a"] }, at("wrong", "wrong")])).toEqual([
    { ...one, cases: ["a"] },
    at("wrong", "wrong"),
  ]);
});
