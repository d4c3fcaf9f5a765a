import { expect } from "vitest";
import { plainText } from "../../src/base/source.ts";
import { compileQuery } from "../../src/engine/compile-query.ts";
import { openEngine } from "../../src/engine/duckdb.ts";
import type { Engine } from "../../src/engine/engine.ts";
import type { Program } from "../../src/plan/ir/types.ts";
import { bundledCatalog } from "../../src/schema/tables.ts";
import type { Value } from "../../src/schema/types.ts";

/** The instant of every test. */
export const testNow = "2025-01-15T12:00:00.0000000Z";

let shared: Promise<Engine> | undefined;

/** One engine without rows for all tests that bring their own data in the query. */
export function sharedEngine(): Promise<Engine> {
  shared ??= openEngine({ now: testNow });
  return shared;
}

/** The plan of a query on the Defender tables. */
export function compile(kql: string): Program {
  return compileQuery(plainText("query", kql), bundledCatalog("defender-xdr"));
}

/** The rows that `kql` gives, as arrays. */
export async function rowsOf(kql: string): Promise<readonly (readonly Value[])[]> {
  return (await (await sharedEngine()).query(kql)).rows;
}

/** Holds a query to its rows, in order. */
export async function expectRows(kql: string, rows: readonly (readonly Value[])[]): Promise<void> {
  expect(await rowsOf(kql), kql).toEqual(rows);
}

/** Holds a query to being refused with `code`. */
export async function expectRefusal(kql: string, code: string): Promise<void> {
  const engine = await sharedEngine();
  await expect(engine.query(kql), kql).rejects.toMatchObject({
    diagnostics: [expect.objectContaining({ code })],
  });
}
