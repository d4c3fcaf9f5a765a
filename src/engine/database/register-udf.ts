import type { DuckDBConnection, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { udfs } from "../../sql/udfs/index.ts";
import type { Udf, UdfType } from "../../sql/udfs/udf.ts";
import { duckdb } from "./duckdb-api.ts";

const { BIGINT, BOOLEAN, DOUBLE, DuckDBScalarFunction, VARCHAR } = duckdb;

const udfTypes: Readonly<Record<UdfType, DuckDBType>> = {
  text: VARCHAR,
  long: BIGINT,
  real: DOUBLE,
  bool: BOOLEAN,
  json: VARCHAR,
};

/** Rows between two looks at the clock. */
const rowsPerCheck = 16;

/** Makes the JavaScript function `name` known to the database. `check` is called between rows, and ends the query by what it throws. */
export function registerUdf(connection: DuckDBConnection, name: string, check: () => void): void {
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
          if (row % rowsPerCheck === 0) check();
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
