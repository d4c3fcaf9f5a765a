import { InputError } from "../base/diagnostic.ts";
import { stringLiteral } from "../sql/quote.ts";
import { duckdb } from "./duckdb-api.ts";

const mostRows = 500_000;

/** The rows of the Parquet file at the absolute `path`, which diagnostics call `file`; values as DuckDB writes them in JSON. The database that reads it can reach this file and nothing else. Throws an `InputError` for what is no such file, or has too many rows. */
export async function readParquet(
  path: string,
  file: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const instance = await duckdb.DuckDBInstance.create(":memory:", {
    temp_directory: "",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    memory_limit: "1024MiB",
  });
  const connection = await instance.connect();
  try {
    await connection.run(`SET allowed_paths = [${stringLiteral(path)}]`);
    await connection.run("SET enable_external_access = false");
    await connection.run("SET lock_configuration = true");
    const query = `SELECT * FROM read_parquet(${stringLiteral(path)}) LIMIT ${mostRows + 1}`;
    const rows = (await connection.runAndReadAll(query)).getRowObjectsJson();
    if (rows.length > mostRows) throw unreadable(file, `it has more than ${mostRows} rows`);
    return rows;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw unreadable(file, (error as Error).message.split("\n")[0] ?? "", error);
  } finally {
    connection.closeSync();
    instance.closeSync();
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
