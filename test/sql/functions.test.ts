import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEngine } from "../../src/engine/duckdb.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { scalarFunctions } from "../../src/sql/functions/index.ts";
import type { Example } from "../../src/sql/types.ts";

/** A query for each example would take as long as the rest of the suite. */
const examplesPerQuery = 40;

let engine: Engine;

beforeAll(async () => {
  engine = await openEngine({ now: "2025-01-15T12:00:00Z" });
});

afterAll(() => engine.close());

// Names that begin with `$` are for passes alone: no query can call them.
const examples = Object.entries(scalarFunctions)
  .filter(([name]) => !name.startsWith("$"))
  .flatMap(([, row]) => [...row.examples]);
const batches = Array.from({ length: Math.ceil(examples.length / examplesPerQuery) }, (_, at) =>
  examples.slice(at * examplesPerQuery, (at + 1) * examplesPerQuery),
);

describe("every example of a function gives its value", () => {
  test.each(batches.map((batch) => [batch[0]?.[0] ?? "", batch] as const))(
    "from %s",
    async (_, batch) => {
      expect(await valuesOf(batch)).toEqual(batch.map(([kql, value]) => [kql, rounded(value)]));
    },
  );
});

async function valuesOf(batch: readonly Example[]): Promise<readonly unknown[]> {
  const kql = `print ${batch.map(([expression], at) => `x${at} = ${expression}`).join(",\n")}`;
  const { rows } = await engine.query(kql);
  return batch.map(([expression], at) => [expression, rounded(rows[0]?.[at])]);
}

/** Numbers to nine digits: DuckDB and Kusto may differ in the last bits of a computation. */
function rounded(value: unknown): unknown {
  if (typeof value === "number" && !Number.isInteger(value)) return Number(value.toPrecision(9));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rounded(item)]));
}
