import { expect, test } from "vitest";
import { readSchema, schemaNames } from "../../src/base/schemas.ts";

/** Every part of a schema that wants a text of a certain form. */
function formed(schema: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof schema !== "object" || schema === null) return [];
  const part = schema as Readonly<Record<string, unknown>>;
  const own = typeof part["pattern"] === "string" && part["pattern"] !== "\\S" ? [part] : [];
  return [...own, ...Object.values(part).flatMap(formed)];
}

test.each(schemaNames)(
  "the schema `%s` says in words what a text must be, with an example",
  (name) => {
    for (const { pattern, errorMessage } of formed(readSchema(name))) {
      expect([pattern, errorMessage]).toEqual([pattern, expect.stringMatching(/^must be .*`.+`/)]);
    }
  },
);
