import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { plainText } from "../../src/base/source.ts";
import { referenceRows } from "../../src/run/reference/reference.ts";
import { compareWithReference, expectedRows } from "../../src/run/reference/reference-check.ts";
import type { ReferenceResult } from "../../src/run/types.ts";
import type { Rule } from "../../src/kql/rules/rule.ts";
import type { Column, Row } from "../../src/schema/types.ts";
import { checkResult } from "../support/run-result.ts";
import { tempFolder } from "../support/temp-project.ts";

const columns: readonly Column[] = [
  { name: "At", type: "datetime" },
  { name: "Name", type: "string" },
  { name: "Size", type: "long" },
  { name: "More", type: "dynamic" },
];

const at = "2025-01-15T12:00:00.0000000Z";

/** Differences between `rows` and those of a reference that gives the rows of the table `T`. */
async function differences(
  rows: readonly Row[],
  reference: readonly Row[],
): Promise<readonly ReferenceResult[]> {
  const root = tempFolder({
    "rules/r/reference.ts": `
      import type { Reference } from "kqltest";
      export const reference: Reference = (tables, { now }) => now === "" ? [] : tables["T"] ?? [];
    `,
  });
  const rule: Rule = {
    name: "r",
    file: "rules/r/rule.yaml",
    kql: plainText("query", "T"),
    dialect: "defender-xdr",
    metadata: {},
    reference: join(root, "rules/r/reference.ts"),
  };
  const events = reference.map((row, index) => ({ id: `${index}`, table: "T", row }));
  const expected = await expectedRows(
    rule,
    { scenarios: [{ id: "s", events }], now: at },
    { root, modules: "allow", limitMs: 10_000 },
  );
  const results = [checkResult({ rows: rows.map((row) => ({ row, events: [] })) })];
  return compareWithReference(rule, results, { expected: expected ?? [], columns });
}

describe("rows are those of the reference", () => {
  test.each<[string, Row, Row]>([
    ["whatever the order of columns", { Name: "a", Size: 1 }, { Size: 1, Name: "a" }],
    ["where an empty text is left out", { Name: "", Size: 1 }, { Size: 1 }],
    ["where an instant is written in short", { At: at }, { At: "2025-01-15T13:00+01:00" }],
    ["where a long is a text", { Size: 5 }, { Size: "5" }],
    ["whatever the order of keys", { More: { a: 1, b: [2] } }, { More: { b: [2], a: 1 } }],
  ])("%s", async (_, rule, reference) => {
    expect(await differences([rule], [reference])).toEqual([]);
  });

  test("in any order", async () => {
    expect(await differences([{ Size: 1 }, { Size: 2 }], [{ Size: 2 }, { Size: 1 }])).toEqual([]);
  });
});

describe("a row is missing or too many", () => {
  test.each<[string, readonly Row[], readonly Row[], readonly Row[], readonly Row[]]>([
    ["by value", [{ Size: 1 }], [{ Size: 2 }], [{ Size: 1 }], [{ Size: 2 }]],
    ["by case", [{ Name: "A" }], [{ Name: "a" }], [{ Name: "A" }], [{ Name: "a" }]],
    ["by number", [{ Size: 1 }, { Size: 1 }], [{ Size: 1 }], [{ Size: 1 }], []],
    ["by null", [{ Size: 0 }], [{ Size: null }], [{ Size: 0 }], [{ Size: null }]],
    ["by a column", [{ Size: 1 }], [{ Size: 1, X: 1 }], [{ Size: 1 }], [{ Size: 1, X: 1 }]],
  ])("%s", async (_, rule, reference, onlyRule, onlyReference) => {
    const [found] = await differences(rule, reference);
    expect(found?.onlyRule).toEqual(onlyRule);
    expect(found?.onlyReference).toEqual(onlyReference);
  });
});

describe("a reference", () => {
  test.each([
    ["export const x = 1;", "the module exports no function `reference`"],
    ["export const reference = ;", "the reference cannot be loaded"],
    ["throw new Error('no');", "the reference cannot be loaded: no"],
  ])("written as `%s` is a mistake", async (text, message) => {
    const root = tempFolder({ "reference.ts": text });
    const module = { path: join(root, "reference.ts"), file: "rules/r/reference.ts", rule: "r" };
    const input = { scenarios: [], now: at };
    const settings = { root, modules: "allow", limitMs: 10_000 } as const;
    await expect(referenceRows(module, input, settings)).rejects.toThrow(
      `rules/r/reference.ts KT0711 ${message}`,
    );
  });
});
