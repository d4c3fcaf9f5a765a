import { InputError } from "../../base/diagnostic.ts";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Column, KqlType } from "../../schema/types.ts";
import { identifier, stringLiteral } from "../../sql/text/quote.ts";
import { duckdb } from "./duckdb-api.ts";

const mostRows = 500_000;

/** The rows of the Parquet file at the absolute `path`, which diagnostics call `file`; values as DuckDB writes them in JSON. The database that reads it can reach this file and nothing else. Throws an `InputError` for what is no such file, or has too many rows. */
export async function readParquet(
  path: string,
  file: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { connection, close } = await openWith({ file: path });
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

/** A database that can reach `reach` and nothing else: one file, or what is in a folder. */
async function openWith(
  reach: { readonly file: string } | { readonly folder: string },
): Promise<{ readonly connection: DuckDBConnection; readonly close: () => void }> {
  const instance = await duckdb.DuckDBInstance.create(":memory:", {
    temp_directory: "",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    memory_limit: "1024MiB",
  });
  const connection = await instance.connect();
  const [setting, path] =
    "file" in reach ? ["allowed_paths", reach.file] : ["allowed_directories", reach.folder];
  await connection.run(`SET ${setting} = [${stringLiteral(path)}]`);
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
  /** Absolute path of lines of cells parted by commas, one for each of `columns`: texts in quotation marks where they need them, an empty text always, an unknown value as nothing at all. */
  readonly source: string;
  /** Absolute path of a file that is not there yet. */
  readonly target: string;
  readonly columns: readonly Column[];
}

export interface ParquetWriter {
  /** Writes the rows in `source` to a Parquet file with all of `columns`, but for one that differs from an earlier one in case alone (`LogonID`): readers could not tell them apart. The same rows give the same bytes. */
  write(files: ParquetWrite): Promise<void>;
  close(): void;
}

/** A writer of Parquet files in `folder`, by a database that reaches nothing else. */
export async function openParquetWriter(folder: string): Promise<ParquetWriter> {
  const { connection, close } = await openWith({ folder });
  // With one thread the rows stay in their order.
  await connection.run("SET threads = 1");
  await connection.run("SET lock_configuration = true");
  return { write: async (files) => void (await connection.run(copySql(files))), close };
}

function copySql({ source, target, columns }: ParquetWrite): string {
  // Columns are read by number: two of them may differ in case alone.
  const read = columns.map(({ type }, index) => {
    const stored = parquetTypes[type] ?? "VARCHAR";
    return `c${index}: ${stringLiteral(stored)}`;
  });
  const names = columns.map(({ name }) => name.toLowerCase());
  const values = columns.flatMap(({ name }, index) =>
    names.indexOf(name.toLowerCase()) === index ? [`c${index} AS ${identifier(name)}`] : [],
  );
  // Small buffers and groups of rows: they are what the memory is for.
  const form = `auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\n', allow_quoted_nulls = false, buffer_size = 4194304`;
  const rows = `read_csv(${stringLiteral(source)}, ${form}, columns = {${read.join(", ")}})`;
  const options = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480";
  return `COPY (SELECT ${values.join(", ")} FROM ${rows}) TO ${stringLiteral(target)} (${options})`;
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
