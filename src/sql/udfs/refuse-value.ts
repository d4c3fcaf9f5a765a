/** The code of what a function refuses once it sees a value. */
const code = "KT0249";

/** Stops the query: what Kusto gives for such a value is not known. The engine makes a diagnostic of it. */
export function refuseValue(message: string): never {
  throw new Error(`${code}: ${message}`);
}

/** The diagnostic in the text of an error that DuckDB passed on; undefined where `refuseValue` did not throw it. */
export function refusedValue(text: string): { code: string; message: string } | undefined {
  const message = new RegExp(`^Invalid Input Error: ${code}: (.*)$`, "m").exec(text)?.[1];
  return message === undefined ? undefined : { code, message };
}
