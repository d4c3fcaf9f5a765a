import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEngine } from "../../src/engine/duckdb.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { optimise } from "../../src/plan/passes/index.ts";
import { renderProgram } from "../../src/plan/ir/print-program.ts";
import type { Program } from "../../src/plan/ir/types.ts";
import { parseInstant } from "../../src/schema/time.ts";
import { columnNames } from "../../src/sql/distinct-names.ts";
import { programSql } from "../../src/sql/program.ts";
import { compile, testNow } from "../support/engine.ts";
import { goldenEvents } from "../support/golden-events.ts";

const root = resolve(import.meta.dirname, "../goldens");
const names = readdirSync(root).toSorted();

/** The columns that the events give each table, under their own names. */
const stored = new Map(
  Object.entries(goldenEvents).map(([table, rows]) => [
    table,
    new Map(rows.flatMap((row) => Object.keys(row)).map((column) => [column, column])),
  ]),
);

function queryOf(name: string): string {
  return readFileSync(join(root, name, "query.kql"), "utf8");
}

function sqlOf(program: Program): string {
  return programSql(program, {
    now: parseInstant(testNow) ?? 0n,
    ascii: true,
    names: columnNames(program),
    stored: (table) => stored.get(table),
  });
}

describe("the text of plan and SQL", () => {
  test.each(names)("%s", async (name) => {
    const program = optimise(compile(queryOf(name)));
    await expect(`${renderProgram(program)}\n`).toMatchFileSnapshot(join(root, name, "plan.txt"));
    await expect(`${sqlOf(program)}\n`).toMatchFileSnapshot(join(root, name, "query.sql"));
  });
});

describe("the rows", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ now: testNow });
    await engine.load(goldenEvents);
  });
  afterAll(() => engine.close());

  test.each(names)("%s", async (name) => {
    const { columns, rows } = await engine.query(queryOf(name));
    const lines = [columns.map((column) => `${column.name}:${column.type}`), ...rows];
    const text = `[\n${lines.map((line) => `  ${JSON.stringify(line)}`).join(",\n")}\n]\n`;
    await expect(text).toMatchFileSnapshot(join(root, name, "rows.json"));
  });
});
