import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import { openDatabase } from "../../src/engine/database/database.ts";
import { openEngine } from "../../src/engine/duckdb.ts";
import { evaluateBatch } from "../../src/engine/evaluate.ts";
import { compileQuery } from "../../src/engine/compile-query.ts";
import { defaultLimits } from "../../src/engine/limits.ts";
import { environmentOf } from "../../src/kql/environment.ts";
import { plainText } from "../../src/base/source.ts";
import type { Value } from "../../src/schema/types.ts";

/** Queries that take far longer than the limit, by what DuckDB does all that time. */
const slow: Readonly<Record<string, string>> = {
  "joins without end":
    "range a from 1 to 100000 step 1 | extend k = 1 | join kind=inner (range b from 1 to 100000 step 1 | extend k = 1) on k | summarize count()",
  "calls a function in JavaScript":
    "range a from 1 to 3000000 step 1 | summarize count() by tostring(parse_user_agent(strcat('Mozilla/5.0 ', a), 'browser'))",
};

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await work.catch((caught: unknown) => caught);
  return error instanceof InputError ? error.diagnostics[0]?.code : String(error);
}

test.each(Object.entries(slow))("a query that %s ends at its time limit", async (_, kql) => {
  const engine = await openEngine({ limits: { timeoutMs: 300 } });
  try {
    await engine.load({ DeviceProcessEvents: [{ FileName: "a.exe" }] });
    await engine.query("print 1");
    expect(await codeOf(engine.query(kql))).toBe("KT0304");
    const { rows } = await engine.query("DeviceProcessEvents | project FileName");
    expect(rows).toEqual([["a.exe"]]);
  } finally {
    await engine.close();
  }
});

/** DuckDB folds a constant while it plans, and does not look at interruptions meanwhile. In a process of its own, as such a query cannot be waited for. */
const uninterruptible = `
import { openEngine } from ${JSON.stringify(pathToFileURL(resolve(import.meta.dirname, "../../dist/index.js")))};
const engine = await openEngine({ limits: { timeoutMs: 500 } });
await engine.load({ DeviceProcessEvents: [{ FileName: "a.exe" }] });
const ask = (kql) => engine.query(kql).then(({ rows }) => JSON.stringify(rows), (error) => error.name);
const text = "strrep(strrep(strrep('abcd', 1024), 1024), 50)";
const folds = Array.from({ length: 60 }, (_, at) => text + " matches regex '[a-c]d[e-h]" + at + "'");
const fold = "print " + folds.join(", ");
const kept = "DeviceProcessEvents | project FileName, strrep(FileName, 2)";
for (const kql of [kept, fold, kept, fold, kept, fold]) console.log(await ask(kql));
await engine.close();
process.kill(process.pid, "SIGKILL");
`;

test("where DuckDB does not look, an engine goes on with its rows, but not for ever", () => {
  const args = ["--input-type=module", "-e", uninterruptible];
  const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const rows = '[["a.exe","a.exea.exe"]]';
  const told = [rows, "InputError", rows, "InputError", rows, "EngineGone"];
  expect(stdout).toBe(`${told.join("\n")}\n`);
}, 60_000);

test("the time limit is that of all queries of an evaluation together", async () => {
  const environment = environmentOf("defender-xdr", {});
  const kql = "DeviceProcessEvents | extend n = range(1, 20000000, 1) | where array_length(n) > 3";
  const program = compileQuery(plainText("query", kql), environment.catalog, environment);
  const event = { id: "e", table: "DeviceProcessEvents", row: { FileName: "a.exe" } };
  const scenarios = Array.from({ length: 500 }, (_, index) => ({
    id: `s${index}`,
    events: [event],
  }));
  const started = performance.now();
  const work = evaluateBatch(program, scenarios, {
    now: 0n,
    oneByOne: true,
    limits: { timeoutMs: 500 },
  });
  expect(await codeOf(work)).toBe("KT0304");
  expect(performance.now() - started).toBeLessThan(20_000);
});

test("memory that DuckDB does not count is measured", async () => {
  const engine = await openEngine({ limits: { memoryMb: 150 } });
  try {
    await engine.query("print 1");
    const several = Array.from(
      { length: 12 },
      (_, at) => `array_length(range(${at}, 200000000, 1))`,
    );
    const work = engine.query(`print ${several.join(", ")}`);
    await expect(work).rejects.toThrow(/^KT0302 the query needs more than 150 MiB of memory/);
  } finally {
    await engine.close();
  }
});

test("a limit that is no number of its kind is an error", async () => {
  for (const limits of [{ timeoutMs: -1 }, { timeoutMs: NaN }, { memoryMb: 0 }, { rows: 1.5 }]) {
    expect(await codeOf(openEngine({ limits }))).toBe("KT0314");
  }
});

test("a dynamic value that is nested too deeply is an error of the query", async () => {
  const engine = await openEngine();
  const kql = "print parse_json(strcat(strrep('[', 1024), strrep(']', 1024)))";
  expect(await codeOf(engine.query(kql))).toBe("KT0306");
  await engine.close();
});

test("what the database rejects is an error of the query, and it answers the next one", async () => {
  const database = await openDatabase(defaultLimits);
  try {
    expect(await codeOf(database.read("SELECT no_such_column"))).toBe("KT0305");
    expect(await codeOf(database.read("SELECT CAST('x' AS INTEGER)"))).toBe("KT0305");
    expect(await database.read("SELECT 1")).toEqual([[1]]);
  } finally {
    database.close();
  }
});

test("rows with deeply nested values are errors, or texts", async () => {
  const engine = await openEngine();
  const text = "[".repeat(50_000) + "]".repeat(50_000);
  const value = JSON.parse(text) as Value;
  expect(await codeOf(engine.load({ DeviceEvents: [{ AdditionalFields: value }] }))).toBe("KT0306");
  await engine.load({ DeviceEvents: [{ FileName: text }] });
  const { rows } = await engine.query("DeviceEvents | project tostring(parse_json(FileName))");
  expect(rows[0]?.[0]).toHaveLength(100_000);
  await engine.close();
});
