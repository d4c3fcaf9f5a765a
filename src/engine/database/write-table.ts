import type { DuckDBAppender, DuckDBConnection, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { duckdb } from "./duckdb-api.ts";
import type { Column, KqlType } from "../../schema/types.ts";
import { identifier } from "../../sql/text/quote.ts";

const { BIGINT, BOOLEAN, DECIMAL, DOUBLE, DuckDBDataChunk, INTEGER, VARCHAR } = duckdb;

const storageTypes: Readonly<Record<KqlType, DuckDBType>> = {
  bool: BOOLEAN,
  int: INTEGER,
  long: BIGINT,
  real: DOUBLE,
  decimal: DECIMAL(38, 18),
  datetime: BIGINT,
  timespan: BIGINT,
  guid: VARCHAR,
  string: VARCHAR,
  dynamic: VARCHAR,
};

const rowsPerChunk = 2048;
const codesTable = "kqltest codes";
const wordsTable = "kqltest words";

/** Takes the values of a table, row by row. */
export interface RowWriter {
  /** The value of column `index` in the current row, as DuckDB takes it. */
  set(index: number, value: DuckDBValue): void;
  /** Ends the row, every column of which was set. */
  next(): void;
}

/**
 * Adds the rows that `fill` writes to `table`, under these column names, over a connection that is used for nothing else. Gives whether all texts in them are ASCII.
 *
 * Telemetry repeats its texts, and handing one over costs most of a microsecond. So each goes in once, the rows go in as
 * numbers, and DuckDB puts the two together.
 */
export async function writeTable(
  connection: DuckDBConnection,
  { table, columns }: { table: string; columns: readonly Column[] },
  fill: (writer: RowWriter) => void,
): Promise<{ ascii: boolean }> {
  const types = columns.map(({ type }) => storageTypes[type]);
  const texts = types.map((type) => type === VARCHAR);
  const codeTypes = types.map((type) => (type === VARCHAR ? INTEGER : type));
  const list = codeTypes.map((type, index) => `c${index} ${type.toString()}`);
  await connection.run(`CREATE TEMP TABLE ${identifier(codesTable)} (${list.join(", ")})`);
  await connection.run(`CREATE TEMP TABLE ${identifier(wordsTable)} (code INTEGER, word VARCHAR)`);
  const codes = createChunkWriter(await connection.createAppender(codesTable), codeTypes);
  const words = createChunkWriter(await connection.createAppender(wordsTable), [INTEGER, VARCHAR]);
  const known = new Map<string, number>();
  let ascii = true;
  let rows = 0;
  const codeOf = (word: string): number => {
    const code = known.get(word);
    if (code !== undefined) return code;
    const next = known.size;
    known.set(word, next);
    words.set(0, next);
    words.set(1, word);
    words.next();
    ascii &&= isAsciiText(word);
    return next;
  };
  // Rows often say what the row before them said.
  const last = columns.map(() => ({ word: "", code: -1 }));
  fill({
    set: (index, value) => {
      const column = last[index];
      if (texts[index] !== true || value === null || column === undefined) {
        codes.set(index, value);
        return;
      }
      const word = value as string;
      if (column.code < 0 || column.word !== word) {
        column.word = word;
        column.code = codeOf(word);
      }
      codes.set(index, column.code);
    },
    next: () => {
      codes.next();
      rows += 1;
    },
  });
  codes.end();
  words.end();
  // A join streams its larger side, in order. Only where that could be the words are the rows sorted anew.
  await connection.run(decodeSql(table, columns, { texts, sorts: rows < 2 * known.size }));
  return { ascii };
}

function isAsciiText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- ASCII begins with control characters
  return !/[^\u0000-\u007f]/.test(text);
}

function decodeSql(
  table: string,
  columns: readonly Column[],
  { texts, sorts }: { texts: readonly boolean[]; sorts: boolean },
): string {
  const joins: string[] = [];
  const values = columns.map((_, index) => {
    if (texts[index] !== true) return `c.c${index}`;
    joins.push(`LEFT JOIN ${identifier(wordsTable)} AS w${index} ON w${index}.code = c.c${index}`);
    return `w${index}.word`;
  });
  const names = columns.map(({ name }) => identifier(name));
  return [
    `INSERT INTO ${identifier(table)} (${names.join(", ")})`,
    `SELECT ${values.join(", ")} FROM ${identifier(codesTable)} AS c`,
    ...joins,
    ...(sorts ? ["ORDER BY c.rowid"] : []),
  ].join("\n");
}

interface ChunkWriter extends RowWriter {
  /** Hands over what is left. Nothing may be written afterwards. */
  end(): void;
}

/** Gathers rows by column and hands them over a chunk at a time: one vector after the other is several times as fast as row by row. */
function createChunkWriter(appender: DuckDBAppender, types: readonly DuckDBType[]): ChunkWriter {
  const columns = types.map((): DuckDBValue[] => Array.from({ length: rowsPerChunk }, () => null));
  let row = 0;
  const hand = (): void => {
    const chunk = DuckDBDataChunk.create(types, row);
    for (const [index, values] of columns.entries()) {
      chunk.setColumnValues(index, row === rowsPerChunk ? values : values.slice(0, row));
    }
    appender.appendDataChunk(chunk);
    row = 0;
  };
  return {
    set: (index, value) => {
      const column = columns[index];
      if (column !== undefined) column[row] = value;
    },
    next: () => {
      row += 1;
      if (row === rowsPerChunk) hand();
    },
    end: () => {
      if (row > 0) hand();
      appender.closeSync();
    },
  };
}
