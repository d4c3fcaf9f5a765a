import type { DuckDBValue } from "@duckdb/node-api";
import { plainText } from "../../src/base/source.ts";
import { compileQuery } from "../../src/engine/compile-query.ts";
import { openDatabase, type Database } from "../../src/engine/database/database.ts";
import { defaultLimits } from "../../src/engine/limits.ts";
import { evaluateBatch, type EvaluateOptions } from "../../src/engine/evaluate.ts";
import { listEvents } from "../../src/engine/event-lists.ts";
import { storeEvents, type EventTables } from "../../src/engine/database/event-tables.ts";
import { fromDatabase } from "../../src/engine/database/database-values.ts";
import { columnsOf } from "../../src/plan/ir/columns.ts";
import { optimise, passes, type Pass } from "../../src/plan/passes/index.ts";
import type { Program } from "../../src/plan/ir/types.ts";
import { parseInstant } from "../../src/schema/time.ts";
import type { Column, Value } from "../../src/schema/types.ts";
import { isAsciiProgram } from "../../src/sql/text/ascii.ts";
import { columnNames } from "../../src/sql/distinct-names.ts";
import { programSql } from "../../src/sql/program.ts";
import { catalog, scenarios } from "./data.ts";

const now = parseInstant("2025-01-15T12:00:00Z") ?? 0n;

export type Rows = readonly (readonly Value[])[];

export interface Answer {
  readonly columns: readonly Column[];
  readonly rows: Rows;
  /** The columns as DuckDB gave them. */
  readonly raw: readonly (readonly DuckDBValue[])[];
}

/** A place to run queries on the scenarios of the fuzzer, each in a database that stays open. */
export interface Lab {
  /** The answer over one scenario. */
  answer(
    kql: string,
    at?: { readonly scenario?: number; readonly passes?: readonly Pass[] },
  ): Promise<Answer>;
  /** The rows of each scenario, evaluated as a run evaluates a rule. */
  batch(
    kql: string,
    options?: Pick<EvaluateOptions, "passes" | "oneByOne">,
  ): Promise<readonly Rows[]>;
  /** Forgets the texts that it has read. */
  forget(): void;
  close(): void;
}

export async function openLab(): Promise<Lab> {
  const benches = await Promise.all(scenarios.map((_, index) => openBench(index)));
  // The laws come to the same texts again and again, and to read one takes longer than to run it.
  const programs = new Map<string, Program>();
  const programOf = (kql: string): Program => {
    const program = programs.get(kql) ?? compileQuery(plainText("query", kql), catalog);
    programs.set(kql, program);
    return program;
  };
  return {
    async answer(kql, { scenario = 0, passes: chosen = passes } = {}) {
      const bench = benches[scenario];
      if (bench === undefined) throw new Error(`no scenario ${scenario}`);
      const program = optimise(programOf(kql), chosen);
      const columns = columnsOf(program.body);
      const raw = await readProgram(program, bench);
      const rows = Array.from({ length: raw[0]?.length ?? 0 }, (_, row) =>
        columns.map(({ type }, index) => fromDatabase(raw[index]?.[row] ?? null, type)),
      );
      return { columns, rows, raw };
    },
    async batch(kql, options = {}) {
      const { rows } = await evaluateBatch(programOf(kql), scenarios, {
        now,
        prefiltersFrom: 0,
        ...options,
      });
      return scenarios.map((_, index) =>
        rows.filter(({ scenario }) => scenario === index).map(({ values }) => values),
      );
    },
    forget() {
      programs.clear();
    },
    close() {
      for (const { database } of benches) database.close();
    },
  };
}

interface Bench {
  readonly database: Database;
  readonly events: EventTables;
}

async function openBench(index: number): Promise<Bench> {
  const database = await openDatabase(defaultLimits);
  const columns = new Map(Array.from(catalog, ([name, table]) => [name, table.columns]));
  const one = scenarios.slice(index, index + 1);
  const lists = listEvents(one, columns.keys());
  const events = await storeEvents(database, { scenarios: one, lists, read: columns });
  await database.lock(1);
  return { database, events };
}

function readProgram(program: Program, { database, events }: Bench): ReturnType<Database["read"]> {
  const sql = programSql(program, {
    now,
    ascii: events.ascii && isAsciiProgram(program),
    names: columnNames(program),
    stored: events.stored,
  });
  return database.read(sql);
}
