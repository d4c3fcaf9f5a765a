import { defined } from "../base/defined.ts";
import { InputError } from "../base/diagnostic.ts";
import { plainText } from "../base/source.ts";
import type { Environment } from "../kql/bound-query.ts";
import { environmentOf, type Inputs } from "../kql/environment.ts";
import type { Insertion } from "../kql/insertions.ts";
import { savedFunction } from "../kql/functions/saved-function.ts";
import { columnsOf } from "../plan/ir/columns.ts";
import { optimise } from "../plan/passes/index.ts";
import type { Program } from "../plan/ir/types.ts";
import type { OwnTable } from "../schema/table-file.ts";
import type { Dialect } from "../schema/tables.ts";
import { parseInstant } from "../schema/time.ts";
import type { KqlType } from "../schema/types.ts";
import { isAsciiProgram } from "../sql/text/ascii.ts";
import {
  missingFixturesOf,
  type MissingFixturesOptions,
} from "../kql/functions/missing-fixtures.ts";
import { columnNames } from "../sql/distinct-names.ts";
import { programSql } from "../sql/program.ts";
import { compileQuery } from "./compile-query.ts";
import { openDatabase } from "./database/database.ts";
import { discover } from "./discover.ts";
import { createFixtureStore } from "./fixtures/fixture-store.ts";
import type { Engine, QueryResult } from "./engine.ts";
import { createDeadline, limitsWith, type Limits } from "./limits.ts";
import { nested } from "./nesting.ts";
import { createStore } from "./database/store.ts";
import { fromDatabase } from "./database/database-values.ts";

export interface EngineOptions extends MissingFixturesOptions {
  /** What `now()` is, as an ISO 8601 instant. Default: the clock at opening. */
  readonly now?: string;
  /** Which bundled tables the engine has, empty. Default `defender-xdr`. */
  readonly dialect?: Dialect;
  /** Tables of your own beside the dialect's: name, then types by column (`{ Apache_CL: { Status: "int" } }`). */
  readonly tables?: Readonly<Record<string, Readonly<Record<string, KqlType>>>>;
  /** Saved functions by name, each as KQL: `(parameters) { body }`. They go before the dialect's own. */
  readonly functions?: Readonly<Record<string, string>>;
  /** Tables, functions and fixtures of a project, as `loadInputs` reads them from its folder. */
  readonly inputs?: Inputs;
  readonly limits?: Partial<Limits>;
}

/** From so many rows on, speed is worth more than an order of groups that never changes. */
const rowsForThreads = 100_000;

/** An engine in this process: KQL on DuckDB, with the dialect's tables and no access to anything else. */
export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const now = instantOf(options.now ?? new Date().toISOString());
  const environment = engineEnvironment(options);
  const { catalog } = environment;
  const limits = limitsWith(options.limits);
  const deadline = createDeadline(limits.timeoutMs);
  deadline.suspend();
  const database = await openDatabase(limits, deadline);
  const store = createStore(database, catalog);
  const fixtures = createFixtureStore(database, environment.fixtures ?? {});
  const read = async (program: Program): ReturnType<typeof database.read> => {
    await database.lock(store.rows < rowsForThreads ? 1 : undefined);
    const found = await fixtures.store(program);
    const sql = programSql(program, {
      now,
      ascii: store.ascii && found.ascii && isAsciiProgram(program),
      names: columnNames(program),
      stored: (table) => found.tables.get(table) ?? store.stored(table),
    });
    return database.read(sql);
  };
  const answer = async (kql: string): Promise<QueryResult> => {
    const compile = (insertions: readonly Insertion[]): Program =>
      compileQuery(plainText("query", kql), catalog, { ...environment, insertions });
    const first = compile([]);
    // The parser needs a second to warm up, which is no time of the query.
    deadline.restart();
    const whole = await discover(first, { compile, read: (probe) => read(optimise(probe)) });
    const program = optimise(whole);
    const values = await read(program);
    const columns = columnsOf(program.body);
    const count = values[0]?.length ?? 0;
    const rows = Array.from({ length: columns.length === 0 ? 0 : count }, (_, row) =>
      columns.map(({ type }, column) => fromDatabase(values[column]?.[row] ?? null, type)),
    );
    const { visualization } = whole;
    return { columns, rows, ...defined({ visualization }) };
  };
  // One statement at a time: callers may await several queries at once.
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
    const result = queue.then(action);
    queue = result.catch(() => undefined);
    return result;
  };
  return {
    load: (tables) =>
      inTurn(() => {
        deadline.suspend();
        return store.load(tables);
      }),
    query: (kql) => inTurn(() => nested(() => answer(kql))),
    close: () =>
      inTurn(() => {
        database.close();
        return Promise.resolve();
      }),
  };
}

/** What the queries of an engine may refer to: a project's inputs, and before them what the options name themselves. */
function engineEnvironment({
  dialect = "defender-xdr",
  inputs = {},
  ...own
}: EngineOptions): Environment {
  const tables = Object.entries(own.tables ?? {}).map(([name, columns]): OwnTable => ({
    name,
    columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
  }));
  const functions = Object.entries(own.functions ?? {}).map(([name, text]) =>
    savedFunction(name, text),
  );
  return environmentOf(
    dialect,
    {
      tables: [...(inputs.tables ?? []), ...tables],
      functions: [...(inputs.functions ?? []), ...functions],
      ...defined({ fixtures: inputs.fixtures }),
    },
    missingFixturesOf(own),
  );
}

function instantOf(text: string): bigint {
  const ticks = parseInstant(text);
  if (ticks !== undefined) return ticks;
  throw new InputError({
    code: "KT0313",
    message: `\`now\` is \`${text}\`, which is no ISO 8601 instant`,
    hint: "write it like `2025-01-15T12:00:00Z`",
  });
}
