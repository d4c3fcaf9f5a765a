import type { DuckDBConnection, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { duckdb } from "./duckdb-api.ts";
import { InputError } from "../base/diagnostic.ts";
import type { Column } from "../schema/types.ts";
import { identifier } from "../sql/quote.ts";
import { distinctNames } from "../sql/names.ts";
import { macroSql, requirementsOf } from "../sql/requirements.ts";
import { sqlTypes } from "../sql/types.ts";
import { udfs } from "../sql/udfs.ts";
import { refusedValue } from "../sql/udfs/refuse-value.ts";
import type { Udf, UdfType } from "../sql/udfs/udf.ts";
import { writeTable, type RowWriter } from "./write-table.ts";

const { BIGINT, BOOLEAN, DOUBLE, DuckDBInstance, DuckDBScalarFunction, VARCHAR } = duckdb;

/** What a database may use. */
export interface Limits {
  /** Memory of the database, in MiB. */
  readonly memoryMb: number;
  /** Rows of one answer; Kusto's own limit is the default. */
  readonly rows: number;
}

export const defaultLimits: Limits = { memoryMb: 4096, rows: 500_000 };

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

/** Opens an empty database. */
export async function openDatabase(limits: Limits): Promise<Database> {
  const instance = await DuckDBInstance.create(":memory:", {
    // Without a folder to spill to: a query that needs more memory than it may have fails.
    temp_directory: "",
    enable_external_access: "false",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    memory_limit: `${limits.memoryMb}MiB`,
  });
  const connection = await instance.connect();
  let locked = false;
  const lock = async (threads?: number): Promise<void> => {
    if (locked) return;
    if (threads !== undefined) await connection.run(`SET threads = ${threads}`);
    await connection.run("SET lock_configuration = true");
    locked = true;
  };
  const installed = new Set<string>();
  const install = async (sql: string): Promise<void> => {
    for (const { kind, name } of requirementsOf(sql)) {
      if (installed.has(name)) continue;
      if (kind === "macro") await connection.run(macroSql(name));
      else registerUdf(connection, name);
      installed.add(name);
    }
  };
  return {
    lock,
    async run(sql) {
      await guarded(limits, async () => {
        await install(sql);
        await connection.run(sql);
      });
    },
    read: (sql) =>
      guarded(limits, async () => {
        await lock();
        await install(sql);
        return readColumns(connection, sql, limits);
      }),
    write: (table, columns, fill) =>
      guarded(limits, async () => {
        // A connection of its own, so that DuckDB stores one table while the values of the next are made.
        const own = await instance.connect();
        try {
          return await writeTable(own, { table, columns }, fill);
        } finally {
          own.closeSync();
        }
      }),
    close() {
      connection.closeSync();
      instance.closeSync();
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

/** Turns what DuckDB says of a limit or a pattern into a mistake of the query; the rest stays a bug. */
async function guarded<T>(limits: Limits, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    if (/Out of Memory/i.test(error.message)) {
      throw new InputError(
        {
          code: "KT0302",
          message: `the query needs more than ${limits.memoryMb} MiB of memory`,
          hint: "filter before joining, or give it fewer events",
        },
        { cause: error },
      );
    }
    const refused = refusedValue(error.message);
    if (refused !== undefined) throw new InputError(refused, { cause: error });
    const pattern =
      /^Invalid Input Error: (.*(?:invalid|missing|no argument|bad|unexpected|repetition).*)$/im;
    const problem = pattern.exec(error.message)?.[1];
    if (problem !== undefined) {
      throw new InputError(
        { code: "KT0303", message: `a regular expression is not valid: ${problem}` },
        { cause: error },
      );
    }
    throw error;
  }
}

const udfTypes: Readonly<Record<UdfType, DuckDBType>> = {
  text: VARCHAR,
  long: BIGINT,
  real: DOUBLE,
  bool: BOOLEAN,
  json: VARCHAR,
};

function registerUdf(connection: DuckDBConnection, name: string): void {
  const udf = udfs[name];
  if (udf === undefined) throw new Error(`no function ${name}`);
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name,
      parameterTypes: udf.takes.map((type) => udfTypes[type]),
      returnType: udfTypes[udf.gives],
      specialHandling: true,
      mainFunction: (_info, input, output) => {
        const columns = udf.takes.map((_, index) => input.getColumnVector(index));
        for (let row = 0; row < input.rowCount; row++) {
          const args = columns.map((column) => column.getItem(row));
          output.setItem(row, callUdf(udf, args));
        }
        output.flush();
      },
    }),
  );
}

function callUdf(udf: Udf, args: readonly DuckDBValue[]): DuckDBValue {
  if (udf.nulls !== true && args.includes(null)) return null;
  const values = args.map((arg, index) =>
    udf.takes[index] === "json" && typeof arg === "string" ? (JSON.parse(arg) as unknown) : arg,
  );
  const result = udf.call(...values);
  if (udf.gives === "json") {
    const text = result === undefined || result === null ? undefined : JSON.stringify(result);
    return text ?? null;
  }
  return (result ?? null) as DuckDBValue;
}
