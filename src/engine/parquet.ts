import { InputError } from "../base/diagnostic.ts";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Column, KqlType } from "../schema/types.ts";
import { identifier, stringLiteral } from "../sql/quote.ts";
import { duckdb } from "./duckdb-api.ts";

const mostRows = 500_000;

/** The rows of the Parquet file at the absolute `path`, which diagnostics call `file`; values as DuckDB writes them in JSON. The database that reads it can reach this file and nothing else. Throws an `InputError` for what is no such file, or has too many rows. */
export async function readParquet(
  path: string,
  file: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { connection, close } = await openWith([path]);
  try {
    await connection.run("SET lock_configuration = true");
    const query = `SELECT * FROM read_parquet(${stringLiteral(path)}) LIMIT ${mostRows + 1}`;
    const rows = (await connection.runAndReadAll(query)).getRowObjectsJson();
    if (rows.length > mostRows) throw unreadable(file, `it has more than ${mostRows} rows`);
    return rows;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw unreadable(file, (error as Error).message.split("\n")[0] ?? "", error);
  } finally {
    close();
  }
}

/** A database that can reach the files at `paths` and nothing else. */
async function openWith(
  paths: readonly string[],
): Promise<{ readonly connection: DuckDBConnection; readonly close: () => void }> {
  const instance = await duckdb.DuckDBInstance.create(":memory:", {
    temp_directory: "",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    memory_limit: "1024MiB",
  });
  const connection = await instance.connect();
  await connection.run(`SET allowed_paths = [${paths.map(stringLiteral).join(", ")}]`);
  await connection.run("SET enable_external_access = false");
  return {
    connection,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** How a column's values stand in Parquet; what is not named is text. */
const parquetTypes: Partial<Record<KqlType, string>> = {
  bool: "BOOLEAN",
  int: "INTEGER",
  long: "BIGINT",
  real: "DOUBLE",
  // To the tick of 100 ns that Kusto has.
  datetime: "TIMESTAMP_NS",
};

export interface ParquetWrite {
  /** Absolute path of lines of JSON. */
  readonly source: string;
  /** Absolute path of a file that is not there yet. */
  readonly target: string;
  readonly columns: readonly Column[];
}

/** Writes the rows in `source` to a Parquet file with all of `columns`, but for one that differs from an earlier one in case alone (`LogonID`): readers could not tell them apart. The same rows give the same bytes. */
export async function writeParquet({ source, target, columns: all }: ParquetWrite): Promise<void> {
  const columns = all.filter(
    ({ name }, index) =>
      all.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) === index,
  );
  const { connection, close } = await openWith([source, target]);
  try {
    // With one thread the rows stay in their order.
    await connection.run("SET threads = 1");
    await connection.run("SET lock_configuration = true");
    const read = columns.map(({ name, type }) => {
      // Instants are read as text: JSON's own reading of them knows no ticks.
      const stored = type === "datetime" ? "VARCHAR" : (parquetTypes[type] ?? "VARCHAR");
      return `${identifier(name)}: ${stringLiteral(stored)}`;
    });
    const values = columns.map(({ name, type }) =>
      type === "datetime"
        ? `CAST(${identifier(name)} AS TIMESTAMP_NS) AS ${identifier(name)}`
        : identifier(name),
    );
    const rows = `read_json(${stringLiteral(source)}, format = 'newline_delimited', columns = {${read.join(", ")}})`;
    const options = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000";
    await connection.run(
      `COPY (SELECT ${values.join(", ")} FROM ${rows}) TO ${stringLiteral(target)} (${options})`,
    );
  } finally {
    close();
  }
}

function unreadable(file: string, why: string, cause?: unknown): InputError {
  return new InputError(
    {
      code: "KT0534",
      message: `the Parquet file cannot be read: ${why}`,
      source: { file, text: "" },
    },
    { cause },
  );
}
