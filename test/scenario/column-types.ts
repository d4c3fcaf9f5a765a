import type { KqlType, Value } from "../../src/schema/types.ts";

/** Whether a value is one of the type, as rows of events write it. */
export const fits: Readonly<Record<KqlType, (value: Value) => boolean>> = {
  bool: (value) => typeof value === "boolean",
  int: (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
  long: (value) => Number.isSafeInteger(value),
  real: (value) => typeof value === "number",
  decimal: (value) => typeof value === "number",
  datetime: (value) => typeof value === "string" && /^\d{4}-.*\.\d{7}Z$/.test(value),
  timespan: (value) => typeof value === "string",
  guid: (value) => typeof value === "string",
  string: (value) => typeof value === "string" && !/\{(user|word|alnum)/.test(value),
  dynamic: () => true,
};
