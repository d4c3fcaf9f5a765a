import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import { duckdb } from "./duckdb-api.ts";
import { InputError } from "../../base/diagnostic.ts";
import type { Column } from "../../schema/types.ts";
import { identifier } from "../../sql/text/quote.ts";
import { macros } from "../../sql/macros/index.ts";
import { distinctNames } from "../../sql/distinct-names.ts";
import { macroSql, requirementsOf } from "../../sql/requirements.ts";
import { sqlTypes } from "../../sql/types.ts";
import { guarded } from "./database-errors.ts";
import { ceilingMb, createDeadline, type Deadline, type Limits } from "../limits.ts";
import { registerUdf } from "./register-udf.ts";
import { createWatch } from "./watch.ts";
import { writeTable, type RowWriter } from "./write-table.ts";

const { DuckDBInstance } = duckdb;

/** An in-process DuckDB that can reach nothing outside of itself. */
export interface Database {
  /** Fixes the settings for good; the first query does so at the latest. With one thread equal input gives equal bytes, the order of groups and ties included; absent, there are as many as the machine has. */
  lock(threads?: number): Promise<void>;
  /** Runs a statement that gives no rows. */
  run(sql: string): Promise<void>;
  /** The columns of a query's answer, each an array of values. Throws an `InputError` past a limit. */
  read(sql: string): Promise<readonly (readonly DuckDBValue[])[]>;
  /** Adds the rows that `fill` writes to columns of a table. Gives whether all texts in them are ASCII. */
  write(
    table: string,
    columns: readonly Column[],
    fill: (writer: RowWriter) => void,
  ): Promise<{ ascii: boolean }>;
  close(): void;
}

/** Opens an empty database, each action of which must end by `deadline`. */
export async function openDatabase(
  limits: Limits,
  deadline: Deadline = createDeadline(limits.timeoutMs),
): Promise<Database> {
  const memoryMb = Math.floor(Math.min(limits.memoryMb, ceilingMb()));
  const instance = await DuckDBInstance.create(":memory:", {
    // Without a folder to spill to: a query that needs more memory than it may have fails.
    temp_directory: "",
    enable_external_access: "false",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    memory_limit: `${memoryMb}MiB`,
  });
  const watch = createWatch(limits, deadline);
  const installed = new Set<string>();
  let connection = await instance.connect();
  /** Does `action` on the connection. One that is abandoned keeps its own; tables and functions are those of the instance. */
  const inTurn = async <T>(action: (own: DuckDBConnection) => Promise<T>): Promise<T> => {
    const own = connection;
    const before = watch.abandoned.size;
    try {
      return await guarded(memoryMb, () => watch.run(own, () => action(own)));
    } finally {
      if (watch.abandoned.size > before) {
        connection = await instance.connect();
        // Macros are temporary, and those belong to a connection.
        for (const name of installed) if (name in macros) installed.delete(name);
      }
    }
  };
  let locked = false;
  const lock = async (threads?: number): Promise<void> => {
    if (locked) return;
    if (threads !== undefined) await connection.run(`SET threads = ${threads}`);
    await connection.run("SET lock_configuration = true");
    locked = true;
  };
  const install = async (own: DuckDBConnection, sql: string): Promise<void> => {
    for (const { kind, name } of requirementsOf(sql)) {
      if (installed.has(name)) continue;
      if (kind === "macro") await own.run(macroSql(name));
      else registerUdf(own, name, watch.check);
      installed.add(name);
    }
  };
  return {
    lock,
    run: (sql) =>
      inTurn(async (own) => {
        await install(own, sql);
        await own.run(sql);
      }),
    read: async (sql) => {
      await lock();
      return inTurn(async (own) => {
        await install(own, sql);
        return readColumns(own, sql, limits);
      });
    },
    write: async (table, columns, fill) => {
      // A connection of its own, so that DuckDB stores one table while the values of the next are made.
      const own = await instance.connect();
      return guarded(memoryMb, () =>
        watch.run(own, async () => {
          try {
            return await writeTable(own, { table, columns }, fill);
          } finally {
            own.closeSync();
          }
        }),
      );
    },
    close() {
      const close = (): void => {
        connection.closeSync();
        instance.closeSync();
      };
      // Closing waits for what is under way, however long that takes.
      if (watch.abandoned.size === 0) close();
      else void Promise.allSettled(watch.abandoned).then(close);
    },
  };
}

/** Creates `table` with `columns`. Gives the name that each has in the database. */
export async function createTable(
  database: Database,
  table: string,
  columns: readonly Column[],
): Promise<ReadonlyMap<string, string>> {
  const names = distinctNames(columns.map(({ name }) => name));
  const list = columns.map(
    ({ name, type }) => `${identifier(names.get(name) ?? name)} ${sqlTypes[type]}`,
  );
  await database.run(`CREATE TABLE ${identifier(table)} (${list.join(", ")})`);
  return names;
}

/** `columns` under their names in the database. */
export function storedColumns(
  columns: readonly Column[],
  names: ReadonlyMap<string, string>,
): readonly Column[] {
  return columns.map(({ name, type }) => ({ name: names.get(name) ?? name, type }));
}

async function readColumns(
  connection: DuckDBConnection,
  sql: string,
  limits: Limits,
): Promise<readonly (readonly DuckDBValue[])[]> {
  const result = await connection.stream(sql);
  const columns: DuckDBValue[][] = Array.from({ length: result.columnCount }, () => []);
  let rows = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return columns;
    rows += chunk.rowCount;
    if (rows > limits.rows) {
      throw new InputError({
        code: "KT0301",
        message: `the query gives more than ${limits.rows} rows`,
        hint: "filter or summarize, or end the query with `take`",
      });
    }
    columns.forEach((column, index) => {
      for (const value of chunk.getColumnValues(index)) column.push(value);
    });
  }
}
