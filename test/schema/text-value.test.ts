import { expect, test } from "vitest";
import { textValue } from "../../src/schema/text-value.ts";
import type { KqlType } from "../../src/schema/types.ts";

test.each([
  ["string", " a ", " a "],
  ["string", "", ""],
  ["long", "", null],
  ["long", " 12 ", 12],
  ["long", "9223372036854775807", "9223372036854775807"],
  ["long", "1.5", undefined],
  ["int", "-3", -3],
  ["real", "1e3", 1000],
  ["real", "x", undefined],
  ["decimal", "1.50", "1.50"],
  ["bool", "True", true],
  ["bool", "0", false],
  ["bool", "yes", undefined],
  ["datetime", "2025-01-15", "2025-01-15"],
  ["datetime", "soon", undefined],
  ["timespan", "01:00:00", "01:00:00"],
  ["guid", "74be27de-1e4e-49d9-b579-fe0b331d3642", "74be27de-1e4e-49d9-b579-fe0b331d3642"],
  ["guid", "x", undefined],
  ["dynamic", '{"a":1}', { a: 1 }],
  ["dynamic", "plain", "plain"],
] satisfies readonly (readonly [KqlType, string, unknown])[])("%s of %j", (type, text, value) => {
  expect(textValue(text, type)).toEqual(value);
});
